// SPDX-License-Identifier: GPL-2.0-only
/* A reproducer as a C file that ci/repro builds with a kernel's file and the shims alone. */
#include "repro.h"

static const char *refuses(const struct repro *r)
{
	(void)r;
	return "not written yet";
}

static void emit(FILE *out, const struct repro *r)
{
	(void)out;
	(void)r;
}

const struct repro_format repro_c = {
	.name = "c",
	.suffix = ".c",
	.refuses = refuses,
	.emit = emit,
};
