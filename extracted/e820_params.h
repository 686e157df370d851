/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line: what the parsers of mem= and memmap= are given (contract/cmdline.h). */
#ifndef E820_PARAMS_H
#define E820_PARAMS_H

#include "contract/cmdline.h"

_Static_assert(CMDLINE_SIZE == COMMAND_LINE_SIZE, "a command line in the contract");

/* What memory hot-plug is told, where there is any: later kernels. */
#define NO_LIMIT	(~0ull)
u64 max_mem_size = NO_LIMIT;

#ifdef CONFIG_X86_32
/* mem=nopentium: of how memory is mapped, nothing here depends on it. */
WRAPPER void setup_clear_cpu_cap(unsigned int bit)
{
	(void)bit;
}
#endif

WRAPPER static uint64_t parse_param(const char *name, char *value)
{
	int ret = 0;

	if (!shim_call_early_param(name, value, &ret))
		shim_abort(OUT_BUG);
	return !!ret;
}

/* A bit for each parser that refuses. @line is written to. */
WRAPPER static uint64_t parse_line(char *line)
{
	char *at = line, *name, *value;
	uint64_t refused = 0;
	unsigned int nr = 0;

	max_mem_size = NO_LIMIT;
	while (cmdline_next(&at, &name, &value) && (value || strcmp(name, "--")))
		if (!strcmp(name, "mem") || !strcmp(name, "memmap")) {
			refused |= parse_param(name, value) << (nr < 63 ? nr : 63);
			nr++;
		}
	if (max_mem_size != NO_LIMIT)
		shim_record(E820_REC_LIMIT, 0, max_mem_size);
	return refused;
}

/* @param: the token that begins a parameter. */
WRAPPER static uint64_t cmdline(const struct op *op, uint8_t param)
{
	static char line[CMDLINE_SIZE] SHIM_SCRATCH;

	cmdline_join(op, param, line);
	return parse_line(line);
}

#endif
