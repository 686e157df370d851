/* SPDX-License-Identifier: GPL-2.0-only */
/* The table findings x kernels x word sizes, and how it is printed. */
#ifndef FUZZ_FINDINGS_H
#define FUZZ_FINDINGS_H

#include "cli.h"
#include "inputs.h"

#define COLUMNS_MAX	32

/* What a finding does on a kernel; of several subjects of one kernel the last of these counts. */
enum cell {
	CELL_NOT_HERE,
	CELL_NO_OP,
	CELL_DOES_NOT,
	CELL_UNSEEN,
	CELL_MASKED,
	CELL_OTHER,
	CELL_SHOWS,
	CELLS
};

/**
 * struct column - a kernel
 * @subject: one of its subjects; NULL: it is not built in
 * @known: some header names it with this word size: what shows there should be in the headers
 */
struct column {
	char name[64];
	const struct subject *subject;
	bool known[WORDS];
};

/**
 * struct line - a finding
 * @cell: by word size and column
 * @variant_only: it shows only in a variant of the configuration (not: of other words)
 * @ran: what each subject did that could run it
 */
struct line {
	const struct input *input;
	enum cell cell[WORDS][COLUMNS_MAX];
	bool variant_only[WORDS][COLUMNS_MAX];
	struct {
		const struct subject *subject;
		enum cell cell;
	} ran[CLI_SUBJECTS_MAX];
	unsigned int nr_ran;
};

/**
 * struct findings - the whole table
 * @mismatch: what headers say otherwise, a line each
 */
struct findings {
	struct column column[COLUMNS_MAX];
	unsigned int nr_columns;
	struct line *line;
	size_t nr;
	char **mismatch;
	size_t nr_mismatches;
};

void findings_text(const struct findings *t);
void findings_json(const struct findings *t);

#endif
