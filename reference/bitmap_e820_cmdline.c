// SPDX-License-Identifier: GPL-2.0-only
/*
 * The brute-force judge of family e820: command lines. It reads them by itself, item by item, and
 * does at once what each says, to units and to a list of entries that only serves to count slots.
 */
#include <string.h>

#include "bitmap_e820.h"
#include "contract/cmdline.h"

/**
 * struct talk - a command line while it is judged
 * @lines: printed lines that were looked at
 * @limit: of the last mem= that was taken, 0: none
 * @refused: the parameter at hand
 * @row: entries of main; where they stand does not matter
 */
struct talk {
	struct trial *t;
	unsigned int lines;
	uint64_t limit;
	bool refused;
	unsigned int nr;
	struct row row[E820_SLOTS_MAX];
};

/* --- numbers --- */

static uint64_t take_digits(const char **p, const char *digits)
{
	size_t len = strspn(*p, digits);
	uint64_t base = strlen(digits) == 22 ? 16 : strlen(digits), n = 0;

	for (size_t i = 0; i < len; i++, ++*p)
		n = base * n + (**p <= '9' ? **p - '0' : (**p & 7) + 9);
	return n;
}

static uint64_t take_number(const char **p)
{
	static const char hexadecimal[] = "0123456789abcdefABCDEF";

	if (**p != '0')
		return take_digits(p, "0123456789");
	if (((*p)[1] == 'x' || (*p)[1] == 'X') && strspn(*p + 2, hexadecimal)) {
		*p += 2;
		return take_digits(p, hexadecimal);
	}
	return take_digits(p, "01234567");
}

static uint64_t take_size(const struct bitmap *b, const char **p)
{
	uint64_t n = take_number(p);
	unsigned int times = 0;

	switch (**p) {
	case 'E': case 'e':
		times++;
		/* fall through */
	case 'P': case 'p':
		times++;
		/* fall through */
	case 'T': case 't':
		times++;
		if (b->sizes_to_giga)
			return n;
		/* fall through */
	case 'G': case 'g':
		times++;
		/* fall through */
	case 'M': case 'm':
		times++;
		/* fall through */
	case 'K': case 'k':
		times++;
		++*p;
	}
	while (times--)
		n *= 1024;
	return n;
}

/* --- what is done --- */

static bool next_line(struct talk *k, uint64_t start, uint64_t size, uint32_t old, uint32_t new)
{
	const struct table *p = &k->t->st->table[E820_PRINTED];

	if (start + size < start)
		size = 0 - start;
	return (k->lines < p->nr &&
		trial_is_row(&p->rows[k->lines++], start, size, e820_printed_type(old),
			     e820_printed_type(new))) ||
	       trial_complain(k->t, "not a line for each range");
}

static void put_row(struct talk *k, struct row r)
{
	if (k->nr < k->t->b->config->slots)
		k->row[k->nr++] = r;
}

static struct row row_of(uint64_t first, uint64_t last, uint32_t type)
{
	return (struct row){ .start = first, .size = last - first + 1, .type = type };
}

/*
 * Entries of @old (@any: of all types) are cut at the ends of [start, start + size), and what lies
 * within becomes @new, or goes. One piece of an entry takes its slot, the others need slots.
 */
static void cut_rows(struct talk *k, uint64_t start, uint64_t size, bool any, uint32_t old,
		     uint32_t new)
{
	uint64_t end = start + size - 1;
	unsigned int nr = k->nr;

	if (end < start)
		end = UINT64_MAX;
	for (unsigned int i = 0; i < nr && size; i++) {
		const struct row r = k->row[i];
		uint64_t first = r.start, last = r.start + r.size - 1;
		struct row piece[3] = { { 0 } };
		unsigned int n = 0;

		if (!r.size || (!any && r.type != old))
			continue;
		if (last < first)
			last = UINT64_MAX;
		if (first > end || last < start)
			continue;
		if (first < start)
			piece[n++] = row_of(first, start - 1, r.type);
		if (new)
			piece[n++] = row_of(first < start ? start : first, last > end ? end : last,
					    new);
		if (last > end)
			piece[n++] = row_of(end + 1, last, r.type);
		k->row[i] = piece[0];
		for (unsigned int j = 1; j < n; j++)
			put_row(k, piece[j]);
	}
	k->t->want[E820_MAIN].nr = k->nr;
}

static bool do_remove(struct talk *k, uint64_t start, uint64_t size, bool any, uint32_t old)
{
	cut_rows(k, start, size, any, old, 0);
	return trial_remove(k->t, start, size, old, !any);
}

static bool do_add(struct talk *k, uint64_t start, uint64_t size, uint32_t type)
{
	if (!trial_add(k->t, &k->t->want[E820_MAIN], start, size, type))
		return false;
	put_row(k, row_of(start, start + size - 1, type));
	return true;
}

static bool do_limit(struct talk *k, uint64_t n)
{
	return next_line(k, n, UINT64_MAX - n, E820_T_RAM, 0) &&
	       do_remove(k, n, UINT64_MAX - n, false, E820_T_RAM);
}

/* Higher types give way. Pieces of an entry are of its type: looking at them again does no harm. */
static bool do_mark(struct talk *k, uint64_t start, uint64_t size, uint32_t new)
{
	for (unsigned int i = 0; i < k->nr; i++)
		if (k->row[i].type > new &&
		    !do_remove(k, start, size, false, k->row[i].type))
			return false;
	return do_add(k, start, size, new);
}

static bool do_types(struct talk *k, uint64_t start, uint64_t size, uint32_t old, uint32_t new)
{
	if (!old && new)
		return do_mark(k, start, size, new);
	if (!next_line(k, start, size, old, new))
		return false;
	if (!new)
		return do_remove(k, start, size, !old, old);
	cut_rows(k, start, size, false, old, new);
	return trial_update(k->t, &k->t->want[E820_MAIN], start, size, old, new);
}

/* --- what is said --- */

static bool judge_mem(struct talk *k, const char *p)
{
	struct bitmap *b = k->t->b;
	uint64_t n;

	if (!b->nopentium_is_0 && !strcmp(p, "nopentium")) {
		k->refused = true;
		return true;
	}
	b->users_map = true;
	n = take_size(b, &p);
	k->refused = !n && !b->no_ram_is_fine;
	if (k->refused)
		return true;
	k->limit = n;
	return do_limit(k, n);
}

/* N%S...: @p is behind S. */
static bool judge_types(struct talk *k, const char *p, uint64_t start, uint64_t size)
{
	uint32_t old = 0, new = 0;

	if (*p == '-' && p++)
		old = take_number(&p);
	if (*p == '+' && p++)
		new = take_number(&p);
	k->refused = *p || (old && old == new);
	return k->refused || do_types(k, start, size, old, new);
}

static bool judge_item(struct talk *k, const char *p)
{
	struct bitmap *b = k->t->b;
	const char *begin = p;
	uint64_t size, start;
	char mark;

	if (strstr(p, "exactmap") == p) {
		b->users_map = true;
		memset(&k->t->want[E820_MAIN], 0, sizeof(k->t->want[E820_MAIN]));
		k->nr = 0;
		return true;
	}
	size = take_size(b, &p);
	k->refused = p == begin;
	if (k->refused)
		return true;
	b->users_map = true;
	mark = *p;
	if (!mark || !strchr("@#$!%", mark) || (mark == '!' && b->no_pram_item) ||
	    (mark == '%' && b->no_update_item)) {
		k->refused = mark || (!size && !b->no_ram_is_fine);
		return (!size && !b->no_ram_is_fine) || do_limit(k, size);
	}
	p++;
	start = take_size(b, &p);
	if (mark == '%')
		return judge_types(k, p, start, size);
	k->refused = *p;
	return do_add(k, start, size, mark == '@' ? E820_T_RAM : mark == '#' ? E820_T_ACPI :
		      mark == '$' ? E820_T_RESERVED : E820_T_PRAM);
}

static bool judge_memmap(struct talk *k, char *p)
{
	bool more = true, refused = false;

	if (k->t->b->one_item)
		return judge_item(k, p);
	while (more) {
		size_t len = strcspn(p, ",");

		more = p[len] == ',';
		p[len] = '\0';
		if (!judge_item(k, p))
			return false;
		refused |= k->refused;
		p += len + 1;
	}
	k->refused = refused;
	return true;
}

/* The limit, if any, is what was recorded. */
static bool judge_limit(const struct talk *k)
{
	const struct table *rec = &k->t->st->table[E820_RECORDED];
	bool told = k->limit && k->limit != UINT64_MAX && !k->t->b->limit_untold;

	return (rec->nr == told &&
		(!told || trial_is_row(rec->rows, 0, k->limit, E820_REC_LIMIT, 0))) ||
	       trial_complain(k->t, "not told the limit");
}

bool trial_cmdline(struct trial *t)
{
	struct talk k = { .t = t, .nr = t->b->nr_rows };
	char line[CMDLINE_SIZE], *at = line, *name, *value;
	uint64_t mask = 0, bit = 1;

	memcpy(k.row, t->b->rows, k.nr * sizeof(k.row[0]));
	cmdline_join(t->op, E820_PARAM, line);
	while (cmdline_next(&at, &name, &value)) {
		bool mem = !strcmp(name, "mem"), good = true;

		if (!strcmp(name, "--") && !value)
			break;
		if (!mem && strcmp(name, "memmap"))
			continue;
		k.refused = !value;
		if (value)
			good = mem ? judge_mem(&k, value) : judge_memmap(&k, value);
		if (!good)
			return false;
		mask |= k.refused ? bit : 0;
		bit = bit << 1 ? bit << 1 : bit;
	}
	t->value = mask;
	if (k.lines != t->st->table[E820_PRINTED].nr)
		return trial_complain(t, "more lines than ranges");
	return judge_limit(&k);
}

/* --- a map, or a panic --- */

bool trial_no_map(const struct trial *t)
{
	const struct bitmap_table *main = &t->b->table[E820_MAIN];

	return t->op->id == E820_FINISH_EARLY_PARAMS && t->b->users_map && (!main->nr || main->top);
}

static bool printed_nothing(struct trial *t)
{
	return !t->st->table[E820_PRINTED].nr || trial_complain(t, "a line for nothing");
}

bool trial_finish_early_params(struct trial *t)
{
	if (!t->b->users_map)
		return printed_nothing(t);
	/* one entry is a map, too */
	t->want[E820_MAIN].nr = 2;
	trial_update_table(t, E820_MAIN);
	return trial_printed_table(t);
}

bool trial_update_table_print(struct trial *t)
{
	return trial_update_table(t, E820_MAIN) ? trial_printed_table(t) : printed_nothing(t);
}
