/* SPDX-License-Identifier: GPL-2.0-only */
/* What `earlyfuzz run` says: for people, as KTAP, as JSON. */
#ifndef FUZZ_REPORT_H
#define FUZZ_REPORT_H

#include "draw.h"
#include "finding.h"

enum run_status {
	RUN_PASS,
	RUN_NOTICE,	/* passes, with a remark */
	RUN_FAIL,
	RUN_SKIP,	/* neither: no op was run */
};

/**
 * struct run_line - one scenario on one subject
 * @note: a remark, or why it fails although the verdict says pass; "" for none
 * @finding: the file's headers (finding->is: it is one)
 * @gone: quirks that do not show: @verdict and @run are those of a run without them, which passed
 * @trace: record of the run, NULL when there is none
 * @said: what a worker that died wrote, ""
 */
struct run_line {
	const char *file;
	const struct subject *subject;
	const struct scenario *scenario;
	enum run_status status;
	const char *note;
	const struct finding *finding;
	struct verdict verdict;
	struct run_report run;
	uint64_t gone;
	const struct trace *trace;
	const char *said;
};

struct run_totals {
	size_t scenarios, planned, passed, failed, notices, skipped;
};

/**
 * struct reporter - a form of output
 * @begin: before the first line; @planned lines will follow unless the run is interrupted
 * @line: one scenario on one subject
 * @end: all done (or interrupted)
 */
struct reporter {
	void (*begin)(const struct pen *p, const struct run_totals *t);
	void (*line)(const struct pen *p, const struct run_line *l, bool verbose);
	void (*end)(const struct pen *p, const struct run_totals *t);
};

extern const struct reporter report_text, report_ktap, report_json;

/* The ids of quirks in a mask, separated by blanks. */
const char *report_quirks(char *buf, size_t size, const struct family *f, uint64_t mask);

#endif
