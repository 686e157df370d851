// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pair.h"
#include "target_pair.h"

#define FOUND_MAX	256u

/* By the number of the base. */
static struct target_pair {
	struct pair pair;
	unsigned int head;	/* its number */
} pairs[TARGET_SUBJECTS_MAX];

static struct pair_log logs[2];
static struct pair_result result, found[FOUND_MAX];
static unsigned int nr_found;

static enum isolate_end run(void *arg, const struct subject *subject, const struct scenario *s,
			    const struct run_options *opt, struct verdict *v,
			    struct run_report *report)
{
	(void)arg;
	target_run.subject = subject;	/* for whom a death is told */
	return run_scenario(subject, s, opt, v, report) ? ISOLATE_PASS : ISOLATE_VERDICT;
}

static _Noreturn void refuse(const char *value)
{
	fprintf(stderr, "earlyfuzz: EARLYFUZZ_PAIR=%s: expected BASE,HEAD, two kernels with subjects "
			"of family %s (see --subjects)\n", value, target_family->name);
	_exit(2);
}

void target_pair_choose(const char *value,
			unsigned int (*add)(const struct subject *s, bool chosen))
{
	const char *comma = strchr(value, ','), *head = comma ? comma + 1 : "";
	char base_id[128] = "";
	bool any = false;

	if (comma && (size_t)(comma - value) < sizeof(base_id))
		memcpy(base_id, value, comma - value);
	for (const struct subject *const *p = pair_subjects(base_id); *p; p++) {
		const struct subject *other;
		unsigned int base;

		if ((*p)->family != target_family || !pair_of_kernel(*p, base_id))
			continue;
		other = pair_find(head, *p);
		if (!other)
			continue;
		base = add(*p, true);
		pairs[base].head = add(other, false);
		pair_init(&pairs[base].pair, *p, other);
		pairs[base].pair.run = run;
		pairs[base].pair.log = logs;
		any = true;
	}
	if (!any)
		refuse(value);
}

static void print_verdict(FILE *out, const char *which, const struct subject *s,
			  const struct verdict *v)
{
	fprintf(out, "%s:     %s (Linux %s): ", which, s->id, s->release);
	if (v->kind == VERDICT_PASS)
		fprintf(out, "right\n");
	else
		fprintf(out, "%s at op %u\n          %s\n", verdict_name(v->kind), v->op, v->detail);
}

static const struct pair *current;

static void report(FILE *out, const struct target_run *run)
{
	fprintf(out, "class:    %s\n", pair_class_name(result.class));
	print_verdict(out, "base", current->base, &result.base);
	print_verdict(out, "head", current->head, &result.head);
	if (result.class == PAIR_CHANGE)
		fprintf(out, "differs:  %s, op %u\n", result.what, result.op);
	fprintf(out, "again:    earlyfuzz review %s %s FILE\n", current->base->kernel,
		current->head->kernel);
	fprintf(out, "          where FILE is the raw input, or this text:\n\n");
	scenario_print(out, &run->s);
}

/* Once each. */
static void keep(const char *dir)
{
	char name[SIGNATURE_NAME + 16], signature[SIGNATURE_NAME];

	for (unsigned int i = 0; i < nr_found; i++)
		if (pair_same(&found[i], &result))
			return;
	if (nr_found == FOUND_MAX)
		return;
	found[nr_found++] = result;
	snprintf(name, sizeof(name), "%s-%s%s", pair_class_name(result.class),
		 signature_name(signature, sizeof(signature), &result.sig),
		 pair_is_misuse(&result) ? "-misuse" : "");
	target_keep_as(dir, name, &target_run, report);
}

bool target_pair_one(unsigned int base, const struct run_options *opt, const char *dir, bool stats)
{
	struct target_pair *t = &pairs[base];

	current = &t->pair;
	t->pair.legal_only = opt->legal_only;
	t->pair.feature = opt->feature;
	pair_fit(&t->pair, &target_run.s);
	if (stats) {
		target_stats_count(base);
		target_stats_count(t->head);
	}
	pair_run(&t->pair, &target_run.s, &result);
	if (stats) {
		target_stats_result(base, result.base.kind == VERDICT_PASS, &result.report[0]);
		target_stats_result(t->head, result.class == PAIR_SAME, &result.report[1]);
	}
	if (result.class == PAIR_SAME)
		return true;
	if (dir) {
		keep(dir);
		return false;
	}
	fprintf(stderr, "\nearlyfuzz: not the same in both kernels\n");
	report(stderr, &target_run);
	fflush(stderr);
	abort();
}
