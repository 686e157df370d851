// SPDX-License-Identifier: GPL-2.0-only
/* memfd_create() */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bits32.h"
#include "crash_place.h"
#include "death.h"
#include "isolate.h"
#include "symbols.h"
#include "watchdog.h"
#include "wire.h"

#define SAID_MAX	WIRE_SAID
#define WEDGED_MS	(120 * 1000)	/* real time: so long not even a watchdog needs */
#define SLICE_MS	100
#define NO_MEMORY	"earlyfuzz: cannot reserve "

/* What parent and worker share; pointers into the program mean the same in both. */
struct shared {
	struct run_place place;
	uint64_t crashed_at;	/* address of an instruction; 0: not known */
	const struct subject *subject;
	struct scenario scenario;
	struct run_options opt;
	bool want_trace;
	struct verdict verdict;
	struct run_report report;
	struct trace trace;
};

struct isolate {
	struct shared *shared;
	unsigned int hang_ms;
	pid_t worker;		/* 0: none */
	bool lacked_memory;	/* what the last worker died of */
	int channel;		/* our end: one byte asks for a run, one byte answers */
	int said_fd;		/* the worker's standard error */
	struct bits32 *bits32;	/* for the subjects of earlyfuzz32 */
	char said[SAID_MAX];
};

static volatile sig_atomic_t interrupted;

void isolate_interrupt(void)
{
	interrupted = 1;
}

bool isolate_interrupted(void)
{
	return interrupted;
}

struct isolate *isolate_new(unsigned int hang_ms)
{
	struct isolate *iso = calloc(1, sizeof(*iso));

	if (!iso)
		return NULL;
	iso->hang_ms = hang_ms;
	iso->channel = -1;
	iso->said_fd = memfd_create("said", MFD_CLOEXEC);
	iso->shared = mmap(NULL, sizeof(*iso->shared), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (iso->said_fd < 0 || iso->shared == MAP_FAILED) {
		if (iso->said_fd >= 0)
			close(iso->said_fd);
		if (iso->shared != MAP_FAILED)
			munmap(iso->shared, sizeof(*iso->shared));
		free(iso);
		return NULL;
	}
	return iso;
}

static void worker_loop(struct isolate *iso, int channel)
{
	struct shared *sh = iso->shared;
	char c;

	signal(SIGINT, SIG_IGN);	/* the parent decides; it is gone when the channel ends */
	dup2(iso->said_fd, STDERR_FILENO);
	run_place_use(&sh->place);
	sh->crashed_at = 0;
	crash_place_watch(&sh->crashed_at);
	watchdog_start(iso->hang_ms);
	while (read(channel, &c, 1) == 1) {
		struct run_options opt = sh->opt;

		if (sh->want_trace) {
			struct state st = { 0 };

			sh->subject->reset();
			sh->subject->observe(&st);
			trace_start(&sh->trace, &st);
			opt.after = trace_after;
			opt.arg = &sh->trace;
		}
		run_scenario(sh->subject, &sh->scenario, &opt, &sh->verdict, &sh->report);
		if (write(channel, &c, 1) != 1)
			break;
	}
	watchdog_stop();
	exit(0);	/* not _exit(): coverage is written at exit */
}

static bool spawn(struct isolate *iso)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return false;
	if (ftruncate(iso->said_fd, 0) || lseek(iso->said_fd, 0, SEEK_SET))
		goto out;
	fflush(NULL);		/* or the worker's exit() would write our buffers again */
	iso->worker = fork();
	if (!iso->worker) {
		close(ends[0]);
		worker_loop(iso, ends[1]);
	}
	if (iso->worker < 0)
		goto out;
	close(ends[1]);
	iso->channel = ends[0];
	return true;
out:
	iso->worker = 0;
	close(ends[0]);
	close(ends[1]);
	return false;
}

/* Wait for the worker's end; its last words are in iso->said afterwards. */
static int reap(struct isolate *iso)
{
	int status = 0;
	ssize_t n;

	shutdown(iso->channel, SHUT_RDWR);	/* other workers may hold copies of our end */
	close(iso->channel);
	iso->channel = -1;
	while (waitpid(iso->worker, &status, 0) < 0 && errno == EINTR)
		;
	iso->worker = 0;
	n = pread(iso->said_fd, iso->said, SAID_MAX - 1, 0);
	iso->said[n > 0 ? n : 0] = 0;
	return status;
}

void isolate_free(struct isolate *iso)
{
	if (!iso)
		return;
	if (iso->worker)
		reap(iso);
	bits32_free(iso->bits32);
	close(iso->said_fd);
	munmap(iso->shared, sizeof(*iso->shared));
	free(iso);
}

enum answer { ANSWERED, DIED, INTERRUPTED, WEDGED };

/* In slices: a signal that comes just before poll() does not wake it. */
static enum answer wait_answer(struct isolate *iso)
{
	struct pollfd p = { .fd = iso->channel, .events = POLLIN };
	char c;

	for (unsigned int ms = 0; ms < WEDGED_MS; ms += SLICE_MS) {
		if (interrupted)
			return INTERRUPTED;
		if (poll(&p, 1, SLICE_MS) > 0)
			return read(iso->channel, &c, 1) == 1 ? ANSWERED : DIED;
	}
	return WEDGED;
}

/*
 * Did it end for want of memory (guard_no_memory())? Then what is left of its words is that line,
 * without the name in front and the newline, to be part of ours.
 */
static bool lacked_memory(struct isolate *iso, int status)
{
	char *line = strstr(iso->said, NO_MEMORY);

	if (!WIFEXITED(status) || WEXITSTATUS(status) != 2 || !line)
		return false;
	line += strcspn(line, " ") + 1;
	line[strcspn(line, "\n")] = 0;
	memmove(iso->said, line, strlen(line) + 1);
	iso->lacked_memory = true;
	return true;
}

/* The verdict over a worker's death, from what it left in shared memory. */
static enum isolate_end post_mortem(struct isolate *iso, enum answer how, int status,
				    const struct scenario *s, struct verdict *v,
				    struct run_report *report)
{
	const struct run_place *p = &iso->shared->place;

	if (lacked_memory(iso, status) || !p->in_subject)
		return ISOLATE_BROKEN;
	memset(v, 0, sizeof(*v));
	v->table = -1;
	v->op = p->op;
	v->legality = p->legality;
	v->quirks = p->fired;
	if (how == WEDGED) {
		v->kind = VERDICT_HANG;
		v->got.outcome = OUT_HANG;
		strcpy(v->detail, "no answer, and the watchdog could not end the op");
	} else {
		death_classify(iso->said, status, s->family->file, v);
		if (iso->shared->crashed_at && !v->function[0])
			symbols_kernel(v->function, sizeof(v->function),
				       symbols_offset(iso->shared->crashed_at));
	}
	if (report)
		*report = (struct run_report){
			.executed = p->op, .last = p->op, .fired = p->fired,
			.fired_last = p->fired_last, .differed = p->differed,
			.differed_at = p->differed_at,
		};
	return ISOLATE_VERDICT;
}

enum isolate_end isolate_run(struct isolate *iso, const struct subject *subject,
			     const struct scenario *s, const struct run_options *opt, bool trace,
			     struct verdict *v, struct run_report *report)
{
	struct shared *sh = iso->shared;
	enum answer how;
	int status;

	iso->said[0] = 0;
	iso->lacked_memory = false;
	if (bits32_has(subject)) {
		trace_start(&sh->trace, NULL);
		return bits32_run(&iso->bits32, subject, s, opt, iso->hang_ms,
				  trace ? &sh->trace : NULL, v, report, iso->said,
				  &iso->lacked_memory);
	}
	if (!iso->worker && !spawn(iso)) {
		strcpy(iso->said, "cannot start a worker process: ");
		strcat(iso->said, strerror(errno));
		return ISOLATE_BROKEN;
	}
	sh->subject = subject;
	sh->scenario = *s;
	sh->opt = *opt;
	sh->want_trace = trace;
	trace_start(&sh->trace, NULL);
	how = send(iso->channel, "r", 1, MSG_NOSIGNAL) == 1 ? wait_answer(iso) : DIED;
	if (how == ANSWERED) {
		*v = sh->verdict;
		if (report)
			*report = sh->report;
		return v->kind == VERDICT_PASS ? ISOLATE_PASS : ISOLATE_VERDICT;
	}
	if (how != DIED)
		kill(iso->worker, SIGKILL);
	status = reap(iso);
	if (how == INTERRUPTED)
		return ISOLATE_INTERRUPTED;
	return post_mortem(iso, how, status, s, v, report);
}

const struct trace *isolate_trace(const struct isolate *iso)
{
	return &iso->shared->trace;
}

const char *isolate_said(const struct isolate *iso)
{
	return iso->said;
}

bool isolate_lacked_memory(const struct isolate *iso)
{
	return iso->lacked_memory;
}
