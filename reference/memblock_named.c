// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memblock model: reserve_mem=nn[KMG]:<align>:<label> (kernel-parameters.txt) and
 * reserve_mem_find_by_name().
 */
#include "memblock_free.h"
#include "memparse.h"

#define EINVAL_	(-22)
#define EBUSY_	(-16)

/**
 * struct reserve_text - what a text asks for
 * @valid: something at all
 * @label: without what is before it; in the text
 */
struct reserve_text {
	bool valid;
	uint64_t size, align;
	const char *label;
	char text[OP_TEXT_MAX + 1];
};

/* White space, with the no-break space of Latin-1: who sees the label sees nothing. */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (unsigned char)c == 0xa0;
}

/* Is there anything to be seen, and room for all of it? */
static bool good_label(const char *label)
{
	const char *p = label;

	while (is_space(*p))
		p++;
	return *p && strlen(label) < MEMBLOCK_LABEL;
}

static void read_text(const struct memblock_state *s, const struct op *op, struct reserve_text *t)
{
	const char *p = t->text, *begin = p;

	t->valid = false;
	t->text[op_text(op, t->text)] = '\0';
	t->size = memblock_phys(s, memparse_size(&p, true));
	if (p == begin || !t->size || *p++ != ':')
		return;
	t->align = memblock_phys(s, memparse_size(&p, true));
	if (*p++ != ':')
		return;
	t->label = p;
	t->valid = good_label(p);
	if (t->align < MEMBLOCK_CACHE_BYTES)
		t->align = MEMBLOCK_CACHE_BYTES;
}

/* The index of a label, s->nr_named: there is none. */
static unsigned int named(const struct memblock_state *s, const char *label)
{
	unsigned int i = 0;

	while (i < s->nr_named && strcmp(s->label[i], label))
		i++;
	return i;
}

static void name(struct memblock_state *s, const struct reserve_text *t, uint64_t at)
{
	unsigned int i = s->nr_named++;

	s->named[i] = (struct row){ at, t->size, memblock_label_hash(t->label), 0 };
	strcpy(s->label[i], t->label);
}

/* Where the subject has it, if it has it. What follows sees whether it may. */
static uint64_t place_of(const struct memblock_step *step)
{
	const struct table *seen = &step->seen->table[M_NAMED];

	return seen->nr == step->s->nr_named + 1 ? seen->rows[seen->nr - 1].start : 0;
}

static uint64_t reserve(struct memblock_step *step, const struct reserve_text *t)
{
	struct memblock_step with = *step;
	struct result res = { .outcome = OUT_RETURN };
	uint64_t at;

	if (step->res) {
		res = *step->res;
		res.value = place_of(step);
		with.res = &res;
	}
	at = memblock_phys_alloc(&with, t->size, t->align, 0, MEMBLOCK_ACCESSIBLE);
	step->grew = with.grew;
	step->refused = with.refused;
	return at;
}

void memblock_do_reserve_mem(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	struct reserve_text t;
	uint64_t at;

	read_text(s, op, &t);
	if (!t.valid || s->nr_named == MEMBLOCK_NAMED_MAX || named(s, t.label) < s->nr_named) {
		/* both, and nobody says which one is told */
		if (!t.valid && s->nr_named == MEMBLOCK_NAMED_MAX)
			step->e->value_rule = VALUE_UNSPECIFIED;
		memblock_return(step, s->nr_named == MEMBLOCK_NAMED_MAX || t.valid ? EBUSY_ :
				EINVAL_);
		return;
	}
	at = reserve(step, &t);
	if (step->e->result.outcome != OUT_RETURN)
		return;
	memblock_return(step, at ? 1 : MEMBLOCK_ENOMEM);
	if (at)
		name(s, &t, at);
}

void memblock_do_reserve_mem_find(struct memblock_step *step, const struct op *op)
{
	struct memblock_state *s = step->s;
	char label[OP_TEXT_MAX + 1];
	unsigned int i;

	label[op_text(op, label)] = '\0';
	i = named(s, label);
	if (i == s->nr_named)
		return;
	step->e->result.value = 1;
	memblock_put(s, L_ANSWER, s->named[i].start, s->named[i].size, MEMBLOCK_NAMED, 0);
}

bool memblock_open_reserve_mem(const struct memblock_state *s, const struct op *op)
{
	struct reserve_text t;

	read_text(s, op, &t);
	return t.valid && (!memblock_power_of_two(t.align) ||
			   memblock_setting(s, MEMBLOCK_SLAB));
}
