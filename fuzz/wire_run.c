// SPDX-License-Identifier: GPL-2.0-only
#include "wire.h"

static void wire_result(struct wire *w, struct result *r)
{
	wire_number(w, r->outcome, OUT_HANG);
	wire_number(w, r->said, UINT32_MAX);
	wire_number(w, r->value, UINT64_MAX);
}

static void wire_flag(struct wire *w, bool *flag)
{
	wire_number(w, *flag, 1);
}

/* In its byte form, which is that of files. */
static void wire_scenario(struct wire *w, struct scenario *s)
{
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	uint64_t size = w->sends ? scenario_encode(s, bytes, sizeof(bytes)) : 0;

	wire_u64(w, &size, sizeof(bytes));
	wire_bytes(w, bytes, size);
	if (!w->sends)
		scenario_decode(s, NULL, bytes, w->bad ? 0 : size);
}

void wire_request(struct wire *w, struct wire_request *r)
{
	wire_number(w, r->subject, UINT32_MAX);
	wire_number(w, r->hang_ms, UINT32_MAX);
	wire_scenario(w, &r->scenario);
	wire_number(w, r->opt.quirks, UINT64_MAX);
	wire_flag(w, &r->opt.legal_only);
	wire_flag(w, &r->opt.fuzzing);
	wire_flag(w, &r->opt.no_oracle);
	wire_flag(w, &r->opt.sparse);
	wire_flag(w, &r->opt.past_differs);
	wire_flag(w, &r->trace);
	if (w->sends)
		return;
	r->opt.after = NULL;
	r->opt.arg = NULL;
	r->opt.feature = NULL;
}

void wire_verdict(struct wire *w, struct verdict *v)
{
	uint64_t table = (uint64_t)(v->table + 1);	/* -1: none */

	wire_number(w, v->kind, VERDICT_KINDS - 1);
	wire_number(w, v->op, SCENARIO_OPS_MAX);
	wire_u64(w, &table, TABLES_MAX);
	v->table = (int)table - 1;
	wire_number(w, v->row, UINT32_MAX);
	wire_number(w, v->start, UINT64_MAX);
	wire_number(w, v->last, UINT64_MAX);
	wire_number(w, v->type, UINT32_MAX);
	wire_result(w, &v->want);
	wire_result(w, &v->got);
	wire_number(w, v->want_cover, UINT32_MAX);
	wire_number(w, v->got_cover, UINT32_MAX);
	wire_number(w, v->legality, MISUSE);
	wire_number(w, v->quirks, UINT64_MAX);
	wire_text(w, v->function, sizeof(v->function));
	wire_text(w, v->detail, sizeof(v->detail));
}

void wire_report(struct wire *w, struct run_report *r)
{
	wire_number(w, r->executed, UINT32_MAX);
	wire_number(w, r->skipped, UINT32_MAX);
	wire_number(w, r->state_hash, UINT64_MAX);
	wire_number(w, r->fired, UINT64_MAX);
	wire_number(w, r->fired_last, UINT64_MAX);
	wire_number(w, r->last, SCENARIO_OPS_MAX);
	wire_flag(w, &r->unjudged);
	wire_flag(w, &r->differed);
	wire_number(w, r->differed_at, SCENARIO_OPS_MAX);
}

/* Where the rows of a step's tables lie: all of them among those in use. */
static void wire_places(struct wire *w, const struct trace *t, unsigned int *at, unsigned int *nr)
{
	for (unsigned int i = 0; i < TABLES_MAX; i++) {
		wire_number(w, nr[i], t->used);
		wire_number(w, at[i], nr[i] ? t->used - nr[i] : UINT32_MAX);
	}
}

static void wire_step(struct wire *w, const struct trace *t, struct trace_step *s)
{
	wire_number(w, s->op, SCENARIO_OPS_MAX - 1);
	wire_flag(w, &s->judged);
	wire_number(w, s->legality, MISUSE);
	wire_number(w, s->fired, UINT64_MAX);
	wire_result(w, &s->got);
	wire_result(w, &s->want);
	wire_places(w, t, s->got_at, s->got_nr);
	wire_places(w, t, s->want_at, s->want_nr);
}

void wire_trace(struct wire *w, struct trace *t)
{
	wire_number(w, t->nr, SCENARIO_OPS_MAX);
	wire_number(w, t->used, TRACE_ROWS);
	wire_flag(w, &t->full);
	wire_places(w, t, t->first_at, t->first_nr);
	for (unsigned int i = 0; i < t->nr; i++)
		wire_step(w, t, &t->step[i]);
	for (unsigned int i = 0; i < t->used; i++) {
		struct row *r = &t->rows[i];

		wire_number(w, r->start, UINT64_MAX);
		wire_number(w, r->size, UINT64_MAX);
		wire_number(w, r->type, UINT32_MAX);
		wire_number(w, r->flags, UINT32_MAX);
	}
	if (w->bad)
		t->nr = t->used = 0;
}

void wire_answer(struct wire *w, struct wire_answer *a)
{
	wire_number(w, a->end, ISOLATE_ENDS - 1);
	wire_flag(w, &a->lacked_memory);
	wire_verdict(w, &a->verdict);
	wire_report(w, &a->report);
	wire_text(w, a->said, WIRE_SAID);
	if (a->trace)
		wire_trace(w, a->trace);
}
