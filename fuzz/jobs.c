// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "jobs.h"
#include "mutate.h"

bool jobs_make(struct jobs *j, const struct inputs *in, const struct choice_of_subjects *choice)
{
	const struct subject *fit[CLI_SUBJECTS_MAX];
	static struct scenario s;
	size_t room = 0;

	memset(j, 0, sizeof(*j));
	for (size_t i = 0; i < in->nr; i++) {
		unsigned int n;

		input_scenario(&in->input[i], &s);
		n = chosen(choice, &s, fit);
		if (!n && !choice->nr && !choice->nr_kernels && !choice->words &&
		    !choice->canaries) {
			nothing_chosen(in->input[i].path, &s);
			return false;
		}
		if (j->nr + n > room) {
			struct job *more;

			room = 2 * (j->nr + n);
			more = realloc(j->job, room * sizeof(*more));
			if (!more) {
				cli_error("out of memory");
				return false;
			}
			j->job = more;
		}
		for (unsigned int k = 0; k < n; k++)
			j->job[j->nr++] = (struct job){ &in->input[i], fit[k] };
	}
	if (j->nr)
		return true;
	if (!in->nr)
		cli_error("no scenario in what was given");
	else
		nothing_chosen(in->input[in->nr - 1].path, &s);
	return false;
}

static void swap(struct job *a, struct job *b)
{
	struct job t = *a;

	*a = *b;
	*b = t;
}

void jobs_shuffle(struct jobs *j, uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	for (size_t i = j->nr; i > 1; i--)
		swap(&j->job[i - 1], &j->job[rng_below(&rng, i)]);
}

void jobs_reverse(struct jobs *j)
{
	for (size_t i = 0; i < j->nr / 2; i++)
		swap(&j->job[i], &j->job[j->nr - 1 - i]);
}

void jobs_free(struct jobs *j)
{
	free(j->job);
	memset(j, 0, sizeof(*j));
}
