/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ISOLATION_PROBE_H
#define ISOLATION_PROBE_H

/* The probe's ops, with at most one argument. */
enum probe_op {
	PROBE_COUNT = 1,	/* count in variables of every kind; their sum */
	PROBE_PANIC,
	PROBE_BUG,		/* of 0; else 1 */
	PROBE_TOUCH,		/* read address arg */
	PROBE_LOOP,		/* for ever, without a call */
	PROBE_PRINT_LOOP,	/* for ever, printing */
	PROBE_RECURSE,		/* until the stack is full */
	PROBE_WARN,		/* WARN_ON_ONCE */
	PROBE_PAGE,		/* what physical address arg held; it is one more then */
	PROBE_INDEX,		/* arg-th element of 16 */
	PROBE_BEYOND,		/* byte arg from where address 0x12345ffe is mapped, 2 bytes */
	PROBE_PARAM,		/* call the registered parser; how often, times 3 */
	PROBE_PRINT,		/* at error level */
};

#endif
