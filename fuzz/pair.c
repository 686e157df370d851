// SPDX-License-Identifier: GPL-2.0-only
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "pair.h"

#define NOWHERE	UINT_MAX	/* the op of a run in which nothing is wrong */

/* One subject's run. */
struct half {
	struct verdict v;
	struct run_report r;
};

/* Two of them, with the same quirks on, and what is being found out. */
struct both {
	const struct pair *p;
	const struct scenario *s;
	struct pair_result *result;
	uint64_t quirks;
	struct half base, head;
};

static bool run_half(struct both *b, const struct subject *subject, uint64_t quirks,
		     struct half *h)
{
	const struct run_options opt = {
		.quirks = quirks, .fuzzing = true, .sparse = true, .past_differs = true,
		.legal_only = b->p->legal_only, .feature = b->p->feature,
	};
	enum isolate_end end;

	if (b->result->failed)
		return false;
	end = b->p->run(b->p->arg, subject, b->s, &opt, &h->v, &h->r);
	if (end > ISOLATE_VERDICT)
		b->result->failed = end;
	return end <= ISOLATE_VERDICT;
}

static bool run_both(struct both *b, uint64_t quirks)
{
	b->quirks = quirks;
	return run_half(b, b->p->base, quirks, &b->base) &&
	       run_half(b, b->p->head, quirks, &b->head);
}

/*
 * The op where it is wrong. Results and panics may follow from the form of a table, and anything
 * where callers broke the rules: behind a difference in the exact layer they prove nothing.
 */
static unsigned int wrong_at(const struct half *h)
{
	if (h->r.differed && h->v.legality == MISUSE)
		return NOWHERE;
	switch (h->v.kind) {
	case VERDICT_PASS:
	case VERDICT_DIFFERS:
		return NOWHERE;
	case VERDICT_WRONG_RESULT:
	case VERDICT_MISSING_PANIC:
		return h->r.differed ? NOWHERE : h->v.op;
	default:
		return h->v.op;
	}
}

/* Was it judged up to op @op, and right? (No proof that it is wrong is none of the contrary.) */
static bool right_to(const struct half *h, unsigned int op)
{
	bool passes = h->v.kind == VERDICT_PASS || h->v.kind == VERDICT_DIFFERS;

	return (passes || h->v.op > op) && !(h->r.unjudged && h->r.last <= op);
}

/* How bad it is: silent damage to memory, the end of the machine, damage that is told, the rest. */
static int badness(enum verdict_kind kind)
{
	switch (kind) {
	case VERDICT_SILENT_LOSS:
	case VERDICT_OVERLAP:
	case VERDICT_STRAY:
	case VERDICT_OUT_OF_BOUNDS:
		return 4;
	case VERDICT_UNEXPECTED_PANIC:
	case VERDICT_UNMAPPED:
	case VERDICT_HANG:
	case VERDICT_CRASH:
		return 3;
	case VERDICT_PASS:
	case VERDICT_DIFFERS:
		return 0;
	case VERDICT_WRONG_RESULT:
		return 1;
	default:
		return 2;
	}
}

static bool worse(const struct verdict *a, const struct verdict *b)
{
	return badness(a->kind) > badness(b->kind);
}

/* All that is said of two verdicts, but the words. */
static bool same_verdict(const struct verdict *a, const struct verdict *b)
{
	return a->kind == b->kind && a->op == b->op && !strcmp(a->function, b->function) &&
	       a->table == b->table && a->row == b->row && a->start == b->start &&
	       a->last == b->last && a->type == b->type && a->got_cover == b->got_cover &&
	       a->want_cover == b->want_cover && a->got.outcome == b->got.outcome &&
	       a->got.value == b->got.value && a->got.said == b->got.said;
}

/* Did they do the same, as far as was seen? */
static bool same_behaviour(const struct both *b)
{
	const struct run_report *x = &b->base.r, *y = &b->head.r;

	return same_verdict(&b->base.v, &b->head.v) && x->executed == y->executed &&
	       x->skipped == y->skipped && x->state_hash == y->state_hash &&
	       x->unjudged == y->unjudged;
}

/* Had the form of its table changed before it was wrong, or else before @op? */
static bool in_doubt(const struct half *h, unsigned int op)
{
	return h->r.differed && h->r.differed_at < (wrong_at(h) == NOWHERE ? op : h->v.op);
}

static bool class_in_doubt(const struct both *b, enum pair_class class, unsigned int op)
{
	if (class == PAIR_REGRESSION)
		return in_doubt(&b->head, op);
	if (class == PAIR_BROKEN || class == PAIR_FIX)
		return in_doubt(&b->head, op) || in_doubt(&b->base, op);
	return false;
}

static void decide(struct both *b, enum pair_class class, unsigned int op)
{
	struct pair_result *r = b->result;

	r->apparent = class;
	r->class = class_in_doubt(b, class, op) ? PAIR_DOUBTFUL : class;
	r->base = b->base.v;
	r->head = b->head.v;
	r->quirks = b->quirks;
	r->op = op;
	r->same_way = class == PAIR_BROKEN && same_verdict(&r->base, &r->head);
	r->worse = class == PAIR_BROKEN && worse(&r->head, &r->base);
}

/*
 * Both are wrong at @op, or the base is and the head went on. Where nothing at all changed, there
 * is no doubt about what.
 */
static void both_wrong(struct both *b, unsigned int op)
{
	decide(b, PAIR_BROKEN, op);
	if (b->result->class == PAIR_DOUBTFUL && same_behaviour(b))
		decide(b, PAIR_SAME, op);
}

/* The next set of quirks to be switched off: each of @fired alone, then all of them; 0: no more. */
static uint64_t next_off(uint64_t fired, uint64_t off)
{
	uint64_t left = off ? fired & ~(off | (off - 1)) : fired;

	if (off == fired)
		return 0;
	return left ? left & -left : fired;
}

/* Those of @fired that may be switched off: not what must be avoided, unless that was asked for. */
static uint64_t can_be_off(const struct both *b, uint64_t fired)
{
	const struct model *m = model_of(b->s->family);

	for (unsigned int i = 0; !b->p->avoided && i < m->nr_quirks && i < 64; i++)
		if (m->quirks[i].kind == QUIRK_AVOID)
			fired &= ~(1ull << i);
	return fired & b->quirks;
}

/* Without which quirks is the base right at @op? It does not show them. 0: it is wrong. */
static uint64_t gone_from_base(const struct both *b, unsigned int op)
{
	struct both t = *b;
	uint64_t fired = can_be_off(b, b->base.r.fired);

	for (uint64_t off = next_off(fired, 0); off; off = next_off(fired, off)) {
		if (!run_half(&t, b->p->base, b->quirks & ~off, &t.base))
			return 0;
		if (right_to(&t.base, op))
			return off;
	}
	return 0;
}

/* The head is wrong at @op: is that a quirk which it has mended, and the base has not? */
static bool is_mended(struct both *b, unsigned int op)
{
	struct both t = *b;
	uint64_t fired = can_be_off(b, b->head.r.fired);

	for (uint64_t off = next_off(fired, 0); off; off = next_off(fired, off)) {
		if (!run_both(&t, b->quirks & ~off))
			return false;
		if (!right_to(&t.head, op) || wrong_at(&t.base) > op)
			continue;
		b->result->mended = off;
		/* and further on? */
		decide(&t, wrong_at(&t.head) == NOWHERE ? PAIR_FIX : PAIR_BROKEN,
		       t.base.v.op);
		return true;
	}
	return false;
}

/*
 * The head is wrong at @op where a quirk fires, and has not mended it: the base is wrong there too,
 * as everyone knows, and the head in another way.
 */
static bool is_known_wrong(struct both *b, unsigned int op)
{
	struct both t = *b;
	uint64_t fired = can_be_off(b, b->head.r.fired_last);

	for (uint64_t off = next_off(fired, 0); off; off = next_off(fired, off)) {
		if (!run_both(&t, b->quirks & ~off))
			return false;
		if (wrong_at(&t.base) > op || wrong_at(&t.head) < wrong_at(&t.base))
			continue;
		/* it fired before, and shows there: what happens at @op the head alone tells */
		if (wrong_at(&t.base) < op)
			t.head = b->head;
		both_wrong(&t, op);
		b->result->same_way = false;
		return true;
	}
	return false;
}

/* Which quirks of the head's version alone predict what it does at @op? */
static uint64_t known_of_head(const struct both *b, unsigned int op)
{
	const struct subject *head = b->p->head;
	uint64_t more = model_quirks_for(model_of(head->family), head->version) & ~b->p->quirks;
	struct both t = *b;

	if (!more || !run_half(&t, head, b->quirks | more, &t.head) || !right_to(&t.head, op))
		return 0;
	return t.head.r.fired & more;
}

static void head_wrong(struct both *b, unsigned int op)
{
	if (is_mended(b, op) || is_known_wrong(b, op) || b->result->failed)
		return;
	decide(b, PAIR_REGRESSION, op);
	b->result->known = known_of_head(b, op);
}

/*
 * Nothing is wrong as long as quirks are expected, and something is different. Where a quirk ended
 * the comparison: which of the two is wrong without it?
 */
static bool parted_at_quirk(struct both *b)
{
	struct both t = *b;
	uint64_t fired = can_be_off(b, b->base.r.fired | b->head.r.fired);
	unsigned int last = b->base.r.unjudged ? b->base.r.last : b->head.r.last;

	for (uint64_t off = next_off(fired, 0); off; off = next_off(fired, off)) {
		unsigned int base, head;

		if (!run_both(&t, b->quirks & ~off))
			return true;
		base = wrong_at(&t.base);
		head = wrong_at(&t.head);
		if (t.base.v.kind < VERDICT_DIFFERS && t.base.v.kind && !same_behaviour(&t) &&
		    same_verdict(&t.base.v, &t.head.v)) {
			b->result->known_same |= off;
			continue;
		}
		if (base < head && right_to(&t.head, base)) {
			b->result->mended = off;
			decide(&t, head == NOWHERE ? PAIR_FIX : PAIR_BROKEN, base);
			return true;
		}
		if (head < base && right_to(&t.base, head)) {
			decide(&t, PAIR_REGRESSION, head);
			return true;
		}
		if (base == head && base == last && !same_behaviour(&t)) {
			both_wrong(&t, base);
			return true;
		}
	}
	return false;
}

static void run_log(struct both *b, unsigned int i, const struct subject *subject)
{
	struct pair_log *log = &b->p->log[i];
	const struct run_options opt = {
		.quirks = b->quirks, .fuzzing = true, .sparse = true, .past_differs = true,
		.legal_only = b->p->legal_only, .after = pair_log_after, .arg = log,
	};
	struct verdict v;
	enum isolate_end end;

	log->nr = 0;
	end = b->p->run(b->p->arg, subject, b->s, &opt, &v, NULL);
	if (end > ISOLATE_VERDICT)
		b->result->failed = end;
}

/*
 * Only the form differs from what quirks predict: has the head mended one that shows in nothing
 * else? Then without it the head is in every way as it should be, and the base is not.
 */
static bool form_is_mended(struct both *b)
{
	struct both t = *b;
	uint64_t fired = can_be_off(b, b->head.r.fired);

	if (!b->head.r.differed || b->base.r.differed)
		return false;
	for (uint64_t off = next_off(fired, 0); off; off = next_off(fired, off)) {
		if (!run_both(&t, b->quirks & ~off))
			return true;
		if (t.head.v.kind != VERDICT_PASS || t.head.r.unjudged || !t.base.r.differed)
			continue;
		b->result->mended = off;
		decide(&t, PAIR_FIX, t.base.r.differed_at);
		return true;
	}
	return false;
}

static void both_right(struct both *b)
{
	int op;

	if ((b->base.r.unjudged || b->head.r.unjudged) && parted_at_quirk(b))
		return;
	if (form_is_mended(b))
		return;
	run_log(b, 0, b->p->base);
	run_log(b, 1, b->p->head);
	op = pair_log_part(b->s, b->p->base, b->p->head, b->p->log, b->result->what);
	decide(b, op < 0 ? PAIR_SAME : PAIR_CHANGE, op < 0 ? 0 : op);
}

/* Ops were left out as a quirk says: does the head do them as it should? */
static void try_avoided(struct both *b)
{
	const struct model *m = model_of(b->s->family);
	struct both t = *b;
	uint64_t off = 0;

	for (unsigned int i = 0; i < m->nr_quirks && i < 64; i++)
		if (m->quirks[i].kind == QUIRK_AVOID)
			off |= b->base.r.fired & b->quirks & 1ull << i;
	if (!off || !run_both(&t, b->quirks & ~off))
		return;
	if (wrong_at(&t.base) == NOWHERE || !right_to(&t.head, wrong_at(&t.base)))
		return;
	b->result->mended = off;
	decide(&t, wrong_at(&t.head) == NOWHERE ? PAIR_FIX : PAIR_BROKEN, t.base.v.op);
}

static void sort_out(struct both *b)
{
	unsigned int base = wrong_at(&b->base), head = wrong_at(&b->head);

	if (base == NOWHERE && same_behaviour(b)) {
		decide(b, PAIR_SAME, 0);
		if (b->p->avoided && b->base.r.skipped)
			try_avoided(b);
	} else if (base != NOWHERE && base <= head) {
		if (head == NOWHERE && right_to(&b->head, base))
			decide(b, PAIR_FIX, base);
		else
			both_wrong(b, base);
	} else if (head != NOWHERE && right_to(&b->base, head)) {
		head_wrong(b, head);
	} else {
		both_right(b);
	}
}

static void name_it(struct pair_result *r, const struct pair *p, const struct scenario *s)
{
	struct verdict v = r->apparent == PAIR_FIX ? r->base : r->head;
	char function[sizeof(r->sig.function)];

	if (r->class == PAIR_SAME)
		return;
	if (r->class == PAIR_CHANGE) {
		memset(&v, 0, sizeof(v));
		v.kind = VERDICT_DIFFERS;
		v.op = r->op;
	}
	/* broken, and the head comes through here: by what the base does */
	if (v.kind == VERDICT_PASS || v.kind == VERDICT_DIFFERS)
		v = r->class == PAIR_CHANGE ? v : r->base;
	signature_of(&r->sig, p->head, s, &v);
	if (r->class != PAIR_CHANGE)
		return;
	memcpy(function, r->sig.function, sizeof(function));
	snprintf(r->sig.function, sizeof(r->sig.function), "%.30s-%.30s", function, r->what);
}

void pair_run(const struct pair *p, const struct scenario *s, struct pair_result *r)
{
	struct both b = { .p = p, .s = s, .result = r };
	uint64_t quirks = p->quirks, gone;

	memset(r, 0, sizeof(*r));
	r->class = PAIR_SAME;
	do {
		gone = 0;
		if (!run_both(&b, quirks))
			return;
		if (wrong_at(&b.base) != NOWHERE)
			gone = gone_from_base(&b, wrong_at(&b.base));
		quirks &= ~gone;
		r->gone |= gone;
	} while (gone);
	r->report[0] = b.base.r;
	r->report[1] = b.head.r;
	if (!r->failed)
		sort_out(&b);
	if (!r->failed)
		name_it(r, p, s);
}
