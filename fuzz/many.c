// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "isolate.h"
#include "many.h"
#include "mutate.h"
#include "report.h"
#include "watchdog.h"

#define CONFIGS_MAX	16u

/* A deviation: the first seed that shows it, and how many do. */
struct found {
	const struct subject *subject;
	struct verdict verdict;
	uint8_t op_id;
	uint64_t seed, times;
};

/* What a process tells of itself, in shared memory. */
struct worker {
	struct run_place place;
	volatile uint64_t seed;			/* the one that is run */
	const struct subject *volatile subject;	/* on this one */
	volatile bool done;
	struct {
		uint64_t runs, ops, skipped, deviating, fired;
	} on[CLI_SUBJECTS_MAX];
	struct found found[MANY_FOUND];
	unsigned int nr_found;
	uint64_t more;				/* deviations for which there was no room */
};

/* The subjects, and by configuration those that run its scenarios, as indices. */
static const struct subject *subject[CLI_SUBJECTS_MAX];
static unsigned int nr_subjects;
static unsigned char pick[CONFIGS_MAX][CLI_SUBJECTS_MAX];
static unsigned int nr_pick[CONFIGS_MAX];

void many_make(struct scenario *s, const struct many *m, uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	generate(s, m->family, m->ops, &rng);
	if (m->config)
		s->config = m->config;
}

static void choose_subjects(const struct many *m)
{
	static struct scenario s;

	scenario_init(&s, m->family);
	for (unsigned int c = 0; c < m->family->nr_configs && c < CONFIGS_MAX; c++) {
		const struct subject *fit[CLI_SUBJECTS_MAX];
		unsigned int n;

		s.config = &m->family->configs[c];
		n = chosen(&m->choice, &s, fit);
		for (unsigned int i = 0; i < n && nr_subjects < CLI_SUBJECTS_MAX; i++) {
			pick[c][nr_pick[c]++] = nr_subjects;
			subject[nr_subjects++] = fit[i];
		}
	}
}

static void note(struct worker *w, const struct subject *on, const struct verdict *v,
		 uint8_t op_id, uint64_t seed, uint64_t times)
{
	struct found *f = w->found;

	for (; f < w->found + w->nr_found; f++)
		if (f->subject == on && f->verdict.kind == v->kind && f->op_id == op_id) {
			f->times += times;
			if (seed < f->seed) {
				f->seed = seed;
				f->verdict = *v;
			}
			return;
		}
	if (w->nr_found == MANY_FOUND) {
		w->more += times;
		return;
	}
	*f = (struct found){ on, *v, op_id, seed, times };
	w->nr_found++;
}

static void run_one(const struct many *m, struct worker *w, const struct scenario *s,
		    unsigned int on, uint64_t seed)
{
	const struct run_options opt = {
		.quirks = strict_quirks(&m->strict, subject[on]),
		.fuzzing = true, .sparse = true,
	};
	struct run_report r;
	struct verdict v;

	w->subject = subject[on];
	if (!run_scenario(subject[on], s, &opt, &v, &r)) {
		w->on[on].deviating++;
		note(w, subject[on], &v, s->ops[v.op].id, seed, 1);
	}
	w->on[on].runs++;
	w->on[on].ops += r.executed;
	w->on[on].skipped += r.skipped;
	w->on[on].fired |= r.fired;
}

/* Every @m->jobs-th seed from w->seed on. */
static _Noreturn void work(const struct many *m, struct worker *w)
{
	static struct scenario s;

	run_place_use(&w->place);
	watchdog_start(WATCHDOG_MS);
	for (; w->seed - m->seed < m->runs && !isolate_interrupted(); w->seed += m->jobs) {
		unsigned int c;

		many_make(&s, m, w->seed);
		c = s.config - m->family->configs;
		for (unsigned int i = 0; i < nr_pick[c]; i++)
			run_one(m, w, &s, pick[c][i], w->seed);
	}
	w->done = true;
	exit(0);
}

static pid_t start(const struct many *m, struct worker *w)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (!pid)
		work(m, w);
	return pid;
}

/* Its last scenario killed it: that is told, and another process goes on behind it. */
static pid_t replace(const struct many *m, struct worker *w, int status)
{
	struct verdict v = { .kind = VERDICT_CRASH, .table = -1, .op = w->place.op };
	static struct scenario s;

	snprintf(v.detail, sizeof(v.detail), "the process ended: %s %d",
		 WIFSIGNALED(status) ? "signal" : "status",
		 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	many_make(&s, m, w->seed);
	note(w, w->subject, &v, s.ops[v.op].id, w->seed, 1);
	w->seed += m->jobs;
	return start(m, w);
}

static void print_found(const struct many *m, const struct found *f)
{
	static struct scenario s;

	many_make(&s, m, f->seed);
	printf("%s: %s at op %u of seed %llu (%s), %llu times: ", f->subject->id,
	       verdict_name(f->verdict.kind), f->verdict.op, (unsigned long long)f->seed,
	       legality_name(f->verdict.legality), (unsigned long long)f->times);
	scenario_print_op(stdout, &s, f->verdict.op);
	printf("\n  %s\n", f->verdict.detail);
}

/* All that the processes found, each deviation once. Returns whether there is any. */
static bool print_all(const struct many *m, struct worker *w)
{
	bool any = false;

	for (unsigned int k = 1; k < m->jobs; k++)
		for (unsigned int i = 0; i < w[k].nr_found; i++) {
			const struct found *f = &w[k].found[i];

			note(w, f->subject, &f->verdict, f->op_id, f->seed, f->times);
		}
	for (unsigned int i = 0; i < w->nr_found; i++, any = true)
		print_found(m, &w->found[i]);
	for (unsigned int k = 0; k < m->jobs; k++)
		if (w[k].more)
			printf("%llu more deviations\n", (unsigned long long)w[k].more);
	return any;
}

static void print_counts(const struct many *m, const struct worker *w, double seconds)
{
	for (unsigned int i = 0; i < nr_subjects; i++) {
		unsigned long long runs = 0, ops = 0, skipped = 0, deviating = 0;
		uint64_t fired = 0;
		char quirks[1024];

		for (unsigned int k = 0; k < m->jobs; k++) {
			runs += w[k].on[i].runs;
			ops += w[k].on[i].ops;
			skipped += w[k].on[i].skipped;
			deviating += w[k].on[i].deviating;
			fired |= w[k].on[i].fired;
		}
		report_quirks(quirks, sizeof(quirks), m->family, fired);
		printf("%s: %llu scenarios, %llu ops, %llu left out, %llu deviate%s%s\n",
		       subject[i]->id, runs, ops, skipped, deviating, quirks[0] ? "; known: " : "",
		       quirks);
	}
	printf("seeds %llu to %llu in %.0f s\n", (unsigned long long)m->seed,
	       (unsigned long long)(m->seed + m->runs - 1), seconds);
}

static bool work_together(const struct many *m, struct worker *w)
{
	pid_t pid[MANY_JOBS_MAX];
	unsigned int left = m->jobs;
	int status;

	for (unsigned int k = 0; k < m->jobs; k++) {
		w[k].seed = m->seed + k;
		pid[k] = start(m, &w[k]);
		if (pid[k] < 0)
			return false;
	}
	while (left) {
		pid_t ended = wait(&status);

		if (ended < 0 && errno == EINTR)
			continue;
		if (ended < 0)
			return false;
		for (unsigned int k = 0; k < m->jobs; k++) {
			if (pid[k] != ended)
				continue;
			pid[k] = w[k].done ? 0 : replace(m, &w[k], status);
			left -= !pid[k];
		}
	}
	return true;
}

int many_run(const struct many *m)
{
	double from = clock_seconds();
	struct worker *w;
	int status;

	choose_subjects(m);
	if (!nr_subjects)
		return cli_error("gen: --run: no subject of family %s among the chosen",
				 m->family->name);
	w = mmap(NULL, m->jobs * sizeof(*w), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		 -1, 0);
	if (w == MAP_FAILED)
		return cli_error("gen: no memory for %u processes", m->jobs);
	cli_catch_interrupt();
	if (!work_together(m, w))
		return cli_error("gen: cannot start %u processes", m->jobs);
	print_counts(m, w, clock_seconds() - from);
	status = print_all(m, w) ? CLI_VERDICT : CLI_OK;
	munmap(w, m->jobs * sizeof(*w));
	if (isolate_interrupted())
		return cli_interrupted("the scenarios above are all that were run");
	return status;
}
