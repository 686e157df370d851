// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <string.h>

#include "build_id.h"
#include "isolate.h"
#include "serve.h"
#include "wire.h"

/* One side of the conversation, and what there is to run. */
struct server {
	struct wire from, to;
	const struct subject *const *all;
	uint64_t nr;
	struct isolate *iso;
	uint64_t hang_ms;	/* of @iso */
};

static void tell_who_we_are(struct server *s)
{
	struct wire_hello hello;

	snprintf(hello.build, sizeof(hello.build), "%s", build_id);
	snprintf(hello.sanitizers, sizeof(hello.sanitizers), "%s", build_sanitizers);
	wire_hello(&s->to, &hello);
	wire_flush(&s->to);
}

static void tell_list(struct server *s, const char *const *left_out)
{
	uint64_t nr_lines = 0;

	while (left_out[nr_lines])
		nr_lines++;
	wire_u64(&s->to, &s->nr, UINT32_MAX);
	for (uint64_t i = 0; i < s->nr; i++) {
		struct subject subject = *s->all[i];

		wire_subject(&s->to, &subject);
	}
	wire_u64(&s->to, &nr_lines, UINT32_MAX);
	for (uint64_t i = 0; i < nr_lines; i++) {
		const char *line = left_out[i];

		wire_name(&s->to, &line);
	}
	wire_flush(&s->to);
}

/* A worker of the patience that is asked for. */
static bool prepare(struct server *s, uint64_t hang_ms)
{
	if (s->iso && s->hang_ms == hang_ms)
		return true;
	isolate_free(s->iso);
	s->hang_ms = hang_ms;
	s->iso = isolate_new(hang_ms);
	return s->iso;
}

static bool run(struct server *s)
{
	static struct wire_request r;
	static char said[WIRE_SAID];
	struct wire_answer a = { .verdict.table = -1, .said = said };

	wire_request(&s->from, &r);
	if (s->from.bad || r.subject >= s->nr || !prepare(s, r.hang_ms))
		return false;
	a.end = isolate_run(s->iso, s->all[r.subject], &r.scenario, &r.opt, r.trace, &a.verdict,
			    &a.report);
	a.lacked_memory = isolate_lacked_memory(s->iso);
	snprintf(said, sizeof(said), "%s", isolate_said(s->iso));
	if (r.trace)
		a.trace = (struct trace *)isolate_trace(s->iso);	/* only read */
	wire_answer(&s->to, &a);
	return wire_flush(&s->to);
}

bool serve(int fd, const struct subject *const *all, const char *const *left_out)
{
	static struct server s;
	uint64_t what;

	s = (struct server){ .all = all };
	while (all[s.nr])
		s.nr++;
	wire_open(&s.from, fd, false);
	wire_open(&s.to, fd, true);
	wire_greeting(&s.from, true);
	if (s.from.bad)
		return false;
	signal(SIGINT, SIG_IGN);	/* the other side decides */
	tell_who_we_are(&s);
	for (;;) {
		wire_u64(&s.from, &what, WIRE_LIST);
		if (s.from.bad)
			break;
		if (what == WIRE_LIST)
			tell_list(&s, left_out);
		else if (!run(&s))
			break;
	}
	isolate_free(s.iso);
	return true;
}
