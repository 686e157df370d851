// SPDX-License-Identifier: GPL-2.0-only
/* What is said of a pair and of its results without running it. */
#include <string.h>

#include "pair.h"

static const char *const class_names[PAIR_CLASSES] = {
	[PAIR_REGRESSION] = "regression", [PAIR_DOUBTFUL] = "doubtful",
	[PAIR_BROKEN] = "broken", [PAIR_CHANGE] = "change", [PAIR_FIX] = "fix",
	[PAIR_SAME] = "same",
};

const char *pair_class_name(enum pair_class c)
{
	return class_names[c];
}

void pair_init(struct pair *p, const struct subject *base, const struct subject *head)
{
	memset(p, 0, sizeof(*p));
	p->base = base;
	p->head = head;
	p->quirks = model_quirks_for(model_of(base->family), base->version);
}

/* Behind the first line, which is the origin. */
static const char *sources(const struct subject *s)
{
	const char *end = s->provenance ? strchr(s->provenance, '\n') : NULL;

	return end ? end + 1 : NULL;
}

bool pair_same_code(const struct subject *base, const struct subject *head)
{
	const char *a = sources(base), *b = sources(head);

	return a && b && base->version == head->version && !base->planted && !head->planted &&
	       !strcmp(a, b);
}

void pair_fit(const struct pair *p, struct scenario *s)
{
	const uint64_t lacks = p->base->lacks | p->head->lacks;
	unsigned int kept = 0, next;

	for (unsigned int i = 0; lacks && i < s->nr; i = next) {
		next = i + 1u + s->ops[i].nr_tokens;
		if (lacks >> s->ops[i].id & 1)
			continue;
		memmove(&s->ops[kept], &s->ops[i], (next - i) * sizeof(s->ops[0]));
		kept += next - i;
	}
	if (lacks)
		s->nr = kept;
}

bool pair_is_misuse(const struct pair_result *r)
{
	return r->class == PAIR_REGRESSION && r->head.legality == MISUSE;
}

bool pair_same_bug(const struct pair_result *a, const struct pair_result *b)
{
	if (a->class != b->class)
		return false;
	if (a->class == PAIR_SAME)
		return true;
	return a->sig.kind == b->sig.kind && a->sig.op == b->sig.op &&
	       a->sig.subject->family == b->sig.subject->family &&
	       !strcmp(a->sig.function, b->sig.function) &&
	       a->mended == b->mended && a->apparent == b->apparent &&
	       (a->class != PAIR_BROKEN ||
		(a->same_way == b->same_way && a->worse == b->worse));
}

bool pair_same(const struct pair_result *a, const struct pair_result *b)
{
	return pair_same_bug(a, b) && pair_is_misuse(a) == pair_is_misuse(b);
}
