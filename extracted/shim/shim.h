/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shim runtime: what stands in for the rest of the kernel. Every subject has a copy of its
 * own. Wrappers use it through this header; the kernel's files through shim/include/.
 *
 * All its state is reset with the subject, except what is marked SHIM_SCRATCH: buffers that are
 * only read as far as they were written since the reset.
 */
#ifndef SHIM_H
#define SHIM_H

#include "contract/subject.h"

/*
 * The section's name has dots: with a plain C identifier AddressSanitizer would leave out the
 * redzones. extracted/link-subject knows the name and keeps it out of the snapshot.
 */
#define SHIM_SCRATCH	__attribute__((__section__(".bss.shim_scratch")))

/* Calls of the shim that an op may make before it counts as a hang. */
#define SHIM_CALLS_MAX	1000000u

/* outcome.c */

typedef uint64_t shim_op(const struct op *op);

/**
 * shim_exec() - run @fn on @op, whatever becomes of it
 * @res: complete afterwards; @fn's value when it returned, else 0
 */
void shim_exec(shim_op *fn, const struct op *op, struct result *res);

/* End the op that runs now; does not return. */
void shim_abort(enum outcome outcome) __attribute__((__noreturn__));

/* Count a call of the shim; ends the op as OUT_HANG beyond SHIM_CALLS_MAX. */
void shim_tick(void);

/* Something was announced (enum announcement). */
void shim_say(unsigned int announcement);

/* A fingerprint of what was warned of once and is not again. */
uint64_t shim_once(void);

/* reset.c */
void shim_reset(void);
size_t shim_snapshot_size(void);
void shim_save(void *to);
void shim_restore(const void *from);
/* Copies across redzones, and counts as nothing. */
void shim_copy(void *to, const void *from, size_t size);

/* log.c */

/* What was printed since the op began: one line each, its level in front as in "<6>text". */
const char *shim_log(void);
/* Where that text ends. What reads it may look at so many bytes behind. */
#define SHIM_LOG_BEYOND	64
const char *shim_log_end(void);
void shim_log_clear(void);

/* format.c */

/**
 * shim_format() - write as the kernel's printf does
 * @at: where to write; no terminating 0 is written
 * @end: one past the last byte that may be written; what does not fit is cut off
 *
 * Return: one past the last byte written.
 */
char *shim_format(char *at, char *end, const char *fmt, __builtin_va_list given);

/* record.c */

/* Calls that a family wants to see, in their order. @type and @flags are the family's own. */
void shim_record(uint32_t type, uint64_t start, uint64_t size);
void shim_record_flags(uint32_t type, uint64_t start, uint64_t size, uint32_t flags);
void shim_recorded(struct table *t);
void shim_record_clear(void);

/* facts.c */

/**
 * shim_e820_facts() - the ranges that the log speaks of
 * @t: a row for each line below error level that states a range: its start, its size, its type
 *	by the name that is printed, and for "old ==> new" the new type as flags
 */
void shim_e820_facts(struct table *t);

/* memblock_facts.c */

/**
 * shim_memblock_facts() - what the log says of memblock, as rows of M_PRINTED
 * @slab: tables come from slab now, whose addresses are none
 */
void shim_memblock_facts(struct table *t, bool slab);

/* The regions in a file of debugfs, whose text is [@text, @end): flags = the node. */
void shim_memblock_file(struct table *t, const char *text, const char *end);

/* arena.c: physical memory */

/**
 * shim_arena() - physical memory [@phys, @phys + @size), to be read and written
 *
 * Pages that were not touched since the reset hold a pattern (and are uninitialised to
 * MemorySanitizer).
 *
 * Return: where it is, or NULL beyond the end of the arena.
 */
void *shim_arena(uint64_t phys, uint64_t size);

/* Where in physical memory @p lies, which shim_arena() gave. */
uint64_t shim_phys(const void *p);

/*
 * Each wrapper says how large its arena is, which then is there from the first reset on; 0: none.
 * The usual size is enough for what lies below 4 GiB.
 */
extern const uint64_t shim_arena_size;
#define SHIM_ARENA_SIZE	(1ULL << 32)
void shim_arena_reset(void);

#define SHIM_ARENA_PATTERN	0xd7	/* what fresh memory holds: nothing that looks like sense */

/* alloc.c: room for the kernel, undefined contents; NULL when there is none left */
void *shim_alloc(size_t size);
void *shim_alloc_zeroed(size_t size);
/* All of it comes back. */
void shim_alloc_clear(void);

/* parse.c: of which kernel, as LINUX_VERSION_CODE; the wrapper says it */
extern uint32_t shim_version;

/* format.c: its sizeof(phys_addr_t); 8 unless the wrapper says otherwise */
extern unsigned int shim_phys_bytes;

/* params.c: call what was registered under a name. Return: false when nothing was. */
bool shim_call_early_param(const char *name, char *argument, int *ret);
bool shim_call_setup(const char *name, char *argument, int *ret);
bool shim_call_initcall(const char *name, int *ret);

#endif
