// SPDX-License-Identifier: GPL-2.0-only
/*
 * A subject for the tests of isolation, reset and outcomes: made by link-subject as any other, but
 * without a kernel in it.
 */
#include <asm/io.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/string.h>

#include "isolation_probe.h"
#include "shim/sanitizer.h"
#include "shim/shim.h"

#ifndef SUBJECT_SYMBOL
#define SUBJECT_SYMBOL subject_probe
#endif

uint32_t shim_version = 0x60c00;
const uint64_t shim_arena_size = SHIM_ARENA_SIZE;

static int in_data = 7, in_bss;
static volatile char array[16];
static volatile char big_data[3000] = { 1, 2, 3 };

/* A variable that only a pointer with a relocation reaches: .data.rel* under -fPIE. */
static int *pointer = &in_data;

static int registered_calls;

static int __init parse_probe(char *argument)
{
	registered_calls += argument[0];
	return registered_calls;
}
early_param("probe", parse_probe);

static uint64_t count(void)
{
	static int function_data = 100, function_bss;

	in_data++;
	in_bss++;
	big_data[2999]++;
	function_data++;
	function_bss++;
	return in_data + in_bss + *pointer + function_data + function_bss + big_data[2999];
}

static __attribute__((__noinline__)) uint64_t recurse(uint64_t n)
{
	volatile char frame[4096];

	frame[n % sizeof(frame)] = n;
	return recurse(n + 1) + frame[0];
}

static uint64_t page(uint64_t phys)
{
	unsigned char *p = early_memremap(phys, 2);
	uint64_t was;

	shim_defined(p, 2);
	was = p[0];
	p[0]++;
	early_memunmap(p, 2);
	return was;
}

/* Two bytes at the end of a page, and what lies around them. */
static uint64_t beyond(uint64_t index)
{
	volatile unsigned char *p = early_memremap(0x12345ffe, 2);

	shim_defined((void *)p, 2);
	return p[(int64_t)index];
}

static uint64_t warn(void)
{
	return WARN_ON_ONCE(in_data == 7);
}

static uint64_t call(const struct op *op)
{
	volatile int *nowhere = (volatile int *)op->arg[0];
	int ret = 0;

	switch (op->id) {
	case PROBE_COUNT:
		return count();
	case PROBE_PANIC:
		panic("probe %d", 42);
	case PROBE_BUG:
		BUG_ON(op->arg[0] == 0);
		return 1;
	case PROBE_TOUCH:
		return *nowhere;
	case PROBE_LOOP:
		for (;;)
			in_bss++;
	case PROBE_PRINT_LOOP:
		for (;;)
			pr_info("again\n");
	case PROBE_RECURSE:
		return recurse(op->arg[0]);
	case PROBE_WARN:
		return warn();
	case PROBE_PAGE:
		return page(op->arg[0]);
	case PROBE_INDEX:
		return array[op->arg[0]];
	case PROBE_BEYOND:
		return beyond(op->arg[0]);
	case PROBE_PARAM:
		return shim_call_early_param("probe", (char *)"\3", &ret) ? ret : -1;
	case PROBE_PRINT:
		pr_err("an error %s\n", op->arg[0] ? "and more" : "");
		return 0;
	}
	return 0;
}

static void exec(const struct op *op, struct result *res)
{
	shim_exec(call, op, res);
}

static void observe(struct state *st)
{
	st->nr_tables = 0;
}

struct subject SUBJECT_SYMBOL = {
	.id = "probe",
	.reset = shim_reset,
	.exec = exec,
	.observe = observe,
	.log = shim_log,
	.save = shim_save,
	.restore = shim_restore,
};

static void __attribute__((__constructor__)) measure(void)
{
	SUBJECT_SYMBOL.snapshot_size = shim_snapshot_size();
}
