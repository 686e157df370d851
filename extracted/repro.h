/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What reproducers are written in. A reproducer is a wrapper like others, which includes
 * repro_FAMILY.h and then says in the order of the calls
 *
 *	REPRO {
 *		OP(0, add, e820__range_add(0x0, 640 * SZ_1K, E820_TYPE_RAM));
 *		RUN(1, WITH(memory_setup), WITH(entry, 0x0, SZ_1M, 1));
 *		CHECK(1, expect_cover("e820_table", 0x0, 0x9ffff, E820_TYPE_RAM, 1));
 *	}
 *
 * Each call runs as an op of a scenario does: a panic, a BUG, unmapped memory and a hang are
 * outcomes, and the tables can be looked at afterwards. extracted/host/repro_main.c goes through
 * them and tells whether the check fails; ci/repro builds both.
 */
#ifndef REPRO_H
#define REPRO_H

#include <linux/sizes.h>

#include "host/repro_host.h"

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#endif

static uint64_t reproduce(struct repro_ask *at);

/* The question that an op is the answer to, as long as it runs. */
static struct repro_ask *repro_now;

WRAPPER static uint64_t repro_call(uint64_t (*call)(const struct op *op), const struct op *op)
{
	return repro_now->given ? reproduce(repro_now) : call(op);
}

/* Once more for each call, and to ask: the calls before it have been made. */
WRAPPER static void repro_ask(struct repro_ask *ask)
{
	repro_now = ask;
	if (!ask->calls)
		reproduce(ask);
}

const struct repro_program repro_program = { .subject = &SUBJECT_SYMBOL, .ask = repro_ask };

/* Is it asked to make the call? If it is asked of the op, it tells. */
WRAPPER static bool repro_is(struct repro_ask *at, int index, bool given, const char *text,
			     const struct repro_op *op, unsigned int nr)
{
	if (at->wanted != index)
		return false;
	if (at->calls)
		return given;
	at->known = true;
	at->given = given;
	at->text = text;
	at->op = op;
	at->nr = nr;
	return false;
}

/* The value of a call, 0 of one that has none. */
#define REPRO_VALUE(call) ((uint64_t)__builtin_choose_expr(			\
	__builtin_types_compatible_p(__typeof__(call), void), ((call), 0), (call)))

#define REPRO WRAPPER static uint64_t reproduce(struct repro_ask *at)

/* Op @index of the family's, called @name: the kernel's call of it, as it is written. */
#define OP(index, name, ...)							\
	do {									\
		static const struct repro_op repro_op = { #name };		\
										\
		if (repro_is(at, index, true, #__VA_ARGS__, &repro_op, 1))	\
			return REPRO_VALUE((__VA_ARGS__));			\
	} while (0)

/* The same, made of its operands by the wrapper: itself first, then its tokens. */
#define RUN(index, ...)								\
	do {									\
		static const struct repro_op repro_ops[] = { __VA_ARGS__ };	\
										\
		repro_is(at, index, false, #__VA_ARGS__, repro_ops,			\
			 sizeof(repro_ops) / sizeof(*repro_ops));			\
	} while (0)
#define WITH(name, ...)	{ #name, { __VA_ARGS__ }, NULL }
#define TEXT(name, text) { #name, { 0 }, text }

/* What must be true after op @index: one of those below. The last line. */
#define CHECK(index, ...)							\
	do {									\
		if (at->wanted != REPRO_CHECK)					\
			return 0;						\
		at->known = true;						\
		at->text = #__VA_ARGS__;					\
		at->of = index;							\
		at->expect = (struct repro_expect)__VA_ARGS__;			\
		return 0;							\
	} while (0)

#define NO_CHECK()	return 0

#define expect_end(outcome)	{ .kind = REPRO_END, .value = outcome }
#define expect_return(number)	{ .kind = REPRO_RETURN, .value = (uint64_t)(number) }
#define expect_said(what)	{ .kind = REPRO_SAID, .value = what }
#define expect_no_report()	{ .kind = REPRO_NO_REPORT }
/* Each byte from @first to @final, inclusive, is covered by @type so many @times. */
#define expect_cover(name, first, final, of_type, times)			\
	{ .kind = REPRO_COVER, .table = name, .last = final, .value = times,	\
	  .row = { .start = first, .type = of_type } }
#define expect_row(name, number, first, bytes, of_type, of_flags)		\
	{ .kind = REPRO_ROW, .table = name, .index = number,			\
	  .row = { .start = first, .size = bytes, .type = of_type, .flags = of_flags } }
#define expect_rows(name, number) { .kind = REPRO_ROWS, .table = name, .index = number }

#endif
