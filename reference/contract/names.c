// SPDX-License-Identifier: GPL-2.0-only
/* The words for verdicts, legality and outcomes: permanent, findings spell them out. */
#include <string.h>

#include "verdict.h"

static const char *const verdicts[VERDICT_KINDS] = {
	[VERDICT_PASS] = "pass",
	[VERDICT_OVERLAP] = "overlap",
	[VERDICT_SILENT_LOSS] = "silent-loss",
	[VERDICT_ANNOUNCED_LOSS] = "announced-loss",
	[VERDICT_STRAY] = "stray",
	[VERDICT_FRAME] = "frame",
	[VERDICT_WRONG_TYPE] = "wrong-type",
	[VERDICT_WRONG_RESULT] = "wrong-result",
	[VERDICT_MISSING_PANIC] = "missing-panic",
	[VERDICT_UNEXPECTED_PANIC] = "unexpected-panic",
	[VERDICT_UNMAPPED] = "unmapped",
	[VERDICT_HANG] = "hang",
	[VERDICT_OUT_OF_BOUNDS] = "out-of-bounds",
	[VERDICT_UNINITIALISED] = "uninitialised",
	[VERDICT_UNDEFINED] = "undefined",
	[VERDICT_CRASH] = "crash",
	[VERDICT_DIFFERS] = "differs",
};

const char *verdict_name(enum verdict_kind kind)
{
	return kind < VERDICT_KINDS ? verdicts[kind] : "unknown";
}

int verdict_by_name(const char *name)
{
	for (int i = 0; i < VERDICT_KINDS; i++)
		if (!strcmp(verdicts[i], name))
			return i;
	return -1;
}

const char *legality_name(enum legality l)
{
	static const char *const names[] = {
		[LEGAL] = "legal", [FIRMWARE] = "firmware",
		[CMDLINE] = "cmdline", [MISUSE] = "misuse",
	};

	return names[l];
}

const char *outcome_name(enum outcome o)
{
	static const char *const names[] = {
		[OUT_RETURN] = "return", [OUT_PANIC] = "panic", [OUT_BUG] = "BUG",
		[OUT_UNMAPPED] = "unmapped", [OUT_HANG] = "hang",
	};

	return names[o];
}
