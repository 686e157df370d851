// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "bits32.h"
#include "build_id.h"
#include "gone.h"
#include "judge.h"

static bool built_with(const char *sanitizers, const char *sanitizer)
{
	return strstr(sanitizers, sanitizer) != NULL;
}

bool judge_can_see(enum verdict_kind kind, const struct subject *subject)
{
	const char *with = bits32_has(subject) ? bits32_sanitizers() : build_sanitizers;

	switch (kind) {
	case VERDICT_OUT_OF_BOUNDS:
		return built_with(with, "address");
	case VERDICT_UNINITIALISED:
		return built_with(with, "memory");
	case VERDICT_UNDEFINED:
		return built_with(with, "undefined");
	default:
		return true;
	}
}

static void judge_finding(struct run_line *l)
{
	bool named = finding_names(l->finding, l->subject);

	l->note = "";
	if (finding_shows(l->finding, &l->verdict)) {
		l->status = named ? RUN_PASS : RUN_NOTICE;
		if (!named)
			l->note = "shows on this kernel, too: name it in the header";
	} else if (l->verdict.kind == VERDICT_PASS &&
		   !judge_can_see(l->finding->expect, l->subject)) {
		l->status = RUN_NOTICE;
		l->note = "not checked: this build lacks the sanitizer that sees it";
	} else if (l->verdict.kind == VERDICT_PASS && !named) {
		l->status = RUN_NOTICE;
		l->note = "does not show on this kernel";
	} else if (l->verdict.kind == VERDICT_PASS) {
		l->status = RUN_FAIL;
		l->note = "known finding does not show any more";
	} else {
		l->status = RUN_FAIL;
		l->note = "another verdict than the finding's header says";
	}
}

/* Without these quirks all was as expected. The kernels that they were found on must show them. */
static void judge_gone(struct run_line *l)
{
	static char note[512];
	char ids[256];
	bool known = quirks_are_known_for(l->subject);

	report_quirks(ids, sizeof(ids), l->subject->family, l->gone);
	snprintf(note, sizeof(note), "quirk %s does not show on this kernel any more: %s", ids,
		 known ? "the suite's list of quirks is out of date" : "the contract holds here");
	l->note = note;
	l->status = known ? RUN_FAIL : RUN_NOTICE;
}

/* Every op was left out: that says nothing about the kernel. A scenario without ops has passed. */
static bool nothing_ran(const struct run_line *l)
{
	return l->verdict.kind == VERDICT_PASS && !l->run.executed && l->run.skipped;
}

void judge(struct run_line *l)
{
	bool finding = l->finding && l->finding->is;

	if (nothing_ran(l) && !(finding && finding_names(l->finding, l->subject))) {
		l->status = RUN_SKIP;
		l->note = "no op can run here";
		return;
	}
	if (finding) {
		judge_finding(l);
		return;
	}
	if (l->gone) {
		judge_gone(l);
		return;
	}
	l->note = "";
	l->status = l->verdict.kind == VERDICT_PASS ? RUN_PASS : RUN_FAIL;
}
