/* SPDX-License-Identifier: GPL-2.0-only */
/* A verdict in the words of those who know the kernel and not this suite. */
#ifndef FUZZ_WORDS_H
#define FUZZ_WORDS_H

#include "repro.h"

#define WORDS_SIZE	96	/* of a buffer for a size or a result in words */
#define WORDS_TITLE	256	/* of a buffer for a title */
#define WORDS_SUBSYSTEM	32

/*
 * "4 KiB", "999.0 MiB", "17 bytes"; "2^64 bytes" for 0, as the size of a row that has the whole
 * address space. @buf: WORDS_SIZE bytes.
 */
const char *words_size(char *buf, uint64_t bytes);

/* What the subject of a mail begins with: "mm/memblock.c" is "memblock", in arch/x86 "x86/e820". */
const char *words_subsystem(char *buf, const struct family *f);

/* What goes wrong, in half a line that begins with the function. @buf: WORDS_TITLE bytes. */
const char *words_title(char *buf, const struct repro *r);

/* "returns 0x1, prints an error". @buf: WORDS_SIZE bytes. */
const char *words_result(char *buf, const struct result *r);

/* Did the process die, so that the op has no result? */
bool words_of_death(enum verdict_kind kind);

/* What the verdict means, in sentences. */
const char *words_meaning(enum verdict_kind kind);

/* Who can bring it about, in sentences. */
const char *words_who(enum legality l);

/**
 * struct damage - memory that deviates in one table, after the op
 * @bytes: how many, all intervals together; 0 stands for all of the address space
 * @pages: pages of 4 KiB that they touch
 * @intervals: how many there are
 */
struct damage {
	uint64_t bytes, pages;
	unsigned int intervals;
};

/**
 * words_damage() - how much is lost, or there too often
 *
 * Of the verdict's type: what the record expected to be covered more often (less, where the
 * verdict is not about loss) than it is; at least the verdict's own interval, which is the first.
 * Return: false when the verdict is not about memory.
 */
bool words_damage(const struct repro *r, struct damage *d);

#endif
