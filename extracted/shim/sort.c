// SPDX-License-Identifier: GPL-2.0-only
/*
 * sort(): the order of equal elements is unspecified by the kernel's interface; here it is
 * stable, so that results do not depend on anything but the input. Merging, bottom up from
 * runs of RUN elements that are sorted by insertion.
 */
#include <linux/sort.h>
#include <linux/string.h>

#include "shim.h"

#define RUN	8

typedef int compare(const void *a, const void *b);

/* Largest array that is merged, bytes (640 change points of 8); beyond it insertion sorts. */
static unsigned char room[16 * 1024] SHIM_SCRATCH;

static void swap_bytes(void *a, void *b, int size)
{
	unsigned char *x = a, *y = b, t;

	for (int i = 0; i < size; i++) {
		t = x[i];
		x[i] = y[i];
		y[i] = t;
	}
}

static void swap_words(void *a, void *b, int size)
{
	uint64_t x, y;

	for (int i = 0; i < size; i += 8) {
		memcpy(&x, (char *)a + i, 8);
		memcpy(&y, (char *)b + i, 8);
		memcpy((char *)a + i, &y, 8);
		memcpy((char *)b + i, &x, 8);
	}
}

static void insert(unsigned char *base, size_t count, size_t size, compare *cmp,
		   void (*swap)(void *, void *, int))
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j && cmp(base + (j - 1) * size, base + j * size) > 0; j--)
			swap(base + (j - 1) * size, base + j * size, size);
}

static void copy(unsigned char *to, const unsigned char *from, size_t size)
{
	/* the sizes that occur, as constants: calls would cost more than the copy */
	if (size == 8)
		memcpy(to, from, 8);
	else if (size == 16)
		memcpy(to, from, 16);
	else
		memcpy(to, from, size);
}

/* [left, mid) and [mid, right) become one sorted run in the same place, by way of @room. */
static void merge(unsigned char *left, unsigned char *mid, unsigned char *right, size_t size,
		  compare *cmp)
{
	unsigned char *a = room, *a_end = room + (mid - left), *b = mid, *to = left;

	if (cmp(mid - size, mid) <= 0)
		return;
	memcpy(room, left, mid - left);
	while (a < a_end && b < right) {
		unsigned char **from = cmp(a, b) <= 0 ? &a : &b;

		copy(to, *from, size);
		*from += size;
		to += size;
	}
	if (a < a_end)
		memcpy(to, a, a_end - a);
}

void sort(void *base, size_t count, size_t size, compare *cmp, void (*swap)(void *, void *, int))
{
	unsigned char *b = base;

	shim_tick();
	if (count < 2)
		return;
	if (swap || count > sizeof(room) / size) {
		insert(b, count, size, cmp, swap ? swap : swap_bytes);
		return;
	}
	for (size_t i = 0; i < count; i += RUN)
		insert(b + i * size, count - i < RUN ? count - i : RUN, size, cmp,
		       size % 8 ? swap_bytes : swap_words);
	for (size_t run = RUN; run < count; run *= 2)
		for (size_t i = 0; i + run < count; i += 2 * run) {
			size_t end = i + 2 * run < count ? i + 2 * run : count;

			merge(b + i * size, b + (i + run) * size, b + end * size, size, cmp);
		}
}
