// SPDX-License-Identifier: GPL-2.0-only
/* Zones of machines whose figures were worked out by hand, or told by a kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "import_zones.h"

#define PFN(bytes)	((uint64_t)(bytes) >> 12)
#define MIB		(1ull << 20)
#define GIB		(1ull << 30)
#define V6_1		(6u << 16 | 1u << 8 | 192u)
#define V6_12		(6u << 16 | 12u << 8 | 117u)

static struct import_zones z;

static struct row memory(uint64_t start, uint64_t end, uint32_t nid, uint32_t flags)
{
	return (struct row){ .start = start, .size = end - start,
			     .type = memblock_row_type(flags, nid) };
}

#define TABLE(r)	((struct table){ .nr = sizeof(r) / sizeof((r)[0]), .rows = (r) })

/* Holes as they are told. */
static struct { unsigned int nid; enum import_zone zone; uint64_t pages; } holes[8];
static unsigned int nr_holes;

static void tell(void *arg, unsigned int nid, enum import_zone zone, uint64_t pages)
{
	assert_ptr_equal(arg, &nr_holes);
	assert_true(nr_holes < 8);
	holes[nr_holes].nid = nid;
	holes[nr_holes].zone = zone;
	holes[nr_holes++].pages = pages;
}

static void walk(void)
{
	nr_holes = 0;
	import_zones_walk(&z, tell, &nr_holes);
}

static void is_hole(unsigned int i, unsigned int nid, enum import_zone zone, uint64_t pages)
{
	assert_true(i < nr_holes);
	assert_int_equal(holes[i].nid, nid);
	assert_int_equal(holes[i].zone, zone);
	assert_int_equal(holes[i].pages, pages);
}

/* A PC with 2 GiB, of which the last 128 KiB are firmware's. */
static void one_node(void **state)
{
	struct row rows[] = { memory(0x1000, 0x9f000, 0, 0),
			      memory(MIB, 2 * GIB - 128 * 1024, 0, 0) };
	struct row free[] = { memory(MIB, 16 * MIB, 0, 0), memory(64 * MIB, GIB, 0, 0) };
	struct row all[] = { { .start = 0, .size = 2 * GIB, .type = 1 },
			     { .start = 0, .size = GIB, .type = 2 } };
	struct table t = TABLE(rows), f = TABLE(free), a = TABLE(all);
	uint64_t start, end;

	(void)state;
	import_zones_init(&z, &t, PFN(2 * GIB) - 32, false);
	assert_int_equal(import_zone_span(&z, 0, ZONE_DMA_16M, &start, &end), 158 + 3840);
	assert_int_equal(start, 1);
	assert_int_equal(end, 4096);
	assert_int_equal(import_zone_span(&z, 0, ZONE_DMA_4G, &start, &end), 524288 - 32 - 4096);
	assert_int_equal(import_zone_span(&z, 0, ZONE_THE_REST, &start, &end), 0);
	assert_int_equal(import_zone_span(&z, 1, ZONE_DMA_16M, &start, &end), 0);
	walk();
	assert_int_equal(nr_holes, 3);
	is_hole(0, 0, ZONE_DMA_16M, 1);
	is_hole(1, 0, ZONE_DMA_16M, 97);	/* 636 KiB to 1 MiB */
	is_hole(2, 0, ZONE_DMA_4G, 32);
	/* 128 MiB of the last zone, from 16 MiB on, and up to the end of that section */
	assert_int_equal(z.deferred[0], PFN(256 * MIB));
	assert_int_equal(import_zones_freed(&z, &a, 1), 158 + PFN(255 * MIB));
	/* 6.1.192 said so of this machine */
	assert_int_equal(import_zones_total(&z, V6_1, &f), 515808);
	assert_int_equal(import_zones_total(&z, V6_12, &f), 158 + 524288 - 32 - 256);
	assert_true(import_zones_total_known(V6_1) && import_zones_total_known(V6_12));
	assert_false(import_zones_total_known(6u << 16 | 5u << 8));
}

/* The gap below 4 GiB: only the rest of its first section has struct pages. */
static void two_nodes(void **state)
{
	struct row rows[] = { memory(0x1000, 0x9f000, 0, 0),
			      memory(MIB, 3 * GIB - 128 * 1024, 0, 0),
			      memory(4 * GIB, 7 * GIB + MIB, 1, 0) };
	struct row all[] = { { .start = 0, .size = 8 * GIB, .type = 1 } };
	struct table t = TABLE(rows), a = TABLE(all);
	uint64_t start, end;

	(void)state;
	import_zones_init(&z, &t, PFN(7 * GIB + MIB), false);
	assert_int_equal(import_zone_span(&z, 1, ZONE_DMA_4G, &start, &end), 0);
	assert_int_equal(import_zone_span(&z, 1, ZONE_THE_REST, &start, &end), PFN(3 * GIB + MIB));
	walk();
	assert_int_equal(nr_holes, 4);
	is_hole(2, 1, ZONE_THE_REST, 32);
	is_hole(3, 1, ZONE_THE_REST, PFN(127 * MIB));
	assert_int_equal(z.deferred[0], PFN(256 * MIB));
	assert_int_equal(z.deferred[1], PFN(4 * GIB + 128 * MIB));
	assert_int_equal(import_zones_freed(&z, &a, 1), 158 + PFN(255 * MIB) + PFN(128 * MIB));
}

/* All of a node's pages are there at once when its last zone has no more than a section. */
static void small_nodes(void **state)
{
	struct row rows[] = { memory(MIB, 144 * MIB, 0, 0), memory(144 * MIB, 400 * MIB, 1, 0) };
	struct row all[] = { { .start = 0, .size = GIB, .type = 1 } };
	struct table t = TABLE(rows), a = TABLE(all);

	(void)state;
	import_zones_init(&z, &t, PFN(400 * MIB), false);
	walk();
	assert_int_equal(z.deferred[0], UINT64_MAX);
	assert_int_equal(z.deferred[1], PFN(384 * MIB));	/* 144 + 128 and on to its end */
	assert_int_equal(import_zones_freed(&z, &a, 1), PFN(383 * MIB));
	is_hole(nr_holes - 1, 1, ZONE_DMA_4G, PFN(112 * MIB));
}

/* What can be unplugged is a zone of its own, when movable_node is on. */
static void unplugged(void **state)
{
	struct row rows[] = { memory(MIB, 512 * MIB, 0, 0),
			      memory(512 * MIB, GIB, 1, MEMBLOCK_F_HOTPLUG) };
	struct table t = TABLE(rows);
	uint64_t start, end;

	(void)state;
	import_zones_init(&z, &t, PFN(GIB), true);
	assert_int_equal(z.movable[1], PFN(512 * MIB));
	assert_int_equal(import_zone_span(&z, 1, ZONE_DMA_4G, &start, &end), 0);
	assert_int_equal(import_zone_span(&z, 1, ZONE_HOTPLUG, &start, &end), PFN(512 * MIB));
	import_zones_init(&z, &t, PFN(GIB), false);
	assert_int_equal(import_zone_span(&z, 1, ZONE_HOTPLUG, &start, &end), 0);
	assert_int_equal(import_zone_span(&z, 1, ZONE_DMA_4G, &start, &end), PFN(512 * MIB));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_node),
		cmocka_unit_test(two_nodes),
		cmocka_unit_test(small_nodes),
		cmocka_unit_test(unplugged),
	};

	return cmocka_run_group_tests_name("import_zones", tests, NULL, NULL);
}
