// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "stability.h"

/* What must not depend on the order. */
struct outcome_of {
	enum verdict_kind kind;
	unsigned int op;
	uint64_t hash;
};

struct stability {
	struct isolate *iso;
	const struct jobs *first;	/* jobs in file order: their index is the place in @seen */
	struct outcome_of *seen;
	const struct strictness *strict;
	struct run_options opt;
};

static int compare(const void *a, const void *b)
{
	const struct job *x = a, *y = b;

	if (x->input != y->input)
		return x->input < y->input ? -1 : 1;
	return x->subject < y->subject ? -1 : x->subject > y->subject;
}

static int one_order(struct stability *st, const struct jobs *jobs, const char *order)
{
	static struct scenario s;

	for (size_t i = 0; i < jobs->nr; i++) {
		const struct job *j = &jobs->job[i];
		const struct job *at = bsearch(j, st->first->job, st->first->nr, sizeof(*at),
					       compare);
		struct outcome_of *seen = &st->seen[at - st->first->job], now;
		struct run_report report;
		struct verdict v;

		input_scenario(j->input, &s);
		st->opt.quirks = strict_quirks(st->strict, j->subject);
		switch (isolate_run(st->iso, j->subject, &s, &st->opt, false, &v, &report)) {
		case ISOLATE_INTERRUPTED:
			return cli_interrupted("stability is not known");
		case ISOLATE_BROKEN:
			return cli_error("%s on %s: %s", j->input->path, j->subject->id,
					 isolate_said(st->iso));
		default:
			break;
		}
		now = (struct outcome_of){ v.kind, v.op, report.state_hash };
		if (!order) {
			*seen = now;
		} else if (seen->kind != now.kind || seen->op != now.op || seen->hash != now.hash) {
			printf("unstable: %s on %s\n"
			       "  file order: %s at op %u, state %016llx;\n"
			       "  %s: %s at op %u, state %016llx\n",
			       j->input->path, j->subject->id, verdict_name(seen->kind), seen->op,
			       (unsigned long long)seen->hash, order, verdict_name(now.kind),
			       now.op, (unsigned long long)now.hash);
			return CLI_VERDICT;
		}
	}
	return CLI_OK;
}

int stability(struct isolate *iso, struct jobs *jobs, const struct strictness *strict,
	      const struct run_options *opt, uint64_t seed)
{
	struct stability st = { .iso = iso, .strict = strict, .opt = *opt };
	struct jobs sorted = { .nr = jobs->nr };
	int status;

	sorted.job = malloc(jobs->nr * sizeof(*sorted.job));
	st.seen = calloc(jobs->nr, sizeof(*st.seen));
	if (!sorted.job || !st.seen) {
		status = cli_error("out of memory");
		goto out;
	}
	for (size_t i = 0; i < jobs->nr; i++)
		sorted.job[i] = jobs->job[i];
	qsort(sorted.job, sorted.nr, sizeof(*sorted.job), compare);
	st.first = &sorted;

	status = one_order(&st, jobs, NULL);
	if (!status) {
		jobs_reverse(jobs);
		status = one_order(&st, jobs, "reversed");
	}
	for (unsigned int i = 0; i < 3 && !status; i++) {
		char order[48];

		snprintf(order, sizeof(order), "shuffled (seed %llu)",
			 (unsigned long long)(seed + i));
		jobs_shuffle(jobs, seed + i);
		status = one_order(&st, jobs, order);
	}
	if (!status)
		printf("stable: %zu runs, the same verdicts and states in five orders\n", jobs->nr);
out:
	free(sorted.job);
	free(st.seen);
	return status;
}
