// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "trace.h"

/* Tables seldom change: equal ones share their rows with the table @prev. */
static bool keep(struct trace *t, const struct table *table, const struct table *prev,
		 unsigned int *at, unsigned int *nr)
{
	*nr = table->nr;
	if (prev && prev->nr == table->nr && table->nr &&
	    !memcmp(prev->rows, table->rows, table->nr * sizeof(struct row))) {
		*at = prev->rows - t->rows;
		return true;
	}
	if (table->nr > TRACE_ROWS - t->used)
		return false;
	*at = t->used;
	if (table->nr)
		memcpy(t->rows + t->used, table->rows, table->nr * sizeof(struct row));
	t->used += table->nr;
	return true;
}

void trace_start(struct trace *t, const struct state *st)
{
	t->nr = 0;
	t->used = 0;
	t->full = false;
	memset(t->first_nr, 0, sizeof(t->first_nr));
	for (unsigned int i = 0; st && i < st->nr_tables && !t->full; i++)
		t->full = !keep(t, &st->table[i], NULL, &t->first_at[i], &t->first_nr[i]);
}

struct table trace_first(const struct trace *t, unsigned int table)
{
	return (struct table){ t->first_nr[table], t->rows + t->first_at[table] };
}

void trace_after(void *trace, unsigned int op, const struct expect *e, const struct result *res,
		 const struct state *st)
{
	struct trace *t = trace;
	struct trace_step *step;

	if (t->full || t->nr == SCENARIO_OPS_MAX)
		return;
	step = &t->step[t->nr];
	memset(step, 0, sizeof(*step));
	step->op = op;
	step->got = *res;
	for (unsigned int i = 0; i < st->nr_tables && !t->full; i++) {
		struct table prev, got;

		prev = t->nr ? trace_got(t, t->nr - 1, i) : trace_first(t, i);
		if (!keep(t, &st->table[i], &prev, &step->got_at[i],
			  &step->got_nr[i]))
			t->full = true;
		got = (struct table){ step->got_nr[i], t->rows + step->got_at[i] };
		if (!t->full && e && i < e->rows.nr_tables &&
		    !keep(t, &e->rows.table[i], &got, &step->want_at[i], &step->want_nr[i]))
			t->full = true;
	}
	if (t->full)
		return;
	if (e) {
		step->judged = true;
		step->want = e->result;
		step->legality = e->legality;
		step->fired = e->fired;
	}
	t->nr++;
}

struct table trace_got(const struct trace *t, unsigned int step, unsigned int table)
{
	const struct trace_step *s = &t->step[step];

	return (struct table){ s->got_nr[table], t->rows + s->got_at[table] };
}

struct table trace_want(const struct trace *t, unsigned int step, unsigned int table)
{
	const struct trace_step *s = &t->step[step];

	return (struct table){ s->want_nr[table], t->rows + s->want_at[table] };
}

int trace_step_of(const struct trace *t, unsigned int op)
{
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->step[i].op == op)
			return i;
	return -1;
}
