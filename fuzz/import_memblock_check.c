// SPDX-License-Identifier: GPL-2.0-only
/* Replay a boot's calls of memblock and compare what the log states of them. */
#include <string.h>

#include "import_memblock_check.h"
#include "import_replay.h"
#include "watchdog.h"

/**
 * struct replay - a check under way
 * @got: lines of the call that was made last, @nr_got of them
 * @on: the subject, with the model beside it
 * @next: index of the first line that can belong to the next call
 * @of: of each line, the call that it is held against
 */
struct replay {
	const struct import *im;
	const struct import_mb *mb;
	const struct import_mb_script *sc;
	struct import_mb_checked *c;
	struct import_mb_line *got;
	unsigned int nr_got, next;
	int *of;
	struct import_replay on;
};

static void differs(struct replay *r, int at, const struct import_mb_line *got, unsigned int op)
{
	struct import_mb_checked *c = r->c;

	c->differ++;
	if (c->kept == IMPORT_MB_DIFFS)
		return;
	c->diff[c->kept] = (struct import_mb_diff){ .at = at, .has_got = got, .op = op,
						    .outcome = r->on.res.outcome };
	if (got)
		c->diff[c->kept].got = *got;
	c->kept++;
}

static void agrees(struct replay *r, unsigned int i, unsigned int op)
{
	const struct import_mb_line *l = &r->mb->at[i];

	if (r->sc->given[i]) {
		r->c->given++;
		return;
	}
	r->c->agree++;
	r->c->regions += l->kind == MB_REGION;
	r->c->doubled += l->kind == MB_DOUBLED;
	r->c->chosen += r->sc->op[op].chooses && l->kind == MB_CALL && l->caller == MB_BY_ALLOC;
}

/* The first line at or behind @i that this call is to show. */
static unsigned int next_line(const struct replay *r, unsigned int i, unsigned int op)
{
	while (i < r->mb->nr && r->of[i] != (int)op)
		i++;
	return i;
}

static unsigned int find_got(const struct replay *r, unsigned int j, unsigned int i)
{
	while (j < r->nr_got && !import_mb_same(&r->got[j], &r->mb->at[i]))
		j++;
	return j;
}

static bool panicked(const struct import *im)
{
	for (unsigned int i = 0; i < im->nr; i++)
		if (im->fact[i].kind == IMPORT_PANIC)
			return true;
	return false;
}

/*
 * Is this the end of the boot, or of its log, or near enough that what follows may be missing? The
 * tables that ci/boot adds come behind it.
 */
static bool ends_behind(const struct replay *r, unsigned int op)
{
	const struct import_mb *mb = r->mb;
	unsigned int last = 0;

	if (r->sc->until)
		return op + 1 == r->sc->nr;
	while (last < mb->nr && mb->at[last].kind != MB_FINAL)
		last++;
	while (last && r->of[last - 1] < 0)
		last--;
	return last && r->of[last - 1] == (int)op &&
	       (panicked(r->im) || mb->at[last - 1].line + r->im->cut >= r->im->last_line);
}

/*
 * Tables double in calls that print nothing themselves, too: then what is said of it seems to be of
 * the call before.
 */
static bool may_be_later(const struct replay *r, unsigned int i, unsigned int op)
{
	const struct import_mb_line *l = &r->mb->at[i];

	return (l->kind == MB_DOUBLED || (l->kind == MB_CALL && l->caller == MB_BY_DOUBLING)) &&
	       op + 1 < r->sc->nr && r->sc->op[op + 1].from != MB_FROM_LINE;
}

/*
 * At the end tables that were doubled are gone: ci/boot says nothing of one, it is not compared.
 * (A table that a kernel prints is there whole, or something is missing.)
 */
static void leave_out_untold(struct replay *r, unsigned int op)
{
	bool told[M_PHYSMEM + 1] = { false };
	unsigned int to = 0, i = next_line(r, r->next, op);

	if (i == r->mb->nr || r->mb->at[i].kind != MB_FINAL)
		return;
	for (i++; import_mb_row(r->mb, i); i++)
		if (r->mb->at[i].kind == MB_COUNT)
			told[r->mb->at[i].table] = true;
	for (i = 0; i < r->nr_got; i++) {
		const struct import_mb_line *l = &r->got[i];

		if ((l->kind != MB_COUNT && l->kind != MB_REGION) || told[l->table])
			r->got[to++] = *l;
	}
	r->nr_got = to;
}

/* Two lists in order: what only one has is told, side by side where both have something. */
static void compare(struct replay *r, unsigned int op)
{
	bool zones = r->sc->op[op].op.id == M_PFN_RANGES;	/* lines here and there */
	unsigned int i = next_line(r, zones ? 0 : r->next, op), j = 0, before = r->c->differ;
	unsigned int stays = r->mb->nr;

	while (i < r->mb->nr) {
		unsigned int at = find_got(r, j, i), after = next_line(r, i + 1, op);

		if (at < r->nr_got) {
			for (; j < at; j++)
				differs(r, -1, &r->got[j], op);
			agrees(r, i, op);
			j = at + 1;
		} else if (may_be_later(r, i, op)) {
			r->of[i] = (int)op + 1;
			stays = i < stays ? i : stays;
		} else {
			bool pair = j < r->nr_got &&
				    (after == r->mb->nr || find_got(r, j, after) != j);

			differs(r, (int)i, pair ? &r->got[j] : NULL, op);
			j += pair;
		}
		if (!zones)
			r->next = i < stays ? i + 1 : stays;
		i = after;
	}
	if (j < r->nr_got && ends_behind(r, op)) {
		r->c->not_compared[MB_WHY_END]++;
		return;
	}
	for (; j < r->nr_got; j++)
		differs(r, -1, &r->got[j], op);
	if (r->sc->op[op].op.id == M_DUMP_ALL) {
		r->c->tables += r->c->differ == before;
		r->c->tables_differ += r->c->differ != before;
	}
}

/* A block that lies elsewhere than in the log: it is put there, or all others would differ, too. */
static void go_on_with_the_logs(struct replay *r, unsigned int i)
{
	const struct op *op = &r->sc->op[i].op;
	const struct import_mb_line *l = import_mb_block(r->mb, r->of, i);
	uint64_t got = r->on.res.value;

	if (!r->sc->op[i].chooses || !l || l->start == got)
		return;
	r->c->moved++;
	if (got)
		import_replay_run(&r->on, i, &(struct op){ M_PHYS_FREE, 0, { got, op->arg[0] } });
	import_replay_run(&r->on, i, &(struct op){ M_RESERVE, 0, { l->start, l->size } });
}

static bool is_fact(const struct import_mb_line *l)
{
	return (l->kind <= MB_REGION && l->kind != MB_FINAL) || l->kind == MB_RAM ||
	       l->kind >= MB_ZONE;
}

static enum import_mb_why missing(const struct replay *r, const struct import_mb_line *l)
{
	if (r->sc->until && l->line >= r->sc->until)
		return MB_WHY_MISSING;
	return l->kind == MB_AVAILABLE ? MB_WHY_ALLOCATOR : MB_WHY_OTHERS;
}

/* Lines that no call showed, from call @from on. */
static void count_uncompared(struct replay *r, unsigned int from)
{
	for (unsigned int i = 0; i < r->mb->nr; i++) {
		const struct import_mb_line *l = &r->mb->at[i];
		int op = r->of[i];

		if (!is_fact(l))
			continue;
		if (op < 0)
			r->c->not_compared[missing(r, l)]++;
		else if ((unsigned int)op >= from)
			r->c->not_compared[MB_WHY_DEAD]++;
		else if (r->c->subject->lacks >> r->sc->op[op].op.id & 1)
			r->c->not_compared[MB_WHY_LACKS]++;
	}
}

void import_mb_check(const struct import *im, const struct import_mb *mb,
		     const struct import_mb_script *sc, const struct subject *subject,
		     struct import_mb_checked *c)
{
	static struct import_mb_line got[IMPORT_MB_GOT];
	static int of[IMPORT_MB_LINES];
	struct replay r = { .im = im, .mb = mb, .sc = sc, .c = c, .got = got, .of = of };
	struct import_mb_seen seen = { mb, sc, NULL, &r.on.st, im->version };
	bool lives = true;
	unsigned int i;

	memcpy(of, sc->of, mb->nr * sizeof(of[0]));
	memset(c, 0, sizeof(*c));
	c->subject = subject;
	import_replay_begin(&r.on, subject);
	watchdog_start(WATCHDOG_MS);
	for (i = 0; i < sc->nr && lives; i++) {
		const struct op *op = &sc->op[i].op;

		if (subject->lacks >> op->id & 1)
			continue;
		lives = import_replay_run(&r.on, i, op);
		c->calls++;
		seen.op = op;
		r.nr_got = import_mb_observed(&seen, got);
		leave_out_untold(&r, i);
		if (lives)
			compare(&r, i);
		else
			differs(&r, -1, NULL, i);
		if (lives)
			go_on_with_the_logs(&r, i);
	}
	watchdog_stop();
	count_uncompared(&r, lives ? i : i - 1);
	c->predicted = r.on.predicted;
	c->verdict = r.on.verdict;
}
