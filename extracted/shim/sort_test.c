// SPDX-License-Identifier: GPL-2.0-only
/* sort(): sorted, stable, the same elements, for every size that it treats in its own way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <linux/sort.h>
#include <linux/string.h>

#define COUNT_MAX	3000	/* 3000 * 16 bytes do not fit the room for merging */

static uint64_t seed = 1;

static uint32_t draw(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return seed >> 33;
}

/* Elements of @size bytes: a key in the first byte, then the place that it came from. */
static unsigned char data[COUNT_MAX * 24];
static unsigned long compared, swapped;

static int by_key(const void *a, const void *b)
{
	compared++;
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

static uint32_t origin(size_t i, size_t size)
{
	uint32_t o;

	memcpy(&o, data + i * size + 1, 3);
	return o & 0xffffff;
}

static void fill(size_t count, size_t size, unsigned int keys)
{
	memset(data, 0, sizeof(data));
	for (size_t i = 0; i < count; i++) {
		data[i * size] = draw() % keys;
		memcpy(data + i * size + 1, &i, 3);
	}
}

static void assert_sorted_and_stable(size_t count, size_t size)
{
	static unsigned char seen[COUNT_MAX];

	memset(seen, 0, sizeof(seen));
	for (size_t i = 0; i < count; i++) {
		assert_in_range(origin(i, size), 0, count - 1);
		assert_int_equal(seen[origin(i, size)]++, 0);
		if (!i)
			continue;
		assert_true(data[(i - 1) * size] <= data[i * size]);
		if (data[(i - 1) * size] == data[i * size])
			assert_true(origin(i - 1, size) < origin(i, size));
	}
}

static void every_size_and_count(void **state)
{
	static const size_t sizes[] = { 4, 5, 8, 12, 16, 24 };
	static const size_t counts[] = { 0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 640 };

	(void)state;
	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
		for (size_t c = 0; c < sizeof(counts) / sizeof(counts[0]); c++)
			for (unsigned int keys = 1; keys <= 256; keys *= 16) {
				fill(counts[c], sizes[s], keys);
				sort(data, counts[c], sizes[s], by_key, NULL);
				assert_sorted_and_stable(counts[c], sizes[s]);
			}
}

static void more_than_the_room_for_merging(void **state)
{
	(void)state;
	fill(COUNT_MAX, 16, 256);
	sort(data, COUNT_MAX, 16, by_key, NULL);
	assert_sorted_and_stable(COUNT_MAX, 16);
}

static void swap_elements(void *a, void *b, int size)
{
	unsigned char t[24];

	swapped++;
	memcpy(t, a, size);
	memcpy(a, b, size);
	memcpy(b, t, size);
}

static void a_callers_swap_is_used(void **state)
{
	(void)state;
	fill(100, 16, 16);
	swapped = 0;
	sort(data, 100, 16, by_key, swap_elements);
	assert_true(swapped > 0);
	assert_sorted_and_stable(100, 16);
}

static void a_sorted_array_costs_a_comparison_each(void **state)
{
	(void)state;
	fill(640, 8, 256);
	sort(data, 640, 8, by_key, NULL);
	compared = 0;
	sort(data, 640, 8, by_key, NULL);
	assert_true(compared < 640);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_and_count),
		cmocka_unit_test(more_than_the_room_for_merging),
		cmocka_unit_test(a_callers_swap_is_used),
		cmocka_unit_test(a_sorted_array_costs_a_comparison_each),
	};

	return cmocka_run_group_tests_name("sort", tests, NULL, NULL);
}
