/* SPDX-License-Identifier: GPL-2.0-only */
/* Words for the tests of the e820 model's command lines. */
#ifndef REFERENCE_E820_CMDLINE_TESTING_H
#define REFERENCE_E820_CMDLINE_TESTING_H

#include "contract/cmdline.h"
#include "e820_testing.h"

#define OLD	0x20622
#define NEW	0x60c00
#define K	1024ull
#define M	(1024 * K)
#define ROW(start, size, type)	{ start, size, type, 0 }
#define RAM_4M	{ ADD(0, 4 * M, RAM) }

#define SPELLED_MAX	(CMDLINE_SIZE / OP_TEXT_MAX + 2)

/* The line as tokens: a parameter of its own for all of it, continued as long as need be. */
static inline const struct op *spell(const char *line)
{
	static struct op op[SPELLED_MAX];
	size_t left = strlen(line);

	op[0] = (struct op){ .id = E820_CMDLINE };
	for (unsigned int i = 1; left; i++) {
		unsigned int len = left < OP_TEXT_MAX ? left : OP_TEXT_MAX;

		assert_true(i < SPELLED_MAX);
		op[i] = (struct op){ .id = i == 1 ? E820_PARAM : E820_MORE };
		op_set_text(&op[i], line, len);
		op[0].nr_tokens = i;
		line += len;
		left -= len;
	}
	return op;
}

/* One step; what holds for each. */
static inline void step(const struct op *op, struct expect *e)
{
	enum legality before = e820_model.legality(&room, op);

	e820_model.step(&room, op, e);
	assert_int_equal(e->legality, before);
	assert_true(e820_model.selfcheck(&room));
	assert_false(e->cut || e->avoid);
}

static inline void run_line(const struct op *before, const char *line, struct expect *e)
{
	for (unsigned int i = 0; i < TEST_OPS && before[i].id; i++)
		step(&before[i], e);
	step(spell(line), e);
}

#endif
