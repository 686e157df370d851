/* SPDX-License-Identifier: GPL-2.0-only */
/* An op's result and all tables after it, for whoever compares two programs line by line. */
#ifndef HOST_REPRO_TRACE_H
#define HOST_REPRO_TRACE_H

#include <inttypes.h>
#include <stdio.h>

#include "contract/family.h"
#include "contract/verdict.h"

static inline void repro_trace(FILE *out, const struct family *f, unsigned int index,
			       const char *name, const struct result *res, const struct state *st)
{
	fprintf(out, "op %u %s: %s %#" PRIx64 " said %u\n", index, name,
		outcome_name(res->outcome), res->value, res->said);
	for (unsigned int i = 0; i < f->nr_tables && i < st->nr_tables; i++) {
		const struct table *t = &st->table[i];

		fprintf(out, "  %s: %u\n", f->tables[i].name, t->nr);
		for (unsigned int r = 0; r < t->nr; r++)
			fprintf(out, "    %#" PRIx64 " %#" PRIx64 " %#x %#x\n", t->rows[r].start,
				t->rows[r].size, t->rows[r].type, t->rows[r].flags);
	}
}

#endif
