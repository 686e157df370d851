/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the fuzz targets of all engines have in common: one input in, one scenario run on one
 * subject, a stop when the oracle objects.
 *
 * Options come from the environment, since engines keep the command line for themselves:
 *
 *	EARLYFUZZ_SUBJECT=ID	run every input on this subject, planted or not; inputs of
 *				another configuration are run in the subject's own
 *	EARLYFUZZ_KERNEL=ID	run only subjects of this kernel
 *				(neither: a hash of the input chooses one of its configuration)
 *	EARLYFUZZ_LEGAL=1	leave out ops that are not legal in the state they meet
 *	EARLYFUZZ_STRICT=QUIRK	switch this quirk off; 1: all of them, each until it has shown
 *				itself on the subject
 *	EARLYFUZZ_FINDINGS=DIR	do not stop: leave the first input of each signature in
 *				DIR/SIGNATURE.bin (what it says in .txt) and go on
 *	EARLYFUZZ_PAIR=BASE,HEAD run every input on both kernels, one patched from the other,
 *				and stop where they are not the same (pair.h); with
 *				EARLYFUZZ_FINDINGS they are called CLASS-SIGNATURE.bin. Instead of
 *				what chooses subjects and strictness
 *	EARLYFUZZ_STATS=FILE	count executions per subject in FILE, for --stats
 *	EARLYFUZZ_TARGET=PATH	what reports call this program, for afl-fuzz and scripts
 */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include "run.h"
#include "target_mutate.h"

#define TARGET_SUBJECTS_MAX	64u	/* subjects of one family */
#define TARGET_MAP_PARTS	2u

/* The input that runs now, for reports and death hooks. */
struct target_run {
	const struct subject *subject;
	struct scenario s;
	struct verdict verdict;
	struct run_report report;
	const char *quirk;	/* strict: the one that predicts the verdict; NULL: none */
};

extern struct target_run target_run;

/* What an engine lends to the common part. */
struct target_engine {
	const char *name;
	void (*feature)(unsigned int id);
	/* The coverage map: edges (@part 0) and state feedback (@part 1). */
	uint8_t *(*map)(unsigned int part, size_t *size);
};

/* The engine that target_init() was told. */
extern const struct target_engine *target_engine;

/* The subjects that inputs can run on. */
const struct subject *const *target_subjects(unsigned int *nr);

/* The one that this input runs on; NULL: none was built in its configuration. */
const struct subject *target_subject_of(const uint8_t *data, size_t size);

/* A 64-bit hash of the first @size bytes, rounded down to words. */
uint64_t target_hash(const uint8_t *data, size_t size);

/**
 * target_init() - read the options, choose the subjects
 *
 * Exits with one line and status 2 on an option that it does not understand.
 */
void target_init(const struct target_engine *engine);

/* To be called in the process that runs the inputs: timers do not survive fork(). */
void target_start(void);

/**
 * target_one() - run one input
 *
 * Return: true when nothing is wrong. When something is, it aborts, or with
 * EARLYFUZZ_FINDINGS comes back and the answer is false.
 */
bool target_one(const uint8_t *data, size_t size);

/* The same for replays, whatever the verdict: it is in target_run, and nothing stops. */
bool target_replay(const uint8_t *data, size_t size);

/**
 * target_main() - the modes that are no fuzzing
 *
 *	--subjects		the subjects that inputs can run on
 *	--canaries		planted bugs of the family, and the verdict that each must get
 *	--dictionary		the words of its texts, if it has any: a quoted string a line
 *	--stats FILE		what EARLYFUZZ_STATS counted: subject, executions, ops left
 *				out, inputs with a verdict, then QUIRK=INPUTS ...
 *	--import DIR FILE|DIR...	write scenario texts (NAME.scn; others are bytes) of this
 *				family to DIR as the bytes that engines read; says how many
 *	--edges FILE|DIR...	replay: subject, inputs, edges that they reach
 *	--stability FILE|DIR...	replay in five orders: same verdicts, states and coverage?
 *
 * Return: -1 when @argv asks for none of them, else the exit status.
 */
int target_main(int argc, char **argv);

/* target_stats.c */
void target_stats_open(const char *path, const struct subject *const *subject, unsigned int nr);
void target_stats_count(unsigned int subject);
void target_stats_result(unsigned int subject, bool good, const struct run_report *r);
int target_stats_print(const char *path);

/* target_report.c */

/* What is wrong, where, and how to see it again. */
void target_report(FILE *out, const struct target_run *run);
typedef void target_print(FILE *out, const struct target_run *run);

/* Leave the run's input in @dir/@name.bin, and what @print says of it beside it. */
void target_keep_as(const char *dir, const char *name, const struct target_run *run,
		    target_print *print);
/* Leave the run's input in @dir, unless its bucket is there already. */
void target_keep(const char *dir, const struct target_run *run);
/* A verdict: report and abort, or keep. @dir: EARLYFUZZ_FINDINGS or NULL. */
void target_stop(const char *dir);
/* Sanitizer reports name the op and the scenario, too. */
void target_death_hooks(const char *dir);

/* target_replay.c */
int target_edges(char **paths);
int target_stability(char **paths);
int target_import(const char *dir, char **paths);

#endif
