/* SPDX-License-Identifier: GPL-2.0-only */
/* What the commands of earlyfuzz share. */
#ifndef FUZZ_CLI_H
#define FUZZ_CLI_H

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <sys/types.h>

#include "contract/subject.h"
#include "finding.h"
#include "scenario.h"

/* Exit statuses of every command. */
enum cli_status {
	CLI_OK = 0,		/* all as it should be */
	CLI_VERDICT = 1,	/* it ran, and something is wrong (or differs) */
	CLI_FAILED = 2,		/* it could not run: one line on standard error says why */
};

/**
 * struct command - one row of the command table
 * @usage: what follows the name, for the first line of its help
 * @help: its options, a line each
 * @hidden: not for people: the list of commands does not name it
 * @main: argv[0] is "earlyfuzz NAME"; returns an exit status
 */
struct command {
	const char *name;
	const char *summary;
	const char *usage;
	const char *help;
	int (*main)(int argc, char **argv);
	bool hidden;
};

extern const struct command cmd_run, cmd_show, cmd_min, cmd_gen, cmd_exhaust, cmd_diff, cmd_list,
	cmd_repro, cmd_bench, cmd_canary, cmd_findings, cmd_import, cmd_report, cmd_review,
	cmd_serve;

/* One line on standard error, "earlyfuzz: ...". Return: CLI_FAILED. */
__attribute__((format(printf, 1, 2)))
int cli_error(const char *fmt, ...);

/**
 * cli_number() - a non-negative number of an option
 * @what: the option, for the error line
 * Return: true, or false after one line on standard error.
 */
bool cli_number(const char *what, const char *text, uint64_t max, uint64_t *out);

/* An option's family; NULL after one line on standard error. */
const struct family *cli_family(const char *name);

#define CLI_SUBJECTS_MAX	64

/* Word sizes, as --bits and tables name them. */
enum words {
	WORDS_64,
	WORDS_32,	/* "32" */
	WORDS_32_PAE,	/* "32pae": physical addresses have 64 bits */
	WORDS
};

const char *words_name(enum words w);

enum words subject_words(const struct subject *s);

/**
 * struct choice_of_subjects - what --subject, --kernel, --bits and --canaries ask for
 * @id: exactly these, in this order; none: all
 * @kernel: only subjects of these kernels, @nr_kernels of them; none: of any
 * @words: only subjects of these word sizes, a bit mask; 0: of any
 * @canaries: planted bugs instead of kernels as released
 * @both: those of earlyfuzz32, too, unless @id names some
 * @here: none of earlyfuzz32, even if named: they are called directly
 */
struct choice_of_subjects {
	const struct subject *id[CLI_SUBJECTS_MAX];
	unsigned int nr;
	const char *kernel[CLI_SUBJECTS_MAX];
	unsigned int nr_kernels;
	unsigned int words;
	bool canaries;
	bool both, here;
};

/* A subject by id, planted ones and those of earlyfuzz32 too; NULL when there is none. */
const struct subject *cli_subject(const char *id);

/* All of this program, then those of earlyfuzz32, ended by NULL. */
const struct subject *const *all_subjects(void);

/* Why there was none, on standard error. Return: CLI_FAILED. */
int unknown_subject(const char *id);

/* --subject ID: false after one line on standard error. */
bool choose_subject(struct choice_of_subjects *c, const char *id);

/* --kernel ID, again and again: false after one line on standard error. */
bool choose_kernel(struct choice_of_subjects *c, const char *id);

/* --bits 64, 32 or 32pae, again and again: false after one line on standard error. */
bool choose_words(struct choice_of_subjects *c, const char *name);

/**
 * chosen_are_there() - is earlyfuzz32 as it should be, where its subjects are meant, too?
 *
 * That it is not there is an error where only its subjects are meant.
 * Return: true, or false after one line on standard error.
 */
bool chosen_are_there(const struct choice_of_subjects *c);

/* A notice on standard error where its subjects are meant, too, and it is not there. */
void tell_what_is_missing(const struct choice_of_subjects *c);

/* Is it of a kernel that --kernel named, or was none named? */
bool of_chosen_kernel(const struct choice_of_subjects *c, const struct subject *s);

/**
 * chosen() - the subjects that a scenario runs on
 * @out: at least CLI_SUBJECTS_MAX
 * Return: how many; 0: none of the chosen ones has its family and configuration.
 */
unsigned int chosen(const struct choice_of_subjects *c, const struct scenario *s,
		    const struct subject **out);

/**
 * chosen_newest_first() - in the order in which a bug is worth telling
 *
 * Kernels before the reference, 64 bits before 32, a configuration before its variants, then the
 * newest first: nobody wants a mail about an old kernel that a new one is good for.
 */
void chosen_newest_first(const struct subject **fit, unsigned int nr);

/* Why there was none, in a line on standard error. Return: CLI_FAILED. */
int nothing_chosen(const char *file, const struct scenario *s);

/* The mask of all planted quirks for @subject, minus those that --strict names. */
struct strictness {
	bool all;
	const char *id[16];
	unsigned int nr;
};

/* --strict[=QUIRK], which lives as long as @st: false after one line on standard error. */
bool strict_add(struct strictness *st, const char *quirk);

/**
 * strict_of_finding() - what a finding is about counts, unless --strict has said what does
 * @family: of its scenario
 * @path: its file, for errors
 * @err: at least SCENARIO_ERR bytes
 *
 * Its own quirk alone, so that others that a kernel has do not end the scenario before; where it
 * names none, all, or nothing ("quirks: expected").
 * Return: true, or false with @err filled ("FILE: what is wrong"): there is no such quirk.
 */
bool strict_of_finding(struct strictness *st, const struct finding *f, const struct family *family,
		       const char *path, char *err);

/* For the option tables of commands that run scenarios on subjects; choose_option() takes them. */
#define CHOICE_OPTIONS							\
	{ "subject", required_argument, NULL, 's' },			\
	{ "kernel", required_argument, NULL, 'k' },			\
	{ "bits", required_argument, NULL, 'b' },			\
	{ "canaries", no_argument, NULL, 'c' },				\
	{ "strict", optional_argument, NULL, 'S' }

/**
 * choose_option() - take one of CHOICE_OPTIONS
 * @c: as getopt_long() returned it, its argument in optarg
 * Return: true, or false after one line on standard error; also when it is none of them.
 */
bool choose_option(int c, struct choice_of_subjects *choice, struct strictness *strict);

uint64_t strict_quirks(const struct strictness *st, const struct subject *subject);

/**
 * finding_quirks() - the quirks to expect where a finding is to show
 *
 * All but its own, so that others that a kernel has do not end the scenario before; where it names
 * none, none, or all ("quirks: expected").
 */
uint64_t finding_quirks(const struct finding *f, const struct subject *subject);

/* Why none of the kernels that it was seen on is here, which are all of 32 bits; NULL: not so. */
const char *finding_lacks(const struct finding *f);

/* Colours: on a terminal, unless NO_COLOR or TERM=dumb. */
bool cli_colours(FILE *out);

/* From now on Ctrl-C sets isolate_interrupted(). */
void cli_catch_interrupt(void);

/* "earlyfuzz: interrupted: WHAT". Return: CLI_FAILED. */
int cli_interrupted(const char *what);

/*
 * A line on standard error that rewrites itself, where a person may be looking: is it time for it?
 * At first not, for what is quick needs none.
 */
bool cli_progress_due(void);

__attribute__((format(printf, 1, 2)))
void cli_progress(const char *fmt, ...);

void cli_progress_end(void);

/**
 * struct output - what -o names
 * @out: to be written to
 * @tmp: a regular file appears whole or not at all: until then this is its name; "": none
 * @target: that file, behind all symbolic links; @mode: as it will be
 */
struct output {
	FILE *out;
	const char *path;
	char target[PATH_MAX], tmp[PATH_MAX];
	mode_t mode;
};

/**
 * output_open() - open what -o names
 * @path: "-" or NULL: standard output. A regular file, or none yet, is written under another name
 *	beside it; what is no regular file (a device, a FIFO, /dev/stdout) is written to itself
 *
 * Return: false after one line on standard error.
 */
bool output_open(struct output *o, const char *path);

/* Put it in its place; false after one line on standard error, and no other file is left behind. */
bool output_close(struct output *o);

#endif
