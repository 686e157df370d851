// SPDX-License-Identifier: GPL-2.0-only
/* Subjects of a kernel, or with a bug planted in it. */
#include <string.h>

#include "pair.h"

bool pair_of_kernel(const struct subject *s, const char *id)
{
	const char *wanted = strchr(id, '!'), *planted = strchr(s->id, '!');

	if (!wanted)
		return !s->planted && !strcmp(s->kernel, id);
	return planted && !strcmp(planted, wanted) &&
	       strlen(s->kernel) == (size_t)(wanted - id) &&
	       !strncmp(s->kernel, id, wanted - id);
}

const struct subject *const *pair_subjects(const char *id)
{
	return strchr(id, '!') ? canaries : subjects;
}

const struct subject *pair_find(const char *id, const struct subject *like)
{
	for (const struct subject *const *p = pair_subjects(id); *p; p++)
		if (pair_of_kernel(*p, id) &&
		    (!like || ((*p)->family == like->family &&
			       !strcmp((*p)->config->name, like->config->name))))
			return *p;
	return NULL;
}
