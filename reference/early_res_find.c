// SPDX-License-Identifier: GPL-2.0-only
/*
 * The early_res model: the searches. All answers are those of the exact layer: first fit over the
 * list as it is; where nothing is misused that is
 *
 *     min { a : align | a, [a, a + size) in the window, [a, a + size) meets no reservation }
 */
#include "early_res_model.h"

#define NONE	UINT64_MAX

static uint64_t max_of(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t min_of(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* The next multiple of @align; NONE when it is beyond 64 bits (an address that nothing fits at). */
static uint64_t align_up(uint64_t addr, uint64_t align, bool *wrapped)
{
	if (addr <= -align)
		return (addr + align - 1) & ~(align - 1);
	/* -align is the highest multiple there is */
	*wrapped = true;
	return NONE;
}

/* Where the first of those reservations ends that [start, start + size) meets; 0: it meets none. */
static uint64_t obstacle(const struct early_res_state *s, const struct early_res_span *avoid,
			 uint64_t start, uint64_t size)
{
	uint64_t end = start + size;

	for (unsigned int i = 0; i < s->nr; i++)
		if (res_meets(&s->res[i], start, end))
			return res_end(&s->res[i]);
	if (start < avoid->end && avoid->start < end)
		return avoid->end;
	return 0;
}

uint64_t early_res_lowest(const struct early_res_state *s, struct early_res_search *f)
{
	uint64_t addr = align_up(f->in.start, f->align, &f->wrapped), behind;

	while (addr < f->in.end && f->in.end - addr >= f->size) {
		behind = obstacle(s, &f->avoid, addr, f->size);
		if (!behind)
			return addr;
		addr = align_up(behind, f->align, &f->wrapped);
	}
	f->wrapped |= addr + f->size <= addr;
	return NONE;
}

uint64_t early_res_lowest_ram(const struct early_res_state *s, struct early_res_search *f)
{
	const struct early_res_span window = f->in;
	uint64_t addr = NONE;

	for (unsigned int i = 0; i < s->nr_ram && addr == NONE; i++) {
		const struct row *r = &s->ram[i];

		f->in.start = max_of(window.start, r->start);
		f->in.end = min_of(window.end, r->start + r->size);
		addr = early_res_lowest(s, f);
	}
	f->in = window;
	return addr;
}

uint64_t early_res_lowest_mapped(const struct early_res_state *s, struct early_res_search *f)
{
	f->in.end = min_of(f->in.end, s->mapped);
	return early_res_lowest_ram(s, f);
}

bool early_res_is_free(const struct early_res_state *s, unsigned int from, uint64_t start,
		       uint64_t size)
{
	for (unsigned int i = from; i < s->nr; i++)
		if (res_meets(&s->res[i], start, start + size))
			return false;
	return true;
}

bool early_res_free_ram(const struct early_res_state *s, unsigned int from, uint64_t start,
			uint64_t size)
{
	bool ram = false;

	if (start + size < start)
		return false;
	for (unsigned int i = 0; i < s->nr_ram && !ram; i++)
		ram = start >= s->ram[i].start && start + size <= row_end(&s->ram[i]);
	return ram && early_res_is_free(s, from, start, size);
}

/* --- find_area, find_fw, find_e820 --- */

struct find {
	struct early_res_span in, cut;	/* @in: of find_area only */
	uint64_t size, align;
	bool ram;
};

static struct find find_of(const struct op *op)
{
	bool ram = op->id != E_RES_FIND_AREA;
	const uint64_t *a = ram ? op->arg : op->arg + 2;
	struct find f = {
		.in = { 0, UINT64_MAX }, .cut = { a[0], a[1] }, .size = a[2], .align = a[3],
		.ram = ram,
	};

	if (!ram)
		f.in = (struct early_res_span){ op->arg[0], op->arg[1] };
	return f;
}

/* Kernels' answer; over every piece of RAM in turn. */
static enum kernel_end kernel_answer(const struct early_res_state *s, const struct find *f,
				     uint64_t *addr)
{
	enum kernel_end end = KERNEL_ANSWERS;

	if (!f->ram)
		return kernel_find(s, f->in, f->cut, f->size, f->align, addr);
	*addr = NONE;
	for (unsigned int i = 0; i < s->nr_ram && *addr == NONE && end == KERNEL_ANSWERS; i++)
		end = kernel_find(s, (struct early_res_span){ s->ram[i].start,
				  row_end(&s->ram[i]) }, f->cut, f->size, f->align, addr);
	return end;
}

/* Could an address wrap on the way? No number is near 2^64. */
static bool far_from_top(const struct early_res_state *s, const struct find *f)
{
	return !((f->in.start | f->cut.start | f->size | f->align | s->highest) >> 62);
}

static void quirks_of_find(struct early_res_step *step, const struct find *f)
{
	const struct early_res_state *s = step->s;
	bool odd = !power_of_two(f->align) || !f->size;
	uint64_t addr;

	if (!s->quirks || (!odd && far_from_top(s, f)))
		return;
	if (kernel_answer(s, f, &addr) == KERNEL_HANGS) {
		if (early_res_quirk_on(s, Q_FIND_ENDLESS))
			early_res_fire(step, Q_FIND_ENDLESS);
	} else if (!odd) {
		if (addr != step->e->result.value && early_res_quirk_on(s, Q_FIND_WRAPS))
			early_res_fire(step, Q_FIND_WRAPS);
	} else if (addr != NONE && !early_res_found(s, addr, f->size)) {
		if (early_res_quirk_on(s, Q_FIND_ALIGN))
			early_res_fire(step, Q_FIND_ALIGN);
	}
}

bool early_res_own_search_wraps(struct early_res_step *step, struct early_res_search *f)
{
	struct find k = { .cut = f->in, .size = f->size, .align = f->align, .ram = true };
	const struct early_res_state *s = step->s;
	enum early_res_quirk q = Q_FIND_WRAPS;
	uint64_t addr;

	if (!s->quirks || far_from_top(s, &k))
		return false;
	if (kernel_answer(s, &k, &addr) == KERNEL_HANGS)
		q = Q_FIND_ENDLESS;
	else if (addr == early_res_lowest_ram(s, f))
		return false;
	if (!early_res_quirk_on(s, q))
		return false;
	early_res_fire(step, q);
	return true;
}

/* Is [addr, addr + size) an answer to a search whose answer is open? */
bool early_res_found(const struct early_res_state *s, uint64_t addr, uint64_t size)
{
	const struct early_res_choice *c = &s->choice;

	if (addr < c->window.start || addr > c->window.end || c->window.end - addr < size)
		return false;
	if (!c->ram)
		return !size || early_res_is_free(s, 0, addr, size);
	if (size)
		return early_res_free_ram(s, 0, addr, size);
	for (unsigned int i = 0; i < s->nr_ram; i++)
		if (addr >= s->ram[i].start && addr <= row_end(&s->ram[i]))
			return true;
	return false;
}

void early_res_do_find(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	struct find f = find_of(op);
	struct early_res_search search = {
		.in = { max_of(f.in.start, f.cut.start), min_of(f.in.end, f.cut.end) },
		.size = f.size, .align = f.align,
	};

	if (s->memblock)
		search.in.start = max_of(search.in.start, EARLY_RES_PAGE);
	s->choice.window = search.in;
	s->choice.ram = f.ram;
	step->e->result.value = NONE;
	if (!f.size || !power_of_two(f.align))
		s->choice.value = OPEN_FIND;
	else
		step->e->result.value = f.ram ? early_res_lowest_ram(s, &search) :
						early_res_lowest(s, &search);
	quirks_of_find(step, &f);
}

/* --- find_area_size, find_e820_size --- */

/* The lowest free block in @in, as find_area_size() has it. */
static struct early_res_block lowest_block(const struct early_res_state *s,
					   struct early_res_span in, uint64_t align, bool *wrapped)
{
	struct early_res_search f = { .in = in, .size = 1, .align = align };
	struct early_res_block b = { .addr = early_res_lowest(s, &f) };

	*wrapped |= f.wrapped;
	if (b.addr == NONE)
		return b;
	b.size = in.end - b.addr;
	for (unsigned int i = 0; i < s->nr; i++)
		if (res_meets(&s->res[i], b.addr, b.addr + b.size))
			b.size = s->res[i].start - b.addr;
	return b;
}

static void answer_block(struct early_res_step *step, struct early_res_block b)
{
	struct early_res_state *s = step->s;

	step->e->result.value = b.addr;
	s->nr_answer = b.addr != NONE;
	s->answer = (struct row){ .start = b.addr, .size = b.size };
}

/* The lowest block of RAM; @kernel: as kernels have it. */
static struct early_res_block block_of_ram(const struct early_res_state *s, uint64_t start,
					   uint64_t align, bool kernel, enum kernel_end *end)
{
	struct early_res_block b = { .addr = NONE };
	bool wrapped = false;

	*end = KERNEL_ANSWERS;
	for (unsigned int i = 0; i < s->nr_ram && b.addr == NONE && *end == KERNEL_ANSWERS; i++) {
		struct early_res_span in = { s->ram[i].start, row_end(&s->ram[i]) };

		if (kernel) {
			*end = kernel_find_size(s, in, start, align, &b);
		} else {
			in.start = max_of(in.start, start);
			b = lowest_block(s, in, align, &wrapped);
		}
	}
	return b;
}

static void quirks_of_size(struct early_res_step *step, struct early_res_block b,
			   enum kernel_end end, bool open)
{
	const struct early_res_state *s = step->s;

	if (end == KERNEL_HANGS) {
		if (early_res_quirk_on(s, Q_FIND_ENDLESS))
			early_res_fire(step, Q_FIND_ENDLESS);
	} else if (open) {
		if (b.addr != NONE && (!b.size || !early_res_found(s, b.addr, b.size)) &&
		    early_res_quirk_on(s, Q_FIND_ALIGN))
			early_res_fire(step, Q_FIND_ALIGN);
	} else if (b.addr != step->e->result.value ||
		   (b.addr != NONE && b.size != s->answer.size)) {
		if (early_res_quirk_on(s, Q_FIND_SIZE_STOPS))
			early_res_fire(step, Q_FIND_SIZE_STOPS);
	}
}

void early_res_do_find_size(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	bool ram = op->id == E_RES_FIND_E820_SIZE, wrapped = false;
	const uint64_t *a = ram ? op->arg : op->arg + 2;
	struct early_res_span in = { 0, UINT64_MAX }, window;
	enum kernel_end end;
	struct early_res_block b;

	if (!ram)
		in = (struct early_res_span){ op->arg[0], op->arg[1] };
	window = (struct early_res_span){ max_of(in.start, a[0]), in.end };
	s->choice.window = window;
	s->choice.ram = ram;
	if (!power_of_two(a[1])) {
		s->choice.value = OPEN_FIND_SIZE;
		b = (struct early_res_block){ .addr = NONE };
	} else if (ram) {
		b = block_of_ram(s, a[0], a[1], false, &end);
	} else {
		b = lowest_block(s, window, a[1], &wrapped);
	}
	answer_block(step, b);
	if (!s->quirks)
		return;
	if (ram)
		b = block_of_ram(s, a[0], a[1], true, &end);
	else
		end = kernel_find_size(s, in, a[0], a[1], &b);
	quirks_of_size(step, b, end, s->choice.value == OPEN_FIND_SIZE);
}

/* --- reserve_e820 --- */

/*
 * What takes memory out of the map: its address, 0 for none. @kernel: as kernels do; @wraps: these
 * look below 0, as there is not as much low memory.
 */
struct taking {
	uint64_t addr;
	bool taken, endless, wraps;
};

static struct taking lowest_room(const struct early_res_state *s, uint64_t start, uint64_t size,
				 uint64_t align, bool kernel)
{
	struct taking t = { 0 };
	unsigned int left = 4 * (s->nr + s->nr_ram) + 16;
	enum kernel_end end;

	for (;;) {
		struct early_res_block b = block_of_ram(s, start, align, kernel, &end);

		t.endless = end == KERNEL_HANGS || !left--;
		if (b.addr == NONE || t.endless)
			return t;
		start = b.addr + b.size;
		if (b.size < size)
			continue;
		if (b.addr >= low_end(s))
			return t;
		if (start > low_end(s)) {
			start = low_end(s);
			t.wraps = kernel && start < size;
		}
		if (!kernel && start - b.addr < size)
			return t;
		t.addr = (start - size) & ~(align - 1);
		t.taken = kernel ? t.addr >= b.addr : t.addr;
		if (!t.taken)
			t.addr = 0;
		if (t.taken || kernel)
			return t;
	}
}

static bool meets_ram(const struct early_res_state *s, uint64_t start, uint64_t end)
{
	for (unsigned int i = 0; i < s->nr_ram; i++)
		if (res_meets(&s->ram[i], start, end))
			return true;
	return false;
}

static void quirks_of_taking(struct early_res_step *step, const struct op *op, struct taking *t)
{
	const struct early_res_state *s = step->s;
	struct taking k = lowest_room(s, op->arg[0], op->arg[1], op->arg[2], true);

	if (k.wraps) {
		if (early_res_quirk_on(s, Q_TAKE_LOW))
			early_res_fire(step, Q_TAKE_LOW);
		return;
	}
	if (k.endless) {
		if (early_res_quirk_on(s, Q_RESERVE_E820_HANG))
			early_res_fire(step, Q_RESERVE_E820_HANG);
	} else if (k.taken && !k.addr) {
		if (meets_ram(s, 0, op->arg[1]) && early_res_quirk_on(s, Q_RESERVE_E820_ZERO)) {
			early_res_fire(step, Q_RESERVE_E820_ZERO);
			*t = k;
		}
	} else if (s->choice.value != OPEN_NOT) {
		if (k.taken && op->arg[1] && !early_res_found(s, k.addr, op->arg[1]) &&
		    early_res_quirk_on(s, Q_FIND_ALIGN))
			early_res_fire(step, Q_FIND_ALIGN);
	} else if (k.taken != t->taken || k.addr != t->addr) {
		if (early_res_quirk_on(s, Q_FIND_SIZE_STOPS))
			early_res_fire(step, Q_FIND_SIZE_STOPS);
	}
}

void early_res_do_reserve_e820(struct early_res_step *step, const struct op *op)
{
	struct early_res_state *s = step->s;
	struct taking t = { 0 };
	uint64_t size = op->arg[1];

	if (s->taken == EARLY_RES_TAKEN_MAX)
		return;
	s->taken++;
	s->choice.ram = true;
	s->choice.window = (struct early_res_span){ op->arg[0], UINT64_MAX };
	if (!size) {
		s->choice.value = OPEN_ANY;
	} else if (!power_of_two(op->arg[2])) {
		s->choice.value = OPEN_TAKE;
	} else {
		t = lowest_room(s, op->arg[0], size, op->arg[2], false);
	}
	if (s->quirks)
		quirks_of_taking(step, op, &t);
	if (step->e->avoid)
		return;
	step->e->result.value = t.addr;
	if (!t.taken)
		return;
	early_res_frame(step, 1u << E_RES_RAM, t.addr, t.addr + size - 1);
	early_res_take_ram(s, t.addr, t.addr + size);
}
