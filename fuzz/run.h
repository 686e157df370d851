/* SPDX-License-Identifier: GPL-2.0-only */
/* The runner: one scenario on one subject, held against the model at every op. */
#ifndef FUZZ_RUN_H
#define FUZZ_RUN_H

#include "contract/model.h"
#include "contract/subject.h"
#include "scenario.h"
#include "table_states.h"

/* Largest model state that the runner has room for (no malloc in the loop), bytes. */
#define MODEL_STATE_MAX	(1024 * 1024)

/**
 * struct run_options - how to run
 * @quirks: bit mask of the model's quirks that are switched on: usually model_quirks_for(); 0 is
 *	strict
 * @legal_only: ops that are not legal in the state they meet are left out (neither run nor
 *	modelled)
 * @fuzzing: ops that meet a QUIRK_AVOID are left out, too
 * @no_oracle: subject alone (for bench)
 * @past_differs: what differs in the exact layer alone does not end the scenario: it goes on until
 *	more is wrong, or a quirk fires (which is predicted by rows that are not there)
 * @sparse: the whole of the model's selfcheck at the end of every 64th scenario only
 * @after: called after every op, for drawings and traces; may be NULL
 * @feature: state feedback for the fuzzing engines; may be NULL. @id is below RUN_FEATURES
 */
struct run_options {
	uint64_t quirks;
	bool legal_only;
	bool fuzzing;
	bool no_oracle;
	bool sparse;
	bool past_differs;
	void (*after)(void *arg, unsigned int op, const struct expect *e, const struct result *res,
		      const struct state *st);
	void *arg;
	void (*feature)(unsigned int id);
};

/*
 * Features: of the first table fill (8 buckets) x doubled (4) x op (64) x outcome (4). Families
 * with several tables that can grow (table_states.h) also tell: the same of the second, how far
 * both are (LEVELS x LEVELS), and what the op made of a full one (event x table x op).
 */
#define RUN_FEATURES_TABLE	(8 * 4 * 64 * 4)
#define RUN_FEATURES_PAIRS	(2 * RUN_FEATURES_TABLE)
#define RUN_FEATURES_EVENTS	(RUN_FEATURES_PAIRS + LEVELS * LEVELS)
#define RUN_FEATURES		(RUN_FEATURES_EVENTS + \
				 (REACHES - REACH_EVENTS) * WATCHED_TABLES * 64)

/**
 * struct run_report - what a run says besides its verdict
 * @executed: ops that were run
 * @skipped: ops that were left out (legal_only, QUIRK_AVOID)
 * @state_hash: of all tables and results after every op: equal for equal behaviour
 * @fired: quirks that fired, bit mask
 * @fired_last: those that fired at the last op
 * @last: index of that op, where the run ended
 * @unjudged: nothing was said of that op: a quirk cut it, or would be predicted by wrong rows
 * @differed: past_differs: the exact layer differed before that; @differed_at: first at this op
 */
struct run_report {
	unsigned int executed, skipped;
	uint64_t state_hash;
	uint64_t fired;
	uint64_t fired_last;
	unsigned int last;
	bool unjudged, differed;
	unsigned int differed_at;
};

/**
 * run_scenario() - run @s on @subject from a fresh reset
 * @subject: its family must be the scenario's, its configuration too
 * @report: may be NULL
 *
 * Return: true when every op was as expected; else @v says what was not.
 */
bool run_scenario(const struct subject *subject, const struct scenario *s,
		  const struct run_options *opt, struct verdict *v, struct run_report *report);

/**
 * struct run_place - where the run is, for signal handlers and, in shared memory, other processes
 * @op: index into the scenario's ops
 * @legality: of that op in the state it met
 * @in_subject: the subject runs, not the model or the runner
 * @sequence: grows with every op of every scenario
 * @fired: quirks that fired in this run up to here, bit mask; @fired_last: at this op
 * @differed, @differed_at: as a report has them
 */
struct run_place {
	volatile uint32_t op;
	volatile uint8_t legality;
	volatile uint8_t in_subject;
	volatile uint32_t sequence;
	volatile uint64_t fired, fired_last;
	volatile bool differed;
	volatile uint32_t differed_at;
};

/* Keep the place in *@p from now on (shared memory); NULL: in a private one again. */
void run_place_use(struct run_place *p);

/* The place as it is now. */
const struct run_place *run_place(void);

/* The subject begins to run op @op; for whoever runs ops without run_scenario(). */
void run_enter(unsigned int op, enum legality legality);

/* It is done. */
void run_leave(void);

/**
 * run_position() - the op that runs now, for crash and hang handlers
 * Return: index into the scenario's ops; 0 before the first.
 */
unsigned int run_position(void);

/* Fold a result and the tables after an op into a hash: equal for equal behaviour. */
uint64_t run_hash(uint64_t h, const struct result *res, const struct state *st);

#endif
