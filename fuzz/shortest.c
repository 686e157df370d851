// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bits32.h"
#include "exhaust.h"
#include "min_cost.h"
#include "shortest.h"
#include "watchdog.h"

#define STATES_MAX	1000000u
#define VALUES_MAX	8u	/* more of them, and no search ends */
#define VALUES_MIN	4u

/* What the child leaves behind. */
struct left {
	struct run_place place;
	struct exhaust_result result;
	enum exhaust_end end;
	bool ended;
};

unsigned int scenario_calls(const struct scenario *s)
{
	unsigned int calls = 0;

	for (unsigned int i = 0; i < s->nr; i += 1u + s->ops[i].nr_tokens)
		calls++;
	return calls;
}

static void add_value(struct universe *u, uint64_t v, unsigned int max)
{
	unsigned int at = u->nr;

	for (unsigned int i = 0; i < u->nr; i++)
		if (u->value[i] == v)
			return;
	if (u->nr == max)
		return;
	for (; at && u->value[at - 1] > v; at--)
		u->value[at] = u->value[at - 1];
	u->value[at] = v;
	u->nr++;
}

/* The scenario's addresses and ends; the family's own where these are few. */
static void universe_of(struct universe *u, const struct scenario *s, unsigned int max)
{
	struct universe more = { 0 };

	*u = (struct universe){ .choices = max / 2, .all_ops = true };
	add_value(u, 0, max);
	for (unsigned int i = 0; i < s->nr; i++) {
		const struct op_desc *d = family_op(s->family, s->ops[i].id);

		for (unsigned int k = 0; k < d->nr_args; k++) {
			uint64_t v = s->ops[i].arg[k];

			if (!min_is_number(&d->args[k]))
				continue;
			add_value(u, v, max);
			if (d->args[k].kind == ARG_SIZE && k && d->args[k - 1].kind == ARG_ADDR)
				add_value(u, s->ops[i].arg[k - 1] + v, max);
		}
	}
	universe_of_family(&more, s->family);
	for (unsigned int i = 0; i < more.nr && u->nr < VALUES_MIN; i++)
		add_value(u, more.value[i], max);
}

/* The alphabet, with the scenario's own calls behind it; 0: it does not fit. */
static unsigned int alphabet_of(const struct scenario *s, unsigned int max, struct op *out)
{
	struct universe u;
	unsigned int nr = 0;

	universe_of(&u, s, max);
	for (; u.nr > 1; u.nr--) {
		nr = alphabet_make(s->family, s->config, &u, out);
		if (nr && nr + s->nr <= ALPHABET_MAX)
			break;
		nr = 0;
	}
	if (nr)
		memcpy(out + nr, s->ops, s->nr * sizeof(*out));
	return nr ? nr + s->nr : 0;
}

static time_t deadline;

static bool is_late(uint64_t states, uint64_t transitions, unsigned int depth)
{
	(void)states;
	(void)transitions;
	(void)depth;
	return time(NULL) > deadline;
}

/*
 * The search restores states, but not what no state holds (freed pages): the verdict must be there
 * in a run from the beginning, too. What that leaves of the subject is restored like all else.
 */
static bool is_wanted(void *goal, const struct scenario *path, const struct verdict *v)
{
	const struct min_goal *g = goal;
	struct verdict again;

	return min_goal_is(g, path, v) && !run_scenario(g->subject, path, &g->opt, &again, NULL) &&
	       min_goal_is(g, path, &again);
}

static void search(struct left *left, const struct exhaust *x)
{
	run_place_use(&left->place);
	watchdog_start(WATCHDOG_OFTEN_MS);
	if (!freopen("/dev/null", "w", stderr))
		_exit(1);	/* no search: it would say every wrong state on the way */
	left->end = exhaust(x, &left->result);
	left->ended = true;
	_exit(0);
}

static struct shortest judge(const struct left *left, const struct min_goal *g,
			     unsigned int calls, struct scenario *way)
{
	const struct exhaust_result *r = &left->result;
	struct shortest found = { .complete = r->depth + 1 };
	struct verdict died = g->last;

	died.op = left->place.op;
	died.legality = left->place.legality;
	if ((left->ended && left->end == EXHAUST_VERDICT) ||
	    (!left->ended && left->place.in_subject && min_goal_is(g, &r->path, &died)))
		found.calls = scenario_calls(&r->path);
	if (found.calls)
		*way = r->path;
	else if (left->ended && left->end == EXHAUST_CLOSED)
		found.complete = calls;
	else if (left->ended && left->end == EXHAUST_DEPTH)
		found.complete = r->depth + 1;
	if (found.complete > calls)
		found.complete = calls;
	return found;
}

struct shortest shortest_way(const struct min_goal *g, const struct scenario *s,
			     unsigned int seconds, uint64_t transitions, struct scenario *way)
{
	unsigned int calls = scenario_calls(s);
	struct exhaust x = {
		.subject = g->subject, .quirks = g->opt.quirks, .legal_only = g->opt.legal_only,
		.depth = calls - 1, .max_states = STATES_MAX,
		.max_transitions = transitions, .wanted = is_wanted,
		.wanted_arg = (void *)g, .progress = is_late,
	};
	struct op *alphabet = malloc(ALPHABET_MAX * sizeof(*alphabet));
	struct shortest none = { .complete = 1 };
	struct left *left = mmap(NULL, sizeof(*left), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pid = -1;

	x.op = alphabet;
	x.nr_ops = alphabet ? alphabet_of(s, transitions ? VALUES_MIN : VALUES_MAX, alphabet) : 0;
	if (x.nr_ops && left != MAP_FAILED && calls > 1 && !bits32_has(g->subject)) {
		deadline = time(NULL) + seconds;
		fflush(NULL);
		pid = fork();
	}
	if (!pid)
		search(left, &x);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (pid > 0)
		none = judge(left, g, calls, way);
	free(alphabet);
	if (left != MAP_FAILED)
		munmap(left, sizeof(*left));
	return none;
}
