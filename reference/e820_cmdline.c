// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: mem= and memmap= are read. The sentences are those of contract/e820.h on cmdline;
 * a parameter or an item that asks for nothing is a request, too: it may be refused.
 */
#include <string.h>

#include "e820_cmdline.h"
#include "memparse.h"

/**
 * struct e820_line - a command line on its way
 * @at: what follows the parameter
 * @items: what follows the item, or NULL: no more of this parameter
 * @nr: mem and memmap parameters so far
 */
struct e820_line {
	const bool *trait;
	char *at, *items;
	unsigned int nr;
	char text[CMDLINE_SIZE];
};

/* --- one parameter, one item --- */

static void read_mem(const struct e820_line *l, const char *p, struct e820_request *r)
{
	if (!strcmp(p, "nopentium") && l->trait[T_NOPENTIUM_WORD]) {
		r->documented = true;
		return;
	}
	if (!strcmp(p, "nopentium") && l->trait[T_NOPENTIUM_REFUSED]) {
		r->refused = true;
		return;
	}
	r->users = true;
	r->size = memparse_size(&p, l->trait[T_SIZE_TO_EXA]);
	r->refused = !r->size && l->trait[T_MEM_ZERO_REFUSED];
	r->documented = r->size && !*p;
	if (!r->refused)
		r->what = REQUEST_LIMIT;
}

/* N%S-OLD+NEW, from behind S: both types may be missing, and 0 is as good as missing. */
static void read_types(const char *p, struct e820_request *r)
{
	if (*p == '-') {
		p++;
		r->old = memparse_number(&p);
	}
	if (*p == '+') {
		p++;
		r->new = memparse_number(&p);
	}
	/* OLD == NEW asks for nothing */
	r->refused = *p || (r->old && r->old == r->new);
	if (*p)
		return;
	r->documented = r->size && !r->refused;
	if (!r->new)
		r->what = REQUEST_REMOVE;
	else
		r->what = r->old ? REQUEST_UPDATE : REQUEST_MARK;
}

/* What kind of memory does the character between N and S make? E820_T_NONE: of another type. */
static uint32_t type_of_mark(const struct e820_line *l, char mark)
{
	switch (mark) {
	case '@':
		return E820_T_RAM;
	case '#':
		return E820_T_ACPI;
	case '$':
		return E820_T_RESERVED;
	case '!':
		return l->trait[T_MEMMAP_PRAM] ? E820_T_PRAM : E820_T_NONE;
	default:
		return E820_T_NONE;
	}
}

static void read_item(const struct e820_line *l, const char *p, struct e820_request *r)
{
	static const char exactmap[] = "exactmap";
	const char *begin = p;

	if (!strncmp(p, exactmap, strlen(exactmap))) {
		r->what = REQUEST_EMPTY;
		r->users = true;
		r->documented = !p[strlen(exactmap)];
		return;
	}
	r->size = memparse_size(&p, l->trait[T_SIZE_TO_EXA]);
	r->users = p != begin;
	if (p == begin) {
		r->refused = true;
		return;
	}
	r->new = type_of_mark(l, *p);
	if (r->new || (*p == '%' && l->trait[T_MEMMAP_UPDATES])) {
		p++;
		r->start = memparse_size(&p, l->trait[T_SIZE_TO_EXA]);
		if (!r->new) {
			read_types(p, r);
			return;
		}
		r->what = REQUEST_ADD;
	} else {
		r->what = REQUEST_LIMIT;
		r->zero = !r->size && l->trait[T_MEM_ZERO_REFUSED];
	}
	r->refused = *p;
	r->documented = r->size && !*p;
}

static void begin_line(struct e820_line *l, const struct e820_state *s, const struct op *op)
{
	l->trait = s->trait;
	l->items = NULL;
	l->nr = 0;
	cmdline_join(op, E820_PARAM, l->text);
	l->at = l->text;
}

/* The next item of a memmap: up to a comma, where that divides. */
static void next_item(struct e820_line *l, struct e820_request *r)
{
	char *item = l->items;

	l->items = l->trait[T_MEMMAP_LISTS] ? strchr(item, ',') : NULL;
	if (l->items)
		*l->items++ = '\0';
	r->param = l->nr - 1;
	read_item(l, item, r);
}

/* The next request. Return: false at the end of the line. */
static bool next_request(struct e820_line *l, struct e820_request *r)
{
	char *name, *value;

	*r = (struct e820_request){ 0 };
	if (l->items) {
		next_item(l, r);
		return true;
	}
	while (cmdline_next(&l->at, &name, &value)) {
		bool mem = !strcmp(name, "mem");

		if (!value && !strcmp(name, "--"))
			return false;
		if (!mem && strcmp(name, "memmap"))
			continue;
		r->param = l->nr++;
		r->mem = mem;
		if (!value) {
			r->refused = true;
		} else if (mem) {
			read_mem(l, value, r);
		} else {
			l->items = value;
			next_item(l, r);
		}
		return true;
	}
	return false;
}

/* --- all of them --- */

static struct e820_requests last_read;	/* large */

const struct e820_requests *e820_read_requests(const struct e820_state *s, const struct op *op)
{
	struct e820_requests *all = &last_read;
	struct e820_line l;

	all->op = op;
	all->trait = s->trait;
	all->nr = 0;
	begin_line(&l, s, op);
	while (next_request(&l, &all->request[all->nr]))
		all->nr++;
	return all;
}

const struct e820_requests *e820_requests_of(const struct e820_state *s, const struct op *op)
{
	if (last_read.op == op && last_read.trait == s->trait)
		return &last_read;
	return e820_read_requests(s, op);
}
