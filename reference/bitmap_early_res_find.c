// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family early_res: searches. See bitmap_early_res.h. */
#include "bitmap_early_res.h"

static bool power_of_two(uint64_t x)
{
	return x && !(x & (x - 1));
}

bool trial_find(struct trial *t)
{
	const uint64_t *arg = t->op->arg;
	bool area = t->op->id == E_RES_FIND_AREA;
	uint64_t from = area ? max(arg[0], arg[2]) : arg[0];
	uint64_t last = area ? min(arg[1], arg[3]) : arg[1];
	uint64_t size = arg[area ? 4 : 2], align = arg[area ? 5 : 3], at = t->res->value;

	if (!size || !power_of_two(align)) {
		if (at == NONE)
			return true;
		if (at < from || at > last || last - at < size)
			return complain(t, "an address outside of the window");
		return !size || !is_reserved(t, at, at + size) ||
		       complain(t, "a block that is not free");
	}
	return trial_value(t, area ? lowest(t, from, last, size, align, NULL) :
			   lowest_ram(t, from, last, size, align, NULL));
}

/* The lowest free block of RAM from @start on, and its size. */
static uint64_t block_of_ram(const struct trial *t, uint64_t start, uint64_t align, uint64_t *size)
{
	uint64_t at = lowest_ram(t, start, NONE, 1, align, NULL);

	for (unsigned int i = 0; i < t->b->nr_ram && at != NONE; i++)
		if (holds(&t->b->ram[i], at))
			*size = free_bytes(t, at, end_of(&t->b->ram[i]));
	return at;
}

bool trial_find_size(struct trial *t)
{
	const struct table *answer = &t->st->table[E_RES_ANSWER];
	const uint64_t *arg = t->op->arg;
	bool area = t->op->id == E_RES_FIND_AREA_SIZE;
	uint64_t align = arg[area ? 3 : 1], at, size = 0;

	if (!power_of_two(align))
		return true;
	if (area) {
		at = lowest(t, max(arg[0], arg[2]), arg[1], 1, align, NULL);
		if (at != NONE)
			size = free_bytes(t, at, arg[1]);
	} else {
		at = block_of_ram(t, arg[0], align, &size);
	}
	if (!trial_value(t, at))
		return false;
	if (at == NONE)
		return !answer->nr || complain(t, "an answer where there is none");
	return (answer->nr == 1 && answer->rows[0].start == at && answer->rows[0].size == size) ||
	       complain(t, "not the block's size");
}

static uint64_t taken_from(const struct trial *t, uint64_t start, uint64_t size, uint64_t align)
{
	uint64_t at, last, room = 0;

	while ((at = block_of_ram(t, start, align, &room)) != NONE) {
		if (is_high(t, at))
			break;
		if (is_high(t, at + room - 1))
			room = EARLY_RES_LOW_PFN * EARLY_RES_PAGE - at;
		last = room < size ? 0 : at + (room - size) / align * align;
		if (last)
			return last;
		start = at + room;
	}
	return 0;
}

bool trial_reserve_e820(struct trial *t)
{
	uint64_t start = t->op->arg[0], size = t->op->arg[1], align = t->op->arg[2];
	uint64_t at = t->res->value;

	if (t->b->takes == EARLY_RES_TAKEN_MAX)
		return trial_value(t, 0);
	t->b->takes++;
	if (!size)
		return true;
	if (power_of_two(align)) {
		if (!trial_value(t, taken_from(t, start, size, align)))
			return false;
	} else if (at && (is_reserved(t, at, at + size) ||
			  lowest_ram(t, at, at + size, size, 1, NULL) != at)) {
		return complain(t, "took what is no free RAM");
	}
	if (at)
		t->b->map[t->b->nr_map++] = (struct row){ .start = at, .size = size,
							  .type = EARLY_RES_MAP_RESERVED };
	return true;
}

