/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two kernels of one configuration, before and after a patch: what does the patch do to a scenario?
 *
 * Both are held against the model, each by the traits of its own version, with the quirks of the
 * base for both. A subject is right as long as nothing is wrong with outcomes, memory and what the
 * contract fixes of results; what differs in the exact layer alone is not wrong.
 *
 *	regression	the head is wrong where the base is right
 *	doubtful	one is wrong, and the form of a table has changed before: the model
 *			no longer has the rows that callers met, so that neither legality nor
 *			blame are certain
 *	broken		both are wrong, in the same way or not, or in a worse way; but where
 *			all of it is what the base is known for, it counts as nothing
 *	change		both are right, and results, reports or tables differ
 *	fix		the base is wrong, unknown or as a quirk says, where the head is right
 *	same		nothing of that
 *
 * A head that deviates from a quirk's prediction has mended it when without that quirk it is right
 * up to there and the base is not. Nothing else is taken for mended.
 */
#ifndef FUZZ_PAIR_H
#define FUZZ_PAIR_H

#include "isolate.h"
#include "signature.h"

/* Worst first. */
enum pair_class {
	PAIR_REGRESSION,
	PAIR_DOUBTFUL,
	PAIR_BROKEN,
	PAIR_CHANGE,
	PAIR_FIX,
	PAIR_SAME,
	PAIR_CLASSES
};

/**
 * struct pair_log - behaviour op by op, for two runs to be compared
 * @nr: ops in use
 * @step: index of the op, its result, and a hash of each table after it
 */
struct pair_log {
	unsigned int nr;
	struct pair_step {
		unsigned int op, nr_tables;
		struct result res;
		uint64_t table[TABLES_MAX];
	} step[SCENARIO_OPS_MAX];
};

/**
 * struct pair - two subjects of one family and configuration
 * @quirks: those of the base, bit mask
 * @run: as isolate_run() without a record, or run_scenario() in this process
 * @arg: for @run
 * @log: where @run can write, in shared memory if it forks; two
 * @legal_only: ops that are not legal where they stand are left out
 * @effort: for pair_minimize(): at most so much, in runs of a short scenario on one of them; 0:
 *	as much as it takes for one
 * @avoided: also try what a quirk says to avoid (it may hang): has the head mended it?
 */
struct pair {
	const struct subject *base, *head;
	uint64_t quirks;
	enum isolate_end (*run)(void *arg, const struct subject *subject,
				const struct scenario *s, const struct run_options *opt,
				struct verdict *v, struct run_report *report);
	void *arg;
	struct pair_log *log;
	bool legal_only, avoided;
	unsigned long effort;
	void (*feature)(unsigned int id);
};

/**
 * struct pair_result - what came of it
 * @base, @head: the verdicts that the class is by (a mended quirk's: that of the base without it)
 * @report: of the first two runs: base, head
 * @quirks: those that were on when these were made
 * @mended: quirks that the head has mended; @gone: those that the base does not show either
 * @known: regression: quirks of the head's version, not of the base's, that predict it
 * @op: index of the op where they part; @what: "result", "said", "end" or a table's name
 * @same_way: broken: by all that is said of both; else in another way
 * @worse: broken: silent damage, or the end of the machine, for something less
 * @apparent: doubtful: what it would be if the form had not changed
 * @known_same: quirks without which both are wrong in the same way, where they part in form
 *	alone; for review to count
 * @sig: what it is to be known as. A fix by the base's verdict; a change is VERDICT_DIFFERS, and
 *	its function is the op's and @what
 * @failed: a run failed, ISOLATE_INTERRUPTED or ISOLATE_BROKEN, else 0: nothing else counts then
 */
struct pair_result {
	enum pair_class class;
	struct verdict base, head;
	struct run_report report[2];
	enum pair_class apparent;
	uint64_t quirks, mended, gone, known, known_same;
	unsigned int op;
	char what[32];
	bool same_way, worse;
	struct signature sig;
	enum isolate_end failed;
};

/* "regression", "doubtful", "broken", "change", "fix", "same" */
const char *pair_class_name(enum pair_class c);

/* Both subjects, and the quirks of the base's version. The rest is left to the caller. */
void pair_init(struct pair *p, const struct subject *base, const struct subject *head);

/* Is the kernel's code the same in both? Then there is nothing to compare. */
bool pair_same_code(const struct subject *base, const struct subject *head);

/* Leave out the ops that one of the two does not have. */
void pair_fit(const struct pair *p, struct scenario *s);

/**
 * pair_run() - run @s on both, and sort what they do
 * @s: as pair_fit() leaves it
 */
void pair_run(const struct pair *p, const struct scenario *s, struct pair_result *r);

/* A regression that only callers who break the rules meet: nothing is owed to them. */
bool pair_is_misuse(const struct pair_result *r);

/* The same class, and the same bug, whoever can bring it about. */
bool pair_same_bug(const struct pair_result *a, const struct pair_result *b);

/* That, and both are misuse, or neither is: to be told once. */
bool pair_same(const struct pair_result *a, const struct pair_result *b);

/**
 * pair_minimize() - the least scenario of the same class and signature; canonical
 * @r: what it says of @s, and afterwards of what is left of it
 * Return: runs of the pair that it took.
 */
unsigned long pair_minimize(const struct pair *p, struct scenario *s, struct pair_result *r);

/* pair_choose.c: a kernel's id, or KERNEL!NAME where a bug is planted */

bool pair_of_kernel(const struct subject *s, const char *id);

/* Where its subjects are, among others, ended by NULL. */
const struct subject *const *pair_subjects(const char *id);

/* Its subject of the family and configuration of @like, or its first one; NULL: none. */
const struct subject *pair_find(const char *id, const struct subject *like);

/* pair_log.c */

/* To be given as run_options.after, with a log, emptied before, as its argument. */
void pair_log_after(void *log, unsigned int op, const struct expect *e, const struct result *res,
		    const struct state *st);

/**
 * pair_log_part() - where do two runs part?
 * @base, @head: they ran @s
 * @what: receives what differs there, 32 bytes
 * Return: index of the op, or -1: they do the same, as far as their kernels can be compared.
 */
int pair_log_part(const struct scenario *s, const struct subject *base,
		  const struct subject *head, const struct pair_log *log, char *what);

#endif
