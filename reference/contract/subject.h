/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A subject: kernel files, wrapper and shim runtime of one kernel in one configuration, linked
 * into one object whose only global symbol is its struct subject. fuzz/ reaches a kernel through
 * this structure alone.
 */
#ifndef CONTRACT_SUBJECT_H
#define CONTRACT_SUBJECT_H

#include "family.h"

/**
 * struct subject - one kernel in one configuration
 * @id: FAMILY@KERNEL or FAMILY@KERNEL+CONFIG, for instance "e820@debian-6.12+small"
 * @kernel: the kernel's id, for instance "debian-6.12"
 * @version: LINUX_VERSION_CODE-like number: (major << 16) + (minor << 8) + min(patch, 255)
 * @release: the version as the kernel's Makefile states it, "6.12.117"
 * @provenance: one "PATH SHA256" a line, of the kernel's files in this subject; its first line is
 *	the origin
 * @planted: name of a planted bug (canary), or NULL for a kernel as released
 * @reset: everything back to what it was at program start. No errors.
 * @exec: run one op (its tokens follow it in the array). The result is complete whatever happens:
 *	panics, BUGs, unmapped accesses and hangs come back as outcomes.
 * @observe: the tables as they are now; the rows stay valid until the next call into the subject.
 *	Tables of kind TABLE_REPORT hold what the last exec() reported, unless the family says
 *	otherwise.
 * @log: what the kernel printed during the last exec(), for people; never compared
 * @expect: the verdict kind (verdict_name()) that a planted bug must get, or NULL
 * @lacks: ops that this kernel does not have, a bit mask by op id; running them does nothing
 * @snapshot_size: bytes that @save needs; 0: save and restore are not there
 * @save: copy everything that @reset would restore to the caller's buffer, as it is now
 * @restore: back to what a save of the same process wrote (for state searches; arena pages
 *	excepted)
 * @hidden: fingerprint of what no table shows and later ops depend on, for state searches; NULL:
 *	nothing
 */
struct subject {
	const char *id;
	const char *kernel;
	const char *release;
	const char *provenance;
	const char *planted;
	const char *expect;
	const struct family *family;
	const struct config_desc *config;
	uint32_t version;
	uint64_t lacks;
	void (*reset)(void);
	void (*exec)(const struct op *op, struct result *res);
	void (*observe)(struct state *st);
	const char *(*log)(void);
	size_t snapshot_size;
	void (*save)(void *to);
	void (*restore)(const void *from);
	uint64_t (*hidden)(void);
};

/* All subjects that were built in, ended by NULL (generated at build time). */
extern const struct subject *const subjects[];

/* Those that could not be built, ended by NULL: "subject ID left out: why", one line each. */
extern const char *const subjects_left_out[];

/* Subjects with a planted bug, ended by NULL: never among subjects[]. */
extern const struct subject *const canaries[];

/**
 * subject_interrupt() - end the op that runs now as OUT_HANG
 *
 * For a signal handler (the watchdog's). Does nothing and returns when no op is running, else
 * does not return.
 */
void subject_interrupt(void);

#endif
