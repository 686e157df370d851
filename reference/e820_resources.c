// SPDX-License-Identifier: GPL-2.0-only
/*
 * The e820 model: what others are told of main once it is settled: resources, the firmware's map in
 * sysfs.
 */
#include "e820_model.h"

/* --- what a resource is called --- */

static enum e820_res_name name_of(const struct e820_state *s, uint32_t type)
{
	switch (type) {
	case E820_T_RAM:
	case E820_T_RESERVED_KERN:
		return E820_RES_RAM;
	case E820_T_ACPI:
		return E820_RES_ACPI;
	case E820_T_NVS:
		return E820_RES_NVS;
	case E820_T_UNUSABLE:
		return E820_RES_UNUSABLE;
	}
	if (!s->trait[T_RESOURCE_NAMES])
		return E820_RES_RESERVED;
	switch (type) {
	case E820_T_PRAM:
		return E820_RES_PRAM;
	case E820_T_PMEM:
		return E820_RES_PMEM;
	case E820_T_RESERVED:
		return E820_RES_RESERVED;
	case E820_T_SOFT_RESERVED:
		return E820_RES_SOFT;
	}
	return E820_RES_UNKNOWN;
}

static enum e820_res_desc desc_of(uint32_t type)
{
	switch (type) {
	case E820_T_ACPI:
		return E820_DESC_ACPI;
	case E820_T_NVS:
		return E820_DESC_NVS;
	case E820_T_PMEM:
		return E820_DESC_PMEM;
	case E820_T_PRAM:
		return E820_DESC_PRAM;
	case E820_T_RESERVED:
		return E820_DESC_RESERVED;
	case E820_T_SOFT_RESERVED:
		return E820_DESC_SOFT;
	}
	return E820_DESC_NONE;
}

static uint32_t flags_of(const struct e820_state *s, uint32_t type, bool busy)
{
	bool described = s->trait[T_RESOURCE_DESCRIBED];
	bool ram = type == E820_T_RAM || type == E820_T_RESERVED_KERN;

	return e820_res_flags(name_of(s, type), described ? desc_of(type) : E820_DESC_NONE, busy,
			      described && ram);
}

/* The tree as it is now. A region of 2^64 bytes is told as 2^64 - 1. */
static void report_tree(struct e820_step *step)
{
	struct e820_state *s = step->s;

	for (unsigned int i = 0; i < s->tree.nr; i++) {
		const struct iomem_resource *r = &s->tree.node[i];
		uint64_t size = r->last - r->first + 1;

		e820_report(&s->iomem, r->first, size ? size : UINT64_MAX, r->name, r->depth);
	}
	s->iomem.want = s->iomem.sum;
	step->e->cut |= s->tree.overflow;
}

/* --- reserve_resources --- */

/* What drivers may claim for themselves. */
static bool for_drivers(const struct e820_state *s, uint32_t type)
{
	switch (type) {
	case E820_T_RESERVED:
		return true;
	case E820_T_PMEM:
	case E820_T_PRAM:
		return s->trait[T_PERSISTENT_HELD_BACK];
	case E820_T_SOFT_RESERVED:
		return s->trait[T_SOFT_RESERVED_HELD_BACK];
	}
	return false;
}

/*
 * sysfs is told the ends of an entry. Where these are inclusive, an empty one has no last byte.
 * Q_SYSFS_EMPTY_ENTRY: it is the byte before the first one; for one at 0 that is the last byte of
 * all, and sysfs is told the whole address space.
 * Q_SYSFS_TOP_ENTRY: where they are exclusive, the end of one that reaches 2^64 is at or near 0. An
 * end before the start is a BUG. Q_SYSFS_WRAPPED_ENTRY: where they are inclusive, that is so of one
 * that reaches beyond 2^64.
 */
static void tell_entry(struct e820_step *step, const struct row *r)
{
	struct e820_state *s = step->s;
	unsigned int less = s->trait[T_FIRMWARE_MAP_INCLUSIVE];

	if (less && !r->size) {
		if (!e820_quirk_on(s, Q_SYSFS_EMPTY_ENTRY))
			return;
		e820_fire(step, Q_SYSFS_EMPTY_ENTRY);
		if (r->start)
			step->e->result.outcome = OUT_BUG;
	}
	if (less && wraps(r->start, r->size) && e820_quirk_on(s, Q_SYSFS_WRAPPED_ENTRY)) {
		e820_fire(step, Q_SYSFS_WRAPPED_ENTRY);
		step->e->result.outcome = OUT_BUG;
	}
	if (!less && reaches_top(r->start, r->size) && e820_quirk_on(s, Q_SYSFS_TOP_ENTRY)) {
		e820_fire(step, Q_SYSFS_TOP_ENTRY);
		step->e->result.outcome = OUT_BUG;
	}
	e820_report(&s->recorded, r->start, r->size - less, E820_REC_FIRMWARE_MAP,
		    name_of(s, r->type));
}

static void tell_sysfs(struct e820_step *step)
{
	struct e820_state *s = step->s;
	const struct e820_tab *t = &s->tab[s->trait[T_EXTEND_COPIES] ? E820_FIRMWARE : E820_KEXEC];
	struct e820_report *rec = &s->recorded;
	uint64_t before = rec->sum;

	for (unsigned int i = 0; i < t->nr; i++)
		tell_entry(step, &t->row[i]);
	if (s->trait[T_FIRMWARE_MAP_INCLUSIVE]) {
		rec->want += rec->sum - before;
		return;
	}
	for (unsigned int i = 0; i < t->map.nr; i++) {
		struct ival_piece p = ival_piece(&t->map, i);

		rec->want += p.count * range_sum(E820_REC_FIRMWARE_MAP, p.first, p.last + 1);
	}
}

/*
 * Resources have resource_size_t: of an entry whose last byte, modulo 2^64, has more bits there is
 * none; of the others the start has no more.
 */
static bool is_resource(const struct e820_state *s, const struct row *r)
{
	uint64_t last = r->start + r->size - 1;

	return last == e820_phys(s, last);
}

static struct row resource_of(const struct e820_state *s, const struct row *r)
{
	struct row res = *r;

	res.start = e820_phys(s, r->start);
	res.size = r->start + r->size - res.start;
	if (r->start + r->size - 1 < res.start)
		res.size = e820_phys(s, res.size);
	return res;
}

/*
 * It is busy: inserted at once. An entry of size 0 at address 0 ends at 0 - 1, which only a root of
 * 64 bits holds. Return: is it in the tree?
 */
static bool insert_entry(struct e820_state *s, const struct row *r)
{
	e820_report(&s->recorded, r->start, r->size, E820_REC_RESOURCE, flags_of(s, r->type, true));
	return iomem_insert(&s->tree, r->start, r->start + r->size - 1, name_of(s, r->type));
}

/* The last byte that a resource can have. */
static uint64_t iomem_last(const struct e820_state *s)
{
	if (s->trait[T_ARCH_32_BITS])
		return UINT32_MAX;
	if (!s->trait[T_IOMEM_52_BITS])
		return UINT64_MAX;
	if (s->trait[T_ARCH_36_BITS])
		return (E820_MAX_ARCH_PFN_PAE << PAGE_SHIFT) - 1;
	return E820_IOMEM_LAST;
}

void e820_do_reserve_resources(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	const struct e820_tab *t = &s->tab[E820_MAIN];
	struct e820_report *rec = &s->recorded;

	(void)op;
	s->resources = t->nr + 1;
	s->nr_held = 0;
	iomem_init(&s->tree, iomem_last(s));
	for (unsigned int i = 0; i < t->nr; i++) {
		const struct row res = resource_of(s, &t->row[i]), *r = &res;
		uint64_t before = rec->sum;
		bool may_be_claimed = for_drivers(s, r->type);

		if (!is_resource(s, &t->row[i]))
			continue;
		if (may_be_claimed && r->start >= E820_HIGHMEM) {
			s->held[s->nr_held++] = *r;
			continue;
		}
		if (!insert_entry(s, r)) {
			s->held[s->nr_held] = *r;
			s->held[s->nr_held++].flags = true;
		}
		/* Where an entry starts is no matter of bytes: these count as the entries say. */
		if (may_be_claimed)
			rec->want += rec->sum - before;
	}
	/* not all bytes of an entry are those of its resource */
	if (s->trait[T_ARCH_32_BITS])
		rec->want = rec->sum;
	for (unsigned int i = 0; i < t->map.nr && !s->trait[T_ARCH_32_BITS]; i++) {
		struct ival_piece p = ival_piece(&t->map, i);

		if (!for_drivers(s, t->map.step[i].type))
			rec->want += p.count * range_sum(E820_REC_RESOURCE, p.first, p.last + 1);
	}
	tell_sysfs(step);
	report_tree(step);
}

/* --- reserve_resources_late --- */

/* Up to a multiple of this nothing is put behind RAM that ends at @end, in MiB: bytes. */
static uint64_t buffer_alignment(uint64_t mb)
{
	if (!mb)
		return 64 << 10;
	return mb < 16 ? 1 << 20 : 64 << 20;
}

/*
 * [@end, up to the next multiple): bytes. Where the multiple is 2^64 its value is 0, which is
 * right. What is more than 64 bits can say (end 0 and multiple 2^64) is 2^64 - 1.
 */
static uint64_t buffer_size(uint64_t end, uint64_t mb)
{
	uint64_t align = buffer_alignment(mb);

	return (align - end % align) % align;
}

static bool insert_late(struct e820_state *s, const struct row *r)
{
	e820_report(&s->recorded, r->start, r->size, E820_REC_RESOURCE_LATE,
		    flags_of(s, r->type, r->flags));
	return iomem_insert_expanded(&s->tree, r->start, r->start + r->size - 1,
				     name_of(s, r->type));
}

static void reserve_buffer(struct e820_state *s, uint64_t start, uint64_t size)
{
	/* all 2^64 bytes are told as one less */
	bool all = !start && size == UINT64_MAX;

	e820_report(&s->recorded, start, size, E820_REC_RAM_BUFFER,
		    e820_res_flags(E820_RES_BUFFER, E820_DESC_NONE, true, false));
	iomem_fill(&s->tree, start, all ? UINT64_MAX : start + size - 1, E820_RES_BUFFER);
}

static void reserve_behind(struct e820_step *step, const struct row *r)
{
	uint64_t max = config_phys_max(step->s->config);
	uint64_t end = r->start + r->size, mb = end >> 20, size = buffer_size(end, mb);
	bool top = reaches_top(r->start, r->size);

	if ((top || !end) && e820_quirk_on(step->s, Q_BUFFER_TOP_ENTRY)) {
		/* Behind the last byte comes byte 0 for kernels; up to 0 is up to 2^64. */
		size = end ? size : UINT64_MAX;
		if (size)
			e820_fire(step, Q_BUFFER_TOP_ENTRY);
	} else if (top) {
		size = 0;
	}
	mb = e820_long(step->s, mb);
	if (mb != end >> 20 && size && buffer_size(end, mb) != size &&
	    e820_quirk_on(step->s, Q_BUFFER_MEGABYTES)) {
		e820_fire(step, Q_BUFFER_MEGABYTES);
		size = buffer_size(end, mb);
	}
	/* nor behind the last byte of a resource */
	if (end > max)
		return;
	if (size > max - end)
		size = max - end + !!(max - end + 1);
	if (size == 1 && e820_quirk_on(step->s, Q_BUFFER_ONE_BYTE)) {
		e820_fire(step, Q_BUFFER_ONE_BYTE);
		size = 0;
	}
	if (size)
		reserve_buffer(step->s, end, size);
}

void e820_do_reserve_resources_late(struct e820_step *step, const struct op *op)
{
	struct e820_state *s = step->s;
	const struct e820_tab *t = &s->tab[E820_MAIN];
	struct e820_report *rec = &s->recorded;
	unsigned int left = 0;

	(void)op;
	if (s->resources != t->nr + 1)
		return;
	for (unsigned int i = 0; i < s->nr_held; i++) {
		const struct row *r = &s->held[i];

		if (!e820_phys(s, r->start + r->size - 1) || !insert_late(s, r))
			s->held[left++] = *r;
	}
	s->nr_held = left;
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->row[i].type == E820_T_RAM)
			reserve_behind(step, &t->row[i]);
	rec->want = rec->sum;
	report_tree(step);
}
