// SPDX-License-Identifier: GPL-2.0-only
/* Results and tables after every op, as a reproducer's program prints them with REPRO_TRACE. */
#include "host/repro_trace.h"
#include "repro.h"

static void emit(FILE *out, const struct repro *r)
{
	const struct scenario *s = r->scenario;

	for (unsigned int i = 0; i < r->trace->nr; i++) {
		const struct trace_step *step = &r->trace->step[i];
		struct state st = { .nr_tables = s->family->nr_tables };

		for (unsigned int t = 0; t < st.nr_tables; t++)
			st.table[t] = trace_got(r->trace, i, t);
		repro_trace(out, s->family, step->op,
			    family_op(s->family, s->ops[step->op].id)->name,
			    &step->got, &st);
	}
}

const struct repro_format repro_trace_form = {
	.name = "trace",
	.passing = true,
	.emit = emit,
};
