// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "min_goal.h"

static bool dies(enum verdict_kind kind)
{
	return kind == VERDICT_OUT_OF_BOUNDS || kind == VERDICT_UNINITIALISED ||
	       kind == VERDICT_UNDEFINED || kind == VERDICT_CRASH;
}

/* The words of a report: numbers, and places with their lines, say where and not what. */
static void words_of(char *out, size_t size, const struct verdict *v)
{
	const char *end = strstr(v->detail, " at ");
	size_t n = 0;

	out[0] = 0;
	if (!dies(v->kind))
		return;
	for (const char *c = v->detail; *c && c != end && n + 1 < size; c++)
		if (isalpha((unsigned char)*c))
			out[n++] = *c;
	out[n] = 0;
}

static unsigned int how_it_differs(const struct verdict *v)
{
	switch (v->kind) {
	case VERDICT_WRONG_RESULT:
		if (v->table >= 0)
			return 0;
		return (v->want.outcome != v->got.outcome) | (v->want.said != v->got.said) << 1 |
		       (v->want.value != v->got.value) << 2;
	case VERDICT_FRAME:
	case VERDICT_WRONG_TYPE:
		return (v->got_cover < v->want_cover) | (v->got_cover > v->want_cover) << 1;
	default:
		return 0;
	}
}

bool min_goal_is(const struct min_goal *g, const struct scenario *s,
		 const struct verdict *v)
{
	struct signature sig;
	char what[sizeof(g->what)];

	if (v->kind != g->sig.kind || v->op >= s->nr || v->legality > g->legality ||
	    v->table != g->table || v->quirks & ~g->fired || how_it_differs(v) != g->differs)
		return false;
	signature_of(&sig, g->sig.subject, s, v);
	words_of(what, sizeof(what), v);
	return signature_same(&sig, &g->sig) && !strcmp(what, g->what);
}

bool min_goal_keeps(void *goal, const struct scenario *s)
{
	struct min_goal *g = goal;
	struct verdict v;

	if (isolate_interrupted())
		return false;
	switch (isolate_run(g->iso, g->subject, s, &g->opt, false, &v, NULL)) {
	case ISOLATE_VERDICT:
		break;
	case ISOLATE_BROKEN:
		return g->internal;
	default:
		return false;
	}
	if (g->internal || !min_goal_is(g, s, &v))
		return false;
	g->fired &= v.quirks;	/* what went is not to come back */
	g->last = v;
	return true;
}

/* All that must be equal; pointers and padding are not compared. */
static bool same_end(enum isolate_end a, enum isolate_end b, const struct verdict *v,
		     const struct verdict *w)
{
	return a == b && v->kind == w->kind && v->op == w->op && v->table == w->table &&
	       v->start == w->start && v->last == w->last &&
	       v->got.outcome == w->got.outcome && v->got.value == w->got.value &&
	       !strcmp(v->function, w->function);
}

bool min_goal_stable(struct min_goal *g, const struct scenario *s)
{
	struct run_report first = { 0 }, second = { 0 };
	struct verdict v = { 0 }, w = { 0 };
	enum isolate_end a, b;

	a = isolate_run(g->iso, g->subject, s, &g->opt, false, &v, &first);
	b = isolate_run(g->iso, g->subject, s, &g->opt, false, &w, &second);
	if (isolate_interrupted() || a == ISOLATE_BROKEN || b == ISOLATE_BROKEN)
		return true;
	return same_end(a, b, &v, &w) && first.state_hash == second.state_hash;
}

static enum min_goal_end set_internal(struct min_goal *g)
{
	const char *said = isolate_said(g->iso);

	if (isolate_lacked_memory(g->iso))
		return MIN_GOAL_NO_MEMORY;
	/* our own mistake: whoever mends it wants it small, too */
	g->internal = true;
	snprintf(g->last.detail, sizeof(g->last.detail), "%.*s", (int)strcspn(said, "\n"), said);
	return MIN_GOAL_SET;
}

static void set_verdict(struct min_goal *g, const struct scenario *s, const struct verdict *v)
{
	signature_of(&g->sig, g->subject, s, v);
	words_of(g->what, sizeof(g->what), v);
	g->table = v->table;
	g->differs = how_it_differs(v);
	g->legality = v->legality;
	g->fired = v->quirks;
	g->last = *v;
	g->opt.legal_only = true;
	if (!min_goal_keeps(g, s))
		g->opt.legal_only = false;
}

enum min_goal_end min_goal_set(struct min_goal *g, struct isolate *iso,
			       const struct subject *subject, const struct scenario *s,
			       uint64_t quirks)
{
	struct verdict v;
	enum min_goal_end end = MIN_GOAL_SET;


	*g = (struct min_goal){
		.iso = iso, .subject = subject, .keep_subject = g->keep_subject,
		.progress = g->progress,
	};
	g->opt = (struct run_options){ .quirks = quirks, .fuzzing = true };
	switch (isolate_run(iso, subject, s, &g->opt, false, &v, NULL)) {
	case ISOLATE_VERDICT:
		set_verdict(g, s, &v);
		break;
	case ISOLATE_PASS:
		end = MIN_GOAL_PASSES;
		break;
	case ISOLATE_BROKEN:
		end = set_internal(g);
		break;
	default:
		return MIN_GOAL_INTERRUPTED;
	}
	if (isolate_interrupted())
		return MIN_GOAL_INTERRUPTED;
	if (end != MIN_GOAL_NO_MEMORY && !g->internal && !min_goal_stable(g, s))
		return MIN_GOAL_UNSTABLE;
	return end;
}

