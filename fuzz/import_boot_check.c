// SPDX-License-Identifier: GPL-2.0-only
/* Run a whole boot and compare what the log states of it. */
#include <string.h>

#include "import_boot_check.h"
#include "import_zones.h"
#include "watchdog.h"

#define SEEN	64u	/* doublings */

/**
 * struct chain - a check under way
 * @seen: places of tables so far, @nr_seen of them
 */
struct chain {
	const struct import *im;
	const struct import_mb *mb;
	const struct import_mb_script *calls;
	const struct import_boot_script *sc;
	struct import_boot_checked *c;
	struct import_replay on;
	struct row seen[SEEN];
	unsigned int nr_seen;
};

/* A difference: the caller writes both sides into what is returned. */
static struct import_boot_diff *differs(struct chain *k, unsigned int op, unsigned int line)
{
	static struct import_boot_diff lost;
	struct import_boot_checked *c = k->c;
	struct import_boot_diff *d = c->kept < IMPORT_BOOT_DIFFS ? &c->diff[c->kept++] : &lost;

	c->differ++;
	d->op = op;
	d->line = line;
	snprintf(d->log, sizeof(d->log), "nothing of it");
	snprintf(d->kernel, sizeof(d->kernel), "nothing of it");
	return d;
}

static void range(char *text, uint64_t start, uint64_t size)
{
	snprintf(text, IMPORT_BOOT_TEXT, "[0x%llx-0x%llx]", (unsigned long long)start,
		 (unsigned long long)(start + size - 1));
}

/* An op of the check's own: what is told of it is told of op @i. Return: it came back. */
static bool extra(struct chain *k, unsigned int i, uint8_t id, uint64_t a0, uint64_t a1)
{
	return import_replay_run(&k->on, i, &(struct op){ id, 0, { a0, a1, IMPORT_BOOT_NAME } });
}

/* A block that lies elsewhere is put where the log has it, or all others would differ, too. */
static bool move(struct chain *k, unsigned int i, uint64_t got,
		 const struct import_mb_line *stated)
{
	bool lives = !got || extra(k, i, B_FREE, got, k->sc->op[i].arg[0]);

	return lives && (!stated || extra(k, i, B_RESERVE, stated->start, stated->size));
}

/*
 * Have as many tables doubled as in the log? numa_init() says of reserved memory, too, on which
 * node it is, so that regions stay apart; no op does, and a table is full somewhat later.
 */
static bool tables_as_in_log(const struct chain *k, unsigned int i)
{
	unsigned int doubled = 0;

	for (unsigned int n = 0; n < k->mb->nr; n++)
		doubled += k->mb->at[n].kind == MB_DOUBLED && k->calls->of[n] >= 0 &&
			   k->calls->of[n] <= k->sc->of[i].call;
	return doubled == k->nr_seen;
}

/* Where did the block go? */
static bool block(struct chain *k, unsigned int i)
{
	const struct import_boot_op *o = &k->sc->of[i];
	const struct op *op = &k->sc->op[i];
	const struct import_mb_line *stated = import_mb_block(k->mb, k->calls->of,
							      (unsigned int)o->call);
	struct import_boot_diff *d;
	struct op again = *op;

	/* once more from 0, as all that give virtual addresses do */
	if (!k->on.res.value && o->min && op->id == B_ALLOC) {
		again.arg[2] = 0;
		if (!import_replay_run(&k->on, i, &again))
			return false;
	}
	if (k->on.res.value == (stated ? stated->start : 0)) {
		k->c->chosen += !!stated;
		k->c->agree += !!stated;
		return true;
	}
	if (!tables_as_in_log(k, i)) {
		k->c->elsewhere++;
		return move(k, i, k->on.res.value, stated);
	}
	/* the op cannot say all that the kernel asked for */
	if (op->id == B_ALLOC_NODE && (k->on.res.value < o->min || o->exact)) {
		k->c->given++;
		return move(k, i, k->on.res.value, stated);
	}
	d = differs(k, i, stated ? stated->line : o->line);
	if (stated)
		range(d->log, stated->start, stated->size);
	if (k->on.res.value)
		range(d->kernel, k->on.res.value, op->arg[0]);
	return move(k, i, k->on.res.value, stated);
}

/* Where the tables are now. */
static void see(struct chain *k)
{
	const struct table *own = &k->on.st.table[B_OWN];

	for (unsigned int i = 0; i < own->nr; i++) {
		unsigned int n = 0;

		while (n < k->nr_seen && k->seen[n].start != own->rows[i].start)
			n++;
		if (n == k->nr_seen && n < SEEN)
			k->seen[k->nr_seen++] = own->rows[i];
	}
}

/* Tables that doubled: each was where the log says. */
static void doublings(struct chain *k, unsigned int i)
{
	for (unsigned int n = 0; n < k->mb->nr; n++) {
		const struct import_mb_line *l = &k->mb->at[n];
		unsigned int r = 0;

		if (l->kind != MB_DOUBLED || k->calls->of[n] < 0)
			continue;
		while (r < k->nr_seen && (k->seen[r].start != l->start ||
					  k->seen[r].flags != l->flags))
			r++;
		if (r < k->nr_seen) {
			k->c->doubled++;
			k->c->agree++;
			continue;
		}
		snprintf(differs(k, i, l->line)->log, IMPORT_BOOT_TEXT, "a table of %u at 0x%llx",
			 l->flags, (unsigned long long)l->start);
	}
}

/* The first line of a kind; NULL: there is none. */
static const struct import_mb_line *line_of(const struct chain *k, enum import_mb_kind kind)
{
	for (unsigned int i = 0; i < k->mb->nr; i++)
		if (k->mb->at[i].kind == kind)
			return &k->mb->at[i];
	return NULL;
}

static void sum(struct chain *k, unsigned int i, const struct import_mb_line *l, uint64_t stated,
		uint64_t got, const char *what)
{
	struct import_boot_diff *d;

	if (stated == got) {
		k->c->sums++;
		k->c->agree++;
		return;
	}
	d = differs(k, i, l->line);
	snprintf(d->log, sizeof(d->log), "%llu pages %s", (unsigned long long)stated, what);
	snprintf(d->kernel, sizeof(d->kernel), "%llu pages %s", (unsigned long long)got, what);
}

/*
 * "Memory: AVAILABLE/RAM available (... RESERVED reserved ...)": RAM without what is reserved was
 * passed on, by this op or later on; what is available are pages that are not deferred.
 */
static void sums(struct chain *k, unsigned int i)
{
	static struct import_zones z;
	const struct import_mb_line *ram = line_of(k, MB_RAM), *free = line_of(k, MB_AVAILABLE);

	k->c->pages = k->on.res.value;
	if (ram)
		sum(k, i, ram, ((ram->start - ram->size - k->calls->freed) >> 12) - k->sc->late,
		    k->on.res.value, "passed on");
	k->c->unsaid = free && k->calls->late;
	if (!free || k->calls->late)
		return;
	import_boot_zones(k->mb, k->calls, &z);
	sum(k, i, free, free->size >> 12,
	    import_zones_freed(&z, &k->on.st.table[B_PAGES], BOOT_FREED) - IMPORT_VMALLOC_TABLES,
	    "available");
}

/* The pages themselves, against the tables at the end. */
static void pages(struct chain *k, unsigned int i)
{
	static struct row stated[IMPORT_BOOT_RANGES];
	const struct table *got = &k->on.st.table[B_PAGES];
	unsigned int nr = import_boot_pages(k->mb, stated), a = 0, b = 0;
	struct import_boot_diff *d;

	k->c->untold = !nr;
	while (nr && (a < nr || b < got->nr)) {
		const struct row *x = a < nr ? &stated[a] : NULL;
		const struct row *y = b < got->nr ? &got->rows[b] : NULL;

		if (x && y && x->start == y->start && x->size == y->size) {
			k->c->ranges++;
			k->c->agree++;
			a++;
			b++;
			continue;
		}
		d = differs(k, i, 0);
		if (x && (!y || x->start <= y->start)) {
			range(d->log, x->start, x->size);
			a++;
		}
		if (y && (!x || y->start <= x->start)) {
			range(d->kernel, y->start, y->size);
			b++;
		}
	}
}

static bool step(struct chain *k, unsigned int i)
{
	const struct import_boot_op *o = &k->sc->of[i];
	const struct op *op = &k->sc->op[i];

	if (!import_replay_run(&k->on, i, op)) {
		snprintf(differs(k, i, o->line)->kernel, IMPORT_BOOT_TEXT, "%s",
			 outcome_name(k->on.res.outcome));
		return false;
	}
	see(k);
	if (o->chooses)
		return block(k, i);
	if (op->id == B_HANDOFF) {
		doublings(k, i);
		sums(k, i);
		pages(k, i);
	}
	return true;
}

void import_boot_check(const struct import *im, const struct import_mb *mb,
		       const struct import_mb_script *calls, const struct import_boot_script *sc,
		       const struct subject *subject, struct import_boot_checked *c)
{
	struct chain k = { .im = im, .mb = mb, .calls = calls, .sc = sc, .c = c };
	bool lives = true;

	memset(c, 0, sizeof(*c));
	c->subject = subject;
	c->given = sc->given;
	import_replay_begin(&k.on, subject);
	watchdog_start(WATCHDOG_MS);
	for (unsigned int i = 0; i < sc->nr && lives; i += 1u + sc->op[i].nr_tokens) {
		lives = step(&k, i);
		c->ops++;
	}
	watchdog_stop();
	c->predicted = k.on.predicted;
	c->verdict = k.on.verdict;
}
