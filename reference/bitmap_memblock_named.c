// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family memblock: labels, what is printed. See bitmap_memblock.h. */
#include "bitmap_memblock.h"

/* A digit's value, or 16. */
static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* A number with a suffix, as memparse() takes it; @p is behind it then. */
static uint64_t number(const char **p)
{
	static const char suffix[] = "KMGTPE", lower[] = "kmgtpe";
	unsigned int base = 10;
	uint64_t n = 0;

	if (**p == '0') {
		base = 8;
		if (((*p)[1] == 'x' || (*p)[1] == 'X') && digit((*p)[2]) < 16) {
			base = 16;
			*p += 2;
		}
	}
	for (; digit(**p) < base; ++*p)
		n = n * base + digit(**p);
	for (unsigned int i = 0; i < 6; i++)
		if (**p && (**p == suffix[i] || **p == lower[i])) {
			++*p;
			return n << 10 * (i + 1);
		}
	return n;
}

static bool is_blank(const char *s)
{
	for (; *s; s++)
		if (*s != ' ' && (*s < '\t' || *s > '\r'))
			return false;
	return true;
}

/**
 * struct words - a reserve_mem= taken apart
 */
struct words {
	uint64_t size, align;
	const char *label;
};

static bool take_apart(const struct trial *t, const char *text, struct words *w)
{
	const char *p = text;

	w->size = cut(t, number(&p));
	if (p == text || !w->size || *p++ != ':')
		return false;
	w->align = max(cut(t, number(&p)), MEMBLOCK_CACHE_BYTES);
	if (*p++ != ':')
		return false;
	w->label = p;
	return strlen(p) < MEMBLOCK_LABEL && !is_blank(p);
}

static bool is_taken(const struct trial *t, const char *label)
{
	for (unsigned int i = 0; i < t->b->nr_named; i++)
		if (t->b->named[i].type == memblock_label_hash(label))
			return true;
	return t->b->nr_named == MEMBLOCK_NAMED_MAX;
}

static void text_of(const struct trial *t, char *text)
{
	text[op_text(t->op, text)] = 0;
}

bool mb_judge_reserve_mem(struct trial *t)
{
	const struct table *now = &t->st->table[M_NAMED];
	char text[OP_TEXT_MAX + 1];
	const struct row *row = &now->rows[t->b->nr_named];
	struct ask a = { .end = t->b->setting[MEMBLOCK_LIMIT], .nid = MEMBLOCK_NO_NODE };
	struct words w;
	bool formed;

	text_of(t, text);
	formed = take_apart(t, text, &w);
	/* too many labels and no label: which is told is open */
	if (!formed)
		return t->res->outcome == OUT_RETURN &&
		       (judge_value(t, VALUE_INVAL) ||
			(t->b->nr_named == MEMBLOCK_NAMED_MAX && judge_value(t, VALUE_BUSY)));
	if (is_taken(t, w.label))
		return judge_value(t, VALUE_BUSY);
	a.size = w.size;
	a.align = w.align;
	if (t->b->setting[MEMBLOCK_SLAB])
		return true;
	if (t->res->outcome == OUT_RETURN && t->res->value == VALUE_NOMEM)
		return mb_judge_ask(t, &a, 0);
	if (t->res->outcome != OUT_RETURN)
		return mb_judge_ask(t, &a, 0);
	if (!judge_value(t, 1))
		return false;
	if (now->nr != t->b->nr_named + 1 || row->size != w.size ||
	    row->type != memblock_label_hash(w.label))
		return complain(t, "not the label");
	return mb_judge_ask(t, &a, row->start);
}

/* Labels stay, and only reserve_mem makes one. */
bool mb_judge_named(struct trial *t)
{
	const struct table *now = &t->st->table[M_NAMED];
	unsigned int more = t->op->id == M_RESERVE_MEM && t->res->value == 1;

	if (now->nr != t->b->nr_named + more || now->nr > MEMBLOCK_NAMED_MAX)
		return complain(t, "labels from nowhere, or lost ones");
	for (unsigned int i = 0; i < t->b->nr_named; i++)
		if (memcmp(&now->rows[i], &t->b->named[i], sizeof(now->rows[i])))
			return complain(t, "a label changed");
	return true;
}

bool mb_judge_find_named(struct trial *t)
{
	const struct table *answer = &t->st->table[M_ANSWER];
	char text[OP_TEXT_MAX + 1];

	text_of(t, text);
	for (unsigned int i = 0; i < t->b->nr_named; i++) {
		const struct row *n = &t->b->named[i];

		if (n->type == memblock_label_hash(text))
			return judge_value(t, 1) &&
			       ((answer->nr == 1 && answer->rows[0].type == MEMBLOCK_NAMED &&
				 answer->rows[0].start == n->start &&
				 answer->rows[0].size == n->size) ||
				complain(t, "not the label's range"));
	}
	return judge_value(t, 0) && (!answer->nr || complain(t, "a range of no label"));
}

/* --- what is printed while debug is on --- */

static bool is_said(const struct trial *t, uint32_t type, uint64_t start, uint64_t size)
{
	const struct table *said = &t->st->table[M_PRINTED];

	for (unsigned int i = 0; i < said->nr; i++)
		if (said->rows[i].type == type && said->rows[i].start == start &&
		    said->rows[i].size == size)
			return true;
	return complain(t, "a line is missing");
}

static bool judge_dump(const struct trial *t)
{
	if (!is_said(t, MEMBLOCK_SAID_TOTAL, bytes_of(t, M_MEMORY), bytes_of(t, M_RESERVED)))
		return false;
	for (unsigned int i = 0; i < COLLECTIONS; i++)
		for (unsigned int k = 0; k < t->b->nr[i]; k++)
			if (!is_said(t, MEMBLOCK_SAID_REGION + i, t->b->rows[i][k].start,
				     t->b->rows[i][k].size))
				return false;
	return true;
}

bool mb_judge_printed(struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	struct span s;

	if (!t->b->setting[MEMBLOCK_DEBUG])
		return !t->st->table[M_PRINTED].nr ||
		       complain(t, "lines, and nobody asked for them");
	switch (t->op->id) {
	case M_ADD:
	case M_ADD_NODE:
	case M_REMOVE:
	case M_RESERVE:
	case M_PHYS_FREE:
		return is_said(t, t->op->id, cut(t, arg[0]), cut(t, arg[1]));
	case M_FREE_LATE:
		s = whole_pages(t->range.start, t->range.end);
		return (s.end - s.start) / MEMBLOCK_PAGE > MEMBLOCK_LATE_PAGES ||
		       is_said(t, t->op->id, cut(t, arg[0]), cut(t, arg[1]));
	case M_PHYSMEM_ADD:
		return !t->f->keep || is_said(t, t->op->id, cut(t, arg[0]), cut(t, arg[1]));
	case M_PHYS_ALLOC_RANGE:
		return is_said(t, t->op->id, cut(t, arg[2]), cut(t, arg[0])) &&
		       is_said(t, t->op->id | MEMBLOCK_SAID_MORE, cut(t, arg[3]), cut(t, arg[1]));
	case M_DUMP_ALL:
		return judge_dump(t);
	}
	return true;
}
