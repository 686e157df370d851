// SPDX-License-Identifier: GPL-2.0-only
/* What a target does when something is wrong: say it so that it can be seen again, or keep it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fnv.h"
#include "signature.h"
#include "symbols.h"
#include "target.h"

#define BUCKETS_MAX	1024u

static const char *death_dir;

/* Sanitizers' hooks and questions; absent in builds without them. */
extern const char *__asan_get_report_description(void) __attribute__((weak));
extern void *__asan_get_report_pc(void) __attribute__((weak));
void __asan_on_error(void);
void __ubsan_on_report(void);

void target_report(FILE *out, const struct target_run *run)
{
	const struct verdict *v = &run->verdict;
	const char *program = getenv("EARLYFUZZ_TARGET");

	fprintf(out, "verdict:  %s\n", verdict_name(v->kind));
	if (v->op < run->s.nr) {
		fprintf(out, "op:       %u: ", v->op);
		scenario_print_op(out, &run->s, v->op);
		fprintf(out, "\n");
	}
	if (v->detail[0])
		fprintf(out, "          %s\n", v->detail);
	fprintf(out, "legality: %s\n", legality_name(v->legality));
	if (run->quirk)
		fprintf(out, "quirk:    %s\n", run->quirk);
	fprintf(out, "subject:  %s (Linux %s)\n", run->subject->id, run->subject->release);
	fprintf(out, "again:    earlyfuzz run --subject %s FILE\n", run->subject->id);
	fprintf(out, "      or: EARLYFUZZ_SUBJECT=%s %s FILE\n", run->subject->id,
		program ? program : target_family->name);
	fprintf(out, "          where FILE is the raw input, or for earlyfuzz this text:\n\n");
	scenario_print(out, &run->s);
}

static void full(int fd, const void *data, size_t size)
{
	while (size) {
		ssize_t n = write(fd, data, size);

		if (n <= 0)
			return;
		data = (const char *)data + n;
		size -= (size_t)n;
	}
}

/* Each file appears complete or not at all; who is first wins. */
static void keep_file(const char *dir, const char *bucket, const char *suffix,
		      void (*fill)(int fd, const struct target_run *run, target_print *print),
		      const struct target_run *run, target_print *print)
{
	char path[4096], tmp[4096 + 32];
	int fd;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s%s", dir, bucket, suffix) >= sizeof(path))
		return;
	snprintf(tmp, sizeof(tmp), "%s.%d.tmp", path, (int)getpid());
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0) {
		fprintf(stderr, "earlyfuzz: EARLYFUZZ_FINDINGS: %s: %s\n", tmp, strerror(errno));
		_exit(2);
	}
	fill(fd, run, print);
	close(fd);
	if (link(tmp, path) && errno != EEXIST)
		fprintf(stderr, "earlyfuzz: EARLYFUZZ_FINDINGS: %s: %s\n", path, strerror(errno));
	unlink(tmp);
}

static void fill_raw(int fd, const struct target_run *run, target_print *print)
{
	static uint8_t raw[SCENARIO_BYTES_MAX];

	(void)print;
	full(fd, raw, scenario_encode(&run->s, raw, sizeof(raw)));
}

static void fill_text(int fd, const struct target_run *run, target_print *print)
{
	FILE *f = fdopen(dup(fd), "w");

	if (!f)
		return;
	print(f, run);
	fclose(f);
}

/* The encoding of what ran is kept, not the input: it says the same whoever decodes it. */
void target_keep_as(const char *dir, const char *name, const struct target_run *run,
		    target_print *print)
{
	keep_file(dir, name, ".txt", fill_text, run, print);
	keep_file(dir, name, ".bin", fill_raw, run, print);
	fprintf(stderr, "earlyfuzz: finding %s\n", name);
}

void target_keep(const char *dir, const struct target_run *run)
{
	static uint64_t seen[BUCKETS_MAX];
	static unsigned int nr_seen;
	char bucket[SIGNATURE_BUCKET];
	struct signature sig;
	uint64_t hash;

	signature_of(&sig, run->subject, &run->s, &run->verdict);
	signature_bucket(bucket, sizeof(bucket), &sig, run->quirk);
	hash = fnv1a(bucket, strlen(bucket));
	for (unsigned int i = 0; i < nr_seen; i++)
		if (seen[i] == hash)
			return;
	if (nr_seen == BUCKETS_MAX)
		return;
	seen[nr_seen++] = hash;
	target_keep_as(dir, bucket, run, target_report);
}

void target_stop(const char *dir)
{
	if (dir) {
		target_keep(dir, &target_run);
		return;
	}
	fprintf(stderr, "\nearlyfuzz: not as expected\n");
	target_report(stderr, &target_run);
	fflush(stderr);
	abort();
}

void target_death_hooks(const char *dir)
{
	death_dir = dir;
}

/* A sanitizer has reported (@pc: where, 0: not known), and ends the process when we come back. */
static void dying(enum verdict_kind kind, const char *detail, uintptr_t pc)
{
	struct target_run *run = &target_run;

	if (!run->subject)
		return;
	run->verdict.kind = kind;
	run->verdict.op = run_position();
	run->verdict.legality = run_place()->legality;
	snprintf(run->verdict.detail, sizeof(run->verdict.detail), "%s", detail);
	if (!pc || !symbols_kernel(run->verdict.function, sizeof(run->verdict.function),
				   symbols_offset(pc)))
		run->verdict.function[0] = 0;
	if (!run_place()->in_subject) {
		fprintf(stderr, "earlyfuzz: internal error: outside of the kernel's code\n");
		target_report(stderr, run);
		return;
	}
	if (death_dir) {
		target_keep(death_dir, run);
	} else {
		fprintf(stderr, "\nearlyfuzz: stopped by a sanitizer\n");
		target_report(stderr, run);
	}
	fflush(stderr);
}

/* As death_classify() tells them apart: signals that AddressSanitizer reports are crashes. */
static bool is_signal(const char *what)
{
	static const char *const signals[] = {
		"SEGV", "FPE", "BUS", "ILL", "ABRT", "stack-overflow",
	};

	for (unsigned int i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (!strncmp(what, signals[i], strlen(signals[i])))
			return true;
	return false;
}

void __asan_on_error(void)
{
	const char *what = __asan_get_report_description ? __asan_get_report_description() : "";

	dying(is_signal(what) ? VERDICT_CRASH : VERDICT_OUT_OF_BOUNDS, what,
	      __asan_get_report_pc ? (uintptr_t)__asan_get_report_pc() : 0);
}

void __ubsan_on_report(void)
{
	dying(VERDICT_UNDEFINED, "undefined behaviour", 0);
}
