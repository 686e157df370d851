// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "repro.h"

static enum isolate_end run(struct repro *r, struct isolate *iso, const char *file,
			    const struct scenario *s, const struct subject *subject,
			    const struct run_options *opt)
{
	enum isolate_end end;

	memset(r, 0, sizeof(*r));
	r->file = file;
	r->scenario = s;
	r->subject = subject;
	r->quirks = opt->quirks;
	end = isolate_run(iso, subject, s, opt, true, &r->verdict, NULL);
	r->trace = isolate_trace(iso);
	r->said = isolate_said(iso);
	r->passes = end == ISOLATE_PASS;
	return end;
}

enum isolate_end repro_make(struct repro *r, struct isolate *iso, const char *file,
			    const struct scenario *s, const struct subject *subject,
			    uint64_t quirks, const struct finding *finding)
{
	const struct run_options opt = { .quirks = quirks, .fuzzing = true };
	enum isolate_end end = run(r, iso, file, s, subject, &opt);

	if (finding)
		r->finding = *finding;
	return end;
}

enum isolate_end repro_whole(struct repro *r, struct isolate *iso, const char *file,
			     const struct scenario *s, const struct subject *subject)
{
	const struct run_options opt = { .no_oracle = true };
	enum isolate_end end = run(r, iso, file, s, subject, &opt);

	r->whole = true;
	return end;
}
