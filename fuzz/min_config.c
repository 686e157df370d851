// SPDX-License-Identifier: GPL-2.0-only
/*
 * The last step of minimizing: which configuration. A shipped one is worth more than a synthetic
 * one. But where it takes many ops to fill a table, a synthetic one with a small table says the
 * same on a page.
 */
#include <string.h>

#include "bits32.h"
#include "min_goal.h"
#include "shortest.h"

#define MANY_OPS	16	/* so many more are not worth a shipped configuration */
#define SEARCH_TRANSITIONS	200000u
#define SEARCH_BOOTS	20000u	/* each is a hundred others */
#define SEARCH_S		10u	/* never reached, unless ops hang or the machine does */

/* The same kernel with the same words, in another configuration that scenarios can ask for? */
static bool is_other(const struct subject *a, const struct subject *b, bool synthetic)
{
	return a->family == b->family && !strcmp(a->kernel, b->kernel) && a->config != b->config &&
	       a->config->synthetic == synthetic && a->config->id != b->config->id &&
	       config_long_max(a->config) == config_long_max(b->config) &&
	       config_phys_max(a->config) == config_phys_max(b->config);
}

/* @s on another subject: does it show it there, too? Then it is what is looked for from now on. */
static bool move(struct min_goal *g, struct min *m, const struct subject *to, struct scenario *s)
{
	const struct min_goal was = *g;

	g->subject = to;
	g->sig.subject = to;
	s->config = family_config(s->family, to->config->id);
	if (min_keeps(m, s))
		return true;
	*g = was;
	return false;
}

/* It holds as it is, so it is smallest there, but for operands. */
static bool try_shipped(struct min_goal *g, struct min *m, const struct subject *to,
			struct scenario *s)
{
	struct scenario other = *s;

	if (!move(g, m, to, &other))
		return false;
	*s = other;
	minimize(m, s);
	return true;
}

/* From @all that was there at first: what is left of it may not be enough or too much there. */
static bool try_synthetic(struct min_goal *g, struct min *m, const struct subject *to,
			  struct scenario *s, const struct scenario *all)
{
	const struct min_goal was = *g;
	struct scenario other = *all;

	if (!move(g, m, to, &other)) {
		other = *s;
		if (!move(g, m, to, &other))
			return false;
	}
	minimize(m, &other);
	if (other.nr + MANY_OPS < s->nr) {
		*s = other;
		return true;
	}
	*g = was;
	m->ops = s->nr;
	return false;
}

static void try_subjects(struct min_goal *g, struct min *m, struct scenario *s,
			 const struct scenario *all)
{
	const struct subject *const *p = bits32_has(g->subject) ? bits32_subjects() : subjects;
	const bool synthetic = s->config->synthetic;

	for (; *p; p++)
		if (is_other(*p, g->subject, !synthetic) &&
		    (synthetic ? try_shipped(g, m, *p, s) : try_synthetic(g, m, *p, s, all)))
			return;
}

/*
 * What cannot be left out may be there only for the sake of others: a search over all calls with
 * the same operands finds what needs other calls, but fewer.
 */
static void go_shorter(struct min_goal *g, struct min *m, struct scenario *s)
{
	uint64_t transitions = s->family == &boot_family ? SEARCH_BOOTS : SEARCH_TRANSITIONS;
	static struct scenario way;

	if (g->internal || g->sig.kind == VERDICT_HANG || isolate_interrupted() ||
	    !shortest_way(g, s, SEARCH_S, transitions, &way).calls || !min_keeps(m, &way))
		return;
	*s = way;
	minimize(m, s);
}

unsigned long min_scenario(struct min_goal *g, struct scenario *s)
{
	struct min m = {
		.keeps = min_goal_keeps, .arg = g, .stop = isolate_interrupted,
		.progress = g->progress,
	};
	static struct scenario all;
	bool moves;

	all = *s;
	moves = !g->keep_subject && !g->subject->planted && !g->internal;
	/* many ops: a smaller table first, their operands would take long */
	m.ops_only = moves && !s->config->synthetic;
	minimize(&m, s);
	m.ops_only = false;
	if (moves && !s->config->synthetic && s->nr > MANY_OPS)
		try_subjects(g, &m, s, &all);
	minimize(&m, s);
	go_shorter(g, &m, s);
	if (moves && s->config->synthetic)
		try_subjects(g, &m, s, &all);
	return m.tries;
}
