// SPDX-License-Identifier: GPL-2.0-only
/* Which subjects of two kernels are compared. */
#include <string.h>

#include "review.h"

/* A kernel's id, or KERNEL!NAME of a planted bug. */
static bool of_kernel(const struct subject *s, const char *id)
{
	const char *wanted = strchr(id, '!'), *planted = strchr(s->id, '!');

	if (!wanted)
		return !s->planted && !strcmp(s->kernel, id);
	return planted && !strcmp(planted, wanted) &&
	       strlen(s->kernel) == (size_t)(wanted - id) &&
	       !strncmp(s->kernel, id, wanted - id);
}

static const struct subject *const *list_of(const char *id)
{
	return strchr(id, '!') ? canaries : subjects;
}

static bool is_there(const char *id)
{
	for (const struct subject *const *p = list_of(id); *p; p++)
		if (of_kernel(*p, id))
			return true;
	cli_error("unknown kernel '%s' (`earlyfuzz list subjects` names those that were built in)",
		  id);
	return false;
}

static const struct subject *find(const char *id, const struct subject *like)
{
	for (const struct subject *const *p = list_of(id); *p; p++)
		if (of_kernel(*p, id) && (*p)->family == like->family &&
		    !strcmp((*p)->config->name, like->config->name))
			return *p;
	return NULL;
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
	for (const struct subject *const *p = list_of(r->base); *p; p++) {
		const struct subject *head;

		if (!of_kernel(*p, r->base))
			continue;
		head = find(r->head, *p);
		if (head)
			add(r, *p, head);
		else
			without(r, *p, r->head);
	}
	for (const struct subject *const *p = list_of(r->head); *p; p++)
		if (of_kernel(*p, r->head) && !find(r->base, *p))
			without(r, *p, r->base);
	return true;
}
