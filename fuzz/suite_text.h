/* SPDX-License-Identifier: GPL-2.0-only */
/* A suite_plan as lines of C in the manner of the kernel's suite of mm/memblock.c. */
#ifndef FUZZ_SUITE_TEXT_H
#define FUZZ_SUITE_TEXT_H

#include "suite_plan.h"

#define SUITE_NUMBER	64	/* bytes of a number in C */
#define SUITE_CALL	512	/* of a call */

/* An address: "base + SZ_4K", "PHYS_ADDR_MAX - 2". @buf: SUITE_NUMBER bytes, as below. */
const char *suite_addr(char *buf, const struct suite_plan *p, uint64_t at);

/* A number of bytes: "SZ_4K", "36 * SZ_1K", "0x1234". */
const char *suite_size(char *buf, uint64_t size);

/* What a function returned: "-ENOMEM", "base + 0x40", "0x1234". */
const char *suite_value(char *buf, const struct suite_plan *p, uint64_t value);

/* "NUMA_NO_NODE", "3". */
const char *suite_node(char *buf, uint64_t nid);

/* "MEMBLOCK_HOTPLUG | MEMBLOCK_NOMAP". @buf: SUITE_CALL bytes. */
const char *suite_flags(char *buf, uint64_t flags);

/* "&memblock.memory" */
const char *suite_collection(unsigned int table);

/* The call of an op, without a semicolon. @buf: SUITE_CALL bytes. */
const char *suite_call(char *buf, const struct suite_plan *p, const struct op *op);

/* All ops before the verdict's; such as differ by a fixed step in the address are a loop. */
void suite_ops(FILE *out, const struct suite_plan *p);

/* Does suite_ops() make a loop? */
bool suite_has_loop(const struct suite_plan *p);

/* suite_checks.c: the verdict's op and what must hold, of its value and behind it. */
void suite_checks(FILE *out, const struct suite_plan *p);

/* Are the places of doubled tables among the checks? */
bool suite_checks_places(const struct suite_plan *p);

/* Is a loop over ranges what is checked? */
bool suite_iterates(const struct suite_plan *p);

/* What the checks need as variables of the test; false: nothing. */
bool suite_declare(FILE *out, const struct suite_plan *p);

/* What the checks call: functions to stand before the test. */
void suite_helpers(FILE *out, const struct suite_plan *p);

#endif
