// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "import_replay.h"
#include "run.h"
#include "watchdog.h"

static uint8_t model_state[MODEL_STATE_MAX] __attribute__((aligned(16)));

void import_replay_begin(struct import_replay *r, const struct subject *subject)
{
	struct model_setup setup = { .config = subject->config, .version = subject->version };
	const struct model *m = model_of(subject->family);

	memset(r, 0, sizeof(*r));
	r->subject = subject;
	subject->reset();
	if (!m || m->size > sizeof(model_state))
		return;
	r->model = m;
	setup.quirks = model_quirks_for(m, subject->version);
	m->init(model_state, &setup);
}

bool import_replay_run(struct import_replay *r, unsigned int i, const struct op *op)
{
	const struct subject *s = r->subject;
	struct expect e;

	e.cut = false;
	if (r->model)
		r->model->step(model_state, op, &e);
	run_enter(i, LEGAL);
	s->exec(op, &r->res);
	s->observe(&r->st);
	run_leave();
	if (!r->model)
		return r->res.outcome == OUT_RETURN;
	if (r->model->adopt && !e.cut)
		r->model->adopt(model_state, op, &r->res, &r->st, &e);
	if (e.cut) {
		r->model = NULL;
	} else if (oracle_check(r->model, model_state, op, &e, &r->res, &r->st, &r->verdict)) {
		r->predicted++;
	} else {
		r->verdict.op = i;
		r->model = NULL;
	}
	return r->res.outcome == OUT_RETURN;
}
