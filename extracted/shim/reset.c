// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reset: the subject's own sections back to what they were at program start.
 *
 * The section bounds come from extracted/link-subject, which renames every writable section.
 * The copy is made by the processor's string instructions: no sanitizer sees it (it crosses
 * redzones), no fuzzer counts it and it is no call that could be intercepted.
 */
#include <sys/mman.h>

#include "host/guard.h"
#include "sanitizer.h"
#include "shim.h"

extern char subject_data_start[], subject_data_end[], subject_bss_start[], subject_bss_end[];

/* The state at program start; where the copy lies must survive the reset. */
static char *data_copy SHIM_SCRATCH, *bss_copy SHIM_SCRATCH;
static bool taken SHIM_SCRATCH;

static inline void copy_bytes(void *to, const void *from, size_t size)
{
	__asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

void shim_copy(void *to, const void *from, size_t size)
{
	copy_bytes(to, from, size);
}

static inline void zero_bytes(void *to, size_t size)
{
	__asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(0) : "memory");
}

static size_t data_size(void)
{
	return subject_data_end - subject_data_start;
}

static size_t bss_size(void)
{
	return subject_bss_end - subject_bss_start;
}

/* Crosses redzones: not for AddressSanitizer's eyes. */
static __attribute__((__no_sanitize_address__, __noinline__))
bool all_zero(const volatile char *at, size_t size)
{
	while (size--)
		if (*at++)
			return false;
	return true;
}

static char *keep(const char *start, size_t size)
{
	void *p = mmap(NULL, size + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		guard_no_memory("the state at program start", size + 1);
	copy_bytes(p, start, size);
	return p;
}

/* What is all zero at the start (nearly all of it) needs no copy to come back. */
static void take(void)
{
	data_copy = keep(subject_data_start, data_size());
	if (!all_zero(subject_bss_start, bss_size()))
		bss_copy = keep(subject_bss_start, bss_size());
	taken = true;
}

static void defined(void)
{
	shim_defined(subject_data_start, data_size());
	shim_defined(subject_bss_start, bss_size());
}

void shim_reset(void)
{
	if (!taken)
		take();
	shim_arena_reset();
	copy_bytes(subject_data_start, data_copy, data_size());
	if (bss_copy)
		copy_bytes(subject_bss_start, bss_copy, bss_size());
	else
		zero_bytes(subject_bss_start, bss_size());
	defined();
}

size_t shim_snapshot_size(void)
{
	return data_size() + bss_size();
}

void shim_save(void *to)
{
	copy_bytes(to, subject_data_start, data_size());
	copy_bytes((char *)to + data_size(), subject_bss_start, bss_size());
	shim_defined(to, shim_snapshot_size());
}

void shim_restore(const void *from)
{
	if (!taken)
		take();
	copy_bytes(subject_data_start, from, data_size());
	copy_bytes(subject_bss_start, (const char *)from + data_size(), bss_size());
	defined();
}
