// SPDX-License-Identifier: GPL-2.0-only
/* Which subjects of two kernels are compared. */
#include <string.h>

#include "review.h"

static bool is_there(const char *id)
{
	if (pair_find(id, NULL))
		return true;
	cli_error("unknown kernel '%s' (`earlyfuzz list subjects` names those that were built in)",
		  id);
	return false;
}

/* Once for each. */
static void skip(struct review *r, const char *what, const char *why)
{
	struct review_skip *s = &r->skip[r->nr_skips];

	for (unsigned int i = 0; i < r->nr_skips; i++)
		if (!strcmp(r->skip[i].what, what))
			return;
	if (r->nr_skips == CLI_SUBJECTS_MAX)
		return;
	snprintf(s->what, sizeof(s->what), "%s", what);
	snprintf(s->why, sizeof(s->why), "%s", why);
	r->nr_skips++;
}

static void without(struct review *r, const struct subject *s, const char *id)
{
	char why[64];

	if (strchr(id, '!'))
		return;		/* planted in one subject alone */
	snprintf(why, sizeof(why), "not built for %s", id);
	skip(r, s->id, why);
}

static void add(struct review *r, const struct subject *base, const struct subject *head)
{
	if (pair_same_code(base, head))
		skip(r, base->family->name, "the same code");
	else if (r->nr_pairs < CLI_SUBJECTS_MAX)
		pair_init(&r->pair[r->nr_pairs++], base, head);
}

bool review_pairs(struct review *r)
{
	if (!is_there(r->base) || !is_there(r->head))
		return false;
	for (const struct subject *const *p = pair_subjects(r->base); *p; p++) {
		const struct subject *head;

		if (!pair_of_kernel(*p, r->base))
			continue;
		head = pair_find(r->head, *p);
		if (head)
			add(r, *p, head);
		else
			without(r, *p, r->head);
	}
	for (const struct subject *const *p = pair_subjects(r->head); *p; p++)
		if (pair_of_kernel(*p, r->head) && !pair_find(r->base, *p))
			without(r, *p, r->base);
	return true;
}
