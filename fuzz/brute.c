// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "brute.h"
#include "contract/model.h"

/* Does the kernel have this trait? */
static bool has_trait(const struct subject *subject, const char *id)
{
	const struct model *m = model_of(subject->family);

	for (unsigned int i = 0; i < m->nr_traits; i++)
		if (!strcmp(m->traits[i].id, id))
			return trait_holds(&m->traits[i], subject->version, subject->config);
	return false;
}

/* Has the family an op whose size comes before its address? Their sum is no universe's value. */
static bool loose_size(const struct family *f)
{
	for (unsigned int i = 0; i < f->nr_ops; i++)
		for (unsigned int k = 0; k < f->ops[i].nr_args; k++)
			if (f->ops[i].args[k].kind == ARG_SIZE &&
			    (!k || f->ops[i].args[k - 1].kind != ARG_ADDR))
				return true;
	return false;
}

static void add_point(uint64_t *point, unsigned int *nr, uint64_t value)
{
	unsigned int at = *nr;

	while (at && point[at - 1] >= value)
		at--;
	if (at < *nr && point[at] == value)
		return;
	memmove(point + at + 1, point + at, (*nr - at) * sizeof(point[0]));
	point[at] = value;
	++*nr;
}

/* The judge's points begin with 0, also where no operand is 0: empty slots are there. */
bool brute_init(struct brute *b, const struct subject *subject, const struct universe *u)
{
	uint64_t point[2 * UNIVERSE_MAX + 1 + BITMAP_POINTS], more[BITMAP_POINTS];
	unsigned int nr = 0;

	add_point(point, &nr, 0);
	for (unsigned int i = 0; i < u->nr; i++)
		add_point(point, &nr, u->value[i]);
	for (unsigned int i = 0; loose_size(subject->family) && i < u->nr; i++)
		add_point(point, &nr, u->value[i] + alphabet_size(u));
	for (unsigned int i = bitmap_points(subject->family, subject->config, more); i--; )
		add_point(point, &nr, more[i]);
	if (!bitmap_init(&b->now, subject->family, subject->config, point, nr))
		return false;
	b->now.acpi_is_ram = has_trait(subject, "e820-acpi-is-ram");
	b->now.reserved_kern = has_trait(subject, "e820-reserved-kern");
	b->now.extend_keeps = !has_trait(subject, "e820-extend-copies");
	b->now.bits_46 = !has_trait(subject, "e820-52-bits");
	b->now.pram_merged = !has_trait(subject, "e820-pram-unmerged");
	b->now.soft_merged = !has_trait(subject, "e820-soft-reserved-unmerged");
	b->now.setup_first = has_trait(subject, "e820-setup-updates-first");
	b->now.map_inclusive = has_trait(subject, "e820-firmware-map-inclusive");
	b->now.persistent_busy = !has_trait(subject, "e820-persistent-held-back");
	b->now.soft_busy = !has_trait(subject, "e820-soft-reserved-held-back");
	b->now.old_resources = !has_trait(subject, "e820-resource-names");
	b->now.iomem_64_bits = !has_trait(subject, "e820-iomem-52-bits");
	b->now.kexec_setup_data = has_trait(subject, "e820-setup-data-kexec");
	b->now.sizes_to_giga = !has_trait(subject, "e820-size-to-exa");
	b->now.one_item = !has_trait(subject, "e820-memmap-lists");
	b->now.no_pram_item = !has_trait(subject, "e820-memmap-pram");
	b->now.no_update_item = !has_trait(subject, "e820-memmap-updates");
	b->now.no_ram_is_fine = !has_trait(subject, "e820-mem-zero-refused");
	b->now.nopentium_is_0 = !has_trait(subject, "e820-nopentium-refused");
	b->now.limit_untold = !has_trait(subject, "e820-limit-told");
	b->now.merge_in_place = has_trait(subject, "range-merge-in-place");
	b->now.full_panics = has_trait(subject, "memblock-full-panics");
	b->now.mirror_asks = has_trait(subject, "memblock-mirror-asked");
	b->now.reserved_nodes = has_trait(subject, "memblock-reserved-nodes");
	b->now.slab_everywhere = has_trait(subject, "memblock-slab-everywhere");
	b->now.node_range = has_trait(subject, "memblock-node-range");
	b->now.no_dummy = has_trait(subject, "memblock-no-dummy");
	b->first = b->now;
	brute_save(b);
	return true;
}

void brute_restart(struct brute *b)
{
	b->now = b->first;
}

void brute_save(struct brute *b)
{
	b->saved = b->now;
}

void brute_back(struct brute *b)
{
	b->now = b->saved;
}
