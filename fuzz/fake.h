/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A subject and a model for tests of what drives them, in the clothes of family range.
 *
 * Both count: add and add_with_merge add 1, subtract resets to 0, modulo fake.modulus; sort and
 * clean_sort change nothing. What else happens is up to struct fake.
 */
#ifndef FUZZ_FAKE_H
#define FUZZ_FAKE_H

#include "contract/model.h"
#include "contract/range.h"
#include "contract/subject.h"
#include "scenario.h"

/* The quirks of the fake model, by index; from the third on only where they are switched on. */
enum fake_quirk {
	FAKE_QUIRK_CUT,
	FAKE_QUIRK_AVOID,
	FAKE_QUIRK_SHOWS,
	FAKE_QUIRK_GONE,
	FAKE_QUIRK_GONE2,
	FAKE_QUIRK_CUT_ON,
	FAKE_QUIRK_AVOID_ON,
	FAKE_QUIRK_SAYS,
};

/* What the subject does when an op's az operand says so. */
enum fake_deed {
	FAKE_NOTHING,
	FAKE_WRONG,		/* counts one too many */
	FAKE_PANIC,		/* panics; the model expects it */
	FAKE_ILLEGAL,		/* the model calls it misuse */
	FAKE_CUT,		/* does wrong, a quirk cuts */
	FAKE_AVOID,		/* a quirk says avoid */
	FAKE_AVOID_ILLEGAL,	/* and the op is misuse */
	FAKE_CRASH,		/* kills the process */
	FAKE_REPORT,		/* writes what a sanitizer would write, and exits */
	FAKE_LOOP,		/* never ends by itself */
	FAKE_ODD,		/* the model's layers disagree from now on */
	FAKE_SHOWS,		/* does wrong, as a quirk says */
	FAKE_GONE,		/* does right, where a quirk says that it does wrong */
	FAKE_GONE2,		/* the same with another quirk */
	FAKE_CUT_ON,		/* as FAKE_CUT, where the quirk is on */
	FAKE_AVOID_ON,		/* as FAKE_AVOID, likewise; it does wrong */
	FAKE_DIFFERS,		/* says a warning: the exact layer's */
	FAKE_SAYS,		/* the same, as a quirk says */
	FAKE_LOSS,		/* loses memory in silence */
	FAKE_FLIPS,		/* counts one too many every other run: nothing a kernel may do */
};

/**
 * struct fake - switches and counters
 * @modulus: the counter's
 * @wrong_at: the subject counts one too many when it stands at this value; 0: never
 * @known: quirks of the kernel that are known; 0: the first two
 * @resets, @execs, @steps: calls so far in this process
 */
struct fake {
	unsigned int modulus;
	unsigned int wrong_at;
	unsigned int resets, execs, steps;
	uint64_t known;
};

extern struct fake fake;
extern const struct subject fake_subject;
extern const struct subject fake_subject_saved;	/* the same with save and restore */
extern struct subject fake_subject_lacking;	/* the same, to be changed */
/* The patched one: it does the deed of the second operand, less one, unless that is 0. */
extern struct subject fake_subject_head;

/* A new scenario of family range. */
void fake_scenario(struct scenario *s);

/* Append an op. */
void fake_op(struct scenario *s, enum range_op id, enum fake_deed deed);

/* The same; @head does something else there. */
void fake_op_pair(struct scenario *s, enum range_op id, enum fake_deed deed,
		  enum fake_deed head);

#endif
