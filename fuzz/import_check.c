// SPDX-License-Identifier: GPL-2.0-only
/* Compare the facts of a log with what a subject does. */
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "import_check.h"
#include "run.h"
#include "watchdog.h"

/* How far apart two versions are: whole versions count for more than any patch level. */
static uint64_t distance(uint32_t a, uint32_t b)
{
	uint32_t x = a >> 8, y = b >> 8;
	uint64_t whole = x > y ? x - y : y - x;
	uint32_t patch = (a & 255) > (b & 255) ? (a & 255) - (b & 255) : (b & 255) - (a & 255);

	return whole << 8 | patch;
}

const struct subject *import_nearest(const struct family *family, uint32_t version,
				     const char *kernel)
{
	const struct subject *best = NULL;

	for (const struct subject *const *p = subjects; *p; p++) {
		const struct subject *s = *p;
		bool better;

		if (s->family != family || s->config->synthetic || s->planted ||
		    subject_variant(s) || (kernel && strcmp(kernel, s->kernel)))
			continue;
		if (!best)
			better = true;
		else if (version)
			better = distance(s->version, version) < distance(best->version, version);
		else
			better = s->version > best->version;
		if (better)
			best = s;
	}
	return best;
}

enum import_group import_group(const struct import_fact *f)
{
	switch (f->kind) {
	case IMPORT_ENTRY:
		return IMPORT_G_ENTRY;
	case IMPORT_UPDATE:
	case IMPORT_REMOVE:
		return IMPORT_G_CHANGE;
	case IMPORT_LAST_PFN:
		return IMPORT_G_PFN;
	case IMPORT_GAP:
		return IMPORT_G_GAP;
	case IMPORT_NO_GAP:
		return IMPORT_G_NO_GAP;
	case IMPORT_NOSAVE:
		return IMPORT_G_NOSAVE;
	case IMPORT_NVS:
		return IMPORT_G_NVS;
	case IMPORT_BUFFER:
		return IMPORT_G_BUFFER;
	case IMPORT_MALFORMED:
		return IMPORT_G_REFUSED;
	case IMPORT_MB_ADD:
		return IMPORT_G_HANDED;
	case IMPORT_MB_RESERVE:
		return IMPORT_G_KEPT;
	case IMPORT_MB_MEMORY:
		return IMPORT_G_MEMORY;
	case IMPORT_PANIC:
		return IMPORT_G_PANIC;
	default:
		return IMPORT_GROUPS;
	}
}

bool import_same_fact(const struct import_fact *a, const struct import_fact *b)
{
	return a->kind == b->kind && a->start == b->start && a->size == b->size &&
	       a->type == b->type && a->to == b->to;
}

/**
 * struct check - a check under way
 * @got: facts of the op that has just run, @nr_got of them
 */
struct check {
	const struct import *im;
	const struct import_script *sc;
	struct import_checked *c;
	struct import_fact *got;
	unsigned int nr_got;
};

static void differs(struct check *k, int fact, const struct import_fact *got, unsigned int op)
{
	struct import_checked *c = k->c;

	c->differ++;
	if (c->kept == IMPORT_DIFFS_MAX)
		return;
	c->diff[c->kept] = (struct import_diff){ .fact = fact, .has_got = got, .op = op,
						 .op_id = k->sc->s.ops[op].id };
	if (got)
		c->diff[c->kept].got = *got;
	c->kept++;
}

/* The next fact of the log at or behind @i that this op is to show, in this group. */
static unsigned int next_fact(const struct check *k, unsigned int i, unsigned int op,
			      enum import_group g)
{
	while (i < k->im->nr && (k->sc->op[i] != (int)op || import_group(&k->im->fact[i]) != g))
		i++;
	return i;
}

static unsigned int next_got(const struct check *k, unsigned int i, enum import_group g)
{
	while (i < k->nr_got && import_group(&k->got[i]) != g)
		i++;
	return i;
}

/* Where in the rest of the subject's facts is this one? */
static unsigned int find_got(const struct check *k, unsigned int i, const struct import_fact *f,
			     enum import_group g)
{
	for (i = next_got(k, i, g); i < k->nr_got; i = next_got(k, i + 1, g))
		if (import_same_fact(&k->got[i], f))
			return i;
	return k->nr_got;
}

/*
 * Does the log end here: is its last fact of this op and group, in its last line (or is
 * the line after it cut)? Then what comes behind it is not missing.
 */
static bool ends_in(const struct check *k, unsigned int op, enum import_group g)
{
	const struct import *im = k->im;
	unsigned int i = im->nr;

	while (i && import_group(&im->fact[i - 1]) == IMPORT_GROUPS)
		i--;
	return i && k->sc->op[i - 1] == (int)op && import_group(&im->fact[i - 1]) == g &&
	       im->fact[i - 1].line + im->cut >= im->last_line;
}

/* Does the log state anything of this op or a later one? */
static bool gets_to(const struct check *k, unsigned int op)
{
	for (unsigned int i = 0; i < k->im->nr; i++)
		if (k->sc->op[i] >= (int)op)
			return true;
	return false;
}

/* Two lists in order: what only one has is told, side by side where both have something. */
static void compare(struct check *k, unsigned int op, enum import_group g)
{
	unsigned int i = next_fact(k, 0, op, g), j = next_got(k, 0, g);

	while (i < k->im->nr) {
		const struct import_fact *f = &k->im->fact[i];
		unsigned int at = find_got(k, j, f, g);

		if (at < k->nr_got) {
			for (; j < at; j = next_got(k, j + 1, g))
				differs(k, -1, &k->got[j], op);
			if (k->sc->given[i])
				k->c->given++;
			else
				k->c->agree++;
			j = next_got(k, at + 1, g);
		} else {
			unsigned int after = next_fact(k, i + 1, op, g);
			bool pair = j < k->nr_got &&
				(after >= k->im->nr ||
				 find_got(k, j, &k->im->fact[after], g) != j);

			differs(k, (int)i, pair ? &k->got[j] : NULL, op);
			if (pair)
				j = next_got(k, j + 1, g);
		}
		i = next_fact(k, i + 1, op, g);
	}
	if (j < k->nr_got && (g == IMPORT_G_PANIC ? !gets_to(k, op) : ends_in(k, op, g))) {
		k->c->not_compared[IMPORT_WHY_END]++;
		return;
	}
	for (; j < k->nr_got; j = next_got(k, j + 1, g))
		differs(k, -1, &k->got[j], op);
}

static bool states(const struct check *k, unsigned int op, enum import_group g)
{
	return next_fact(k, 0, op, g) < k->im->nr;
}

/* Did the boot get beyond the command line? Then what is not stated did not happen. */
static bool got_beyond(const struct check *k)
{
	for (unsigned int i = 0; i < k->im->nr; i++)
		if (k->im->fact[i].kind == IMPORT_LAST_PFN ||
		    (k->im->fact[i].kind == IMPORT_ENTRY && k->im->fact[i].table == IMPORT_T_USER))
			return true;
	return false;
}

/*
 * What a log does not mention need not be missing: kernels differ in what they print. But the
 * command line's effects and a panic would be told.
 */
static bool compared(const struct check *k, unsigned int op, enum import_group g)
{
	uint8_t id = k->sc->s.ops[op].id;

	if (g == IMPORT_G_PANIC || states(k, op, g))
		return true;
	if (!got_beyond(k))
		return false;
	return (id == E820_CMDLINE && (g == IMPORT_G_CHANGE || g == IMPORT_G_REFUSED)) ||
	       (id == E820_FINISH_EARLY_PARAMS && g == IMPORT_G_ENTRY);
}

static enum import_why why_not(const struct check *k, unsigned int i)
{
	const struct import_fact *f = &k->im->fact[i];

	if (f->kind == IMPORT_ENTRY && f->table < IMPORT_T_MAPS)
		return IMPORT_WHY_MAP;
	if (f->kind == IMPORT_MB_MEMORY)
		return IMPORT_WHY_LATER;
	return f->kind == IMPORT_PANIC ? IMPORT_WHY_PANIC : IMPORT_WHY_OTHERS;
}

static void count_uncompared(struct check *k, unsigned int from_op)
{
	for (unsigned int i = 0; i < k->im->nr; i++) {
		int op = k->sc->op[i];

		if (import_group(&k->im->fact[i]) == IMPORT_GROUPS)
			continue;
		if (op < 0 && k->sc->given[i])
			k->c->given++;
		else if (op < 0)
			k->c->not_compared[why_not(k, i)]++;
		else if (k->c->subject->lacks >> k->sc->s.ops[op].id & 1)
			k->c->not_compared[IMPORT_WHY_LACKS]++;
		else if ((unsigned int)op >= from_op)
			differs(k, (int)i, NULL, (unsigned int)op);
	}
}

void import_check(const struct import *im, const struct import_script *sc,
		  const struct subject *subject, struct import_checked *c)
{
	static struct import_fact got[IMPORT_GOT_MAX];
	struct check k = { .im = im, .sc = sc, .c = c, .got = got };
	unsigned int op = 0;
	bool ended = false;

	memset(c, 0, sizeof(*c));
	c->subject = subject;
	subject->reset();
	watchdog_start(WATCHDOG_MS);
	for (; op < sc->s.nr && !ended; op += 1u + sc->s.ops[op].nr_tokens) {
		struct result res;

		if (subject->lacks >> sc->s.ops[op].id & 1)
			continue;
		run_enter(op, LEGAL);
		subject->exec(&sc->s.ops[op], &res);
		run_leave();
		ended = res.outcome != OUT_RETURN;
		k.nr_got = import_observed(subject, &sc->s.ops[op], &res, got);
		for (unsigned int g = 0; g < IMPORT_GROUPS; g++)
			if (compared(&k, op, g))
				compare(&k, op, g);
	}
	watchdog_stop();
	count_uncompared(&k, op);
}
