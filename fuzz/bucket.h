/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Buckets: one directory for each signature, however many inputs show it.
 *
 *	raw.bin		the smallest input, as it was given (a text: its byte form)
 *	scenario.scn	minimized, with the headers of a finding
 *	report.txt	what is wrong, in fields and as `earlyfuzz repro --format text' tells it
 *	mail.txt	for a kernel list
 *	repro.c		for ci/repro
 *	inputs		how many have shown it
 *	hashes		of each of them, a line each: none counts twice
 *
 * A bucket appears whole. It has no mail.txt and repro.c, and its scenario is not minimized, where
 * the command was interrupted before that.
 */
#ifndef FUZZ_BUCKET_H
#define FUZZ_BUCKET_H

#include "cli.h"
#include "isolate.h"
#include "seen.h"
#include "signature.h"

/**
 * struct bucket - what is known of it while inputs are sorted
 * @strict: quirks that do not count as known; its ids live as long as the program
 * @verdict: over @bytes, the smallest input's scenario in byte form
 * @seen: inputs of this run that are not @again, @before: of runs before
 * @again: inputs that were counted already, in this run or before; @hashes: of all that were
 * @name: of the signature; where it is known, "~" and the quirk behind it
 * @quirk: the known wrong behaviour that it is, NULL: none
 * @ops: of the scenario that lies there
 */
struct bucket {
	char name[SIGNATURE_BUCKET];
	struct signature sig;
	struct strictness strict;
	struct verdict verdict;
	uint8_t *bytes, *raw;
	size_t size, raw_size;
	unsigned int nr_ops;
	unsigned long seen, before, again;
	struct seen hashes;
	const char *quirk;
	unsigned int ops;
};

/*
 * @dir: where they lie; NULL: nowhere, they are only counted
 * @progress: told while one is minimized, as struct min has it; NULL: it is not
 */
struct buckets {
	const char *dir;
	struct bucket *bucket;
	size_t nr, room;
	void (*progress)(unsigned int ops, unsigned long tries);
};

/**
 * bucket_add() - one more input that shows @sig
 * @quirk: the known wrong behaviour that it is; NULL: none. Such ones are a bucket of their own
 * @raw: its bytes as they were; those that have been counted already do not count again
 *
 * The first one of a bucket is written to its directory at once, unless that is there already.
 * Return: false after one line on standard error.
 */
bool bucket_add(struct buckets *all, const struct signature *sig, const struct scenario *s,
		const struct verdict *v, const struct strictness *strict, const char *quirk,
		const uint8_t *raw, size_t raw_size);

/**
 * bucket_finish() - minimize, write the whole of it; not without a directory
 *
 * What lies there already stays if it is not larger; then only the number of inputs changes.
 * Return: false after one line on standard error; also when interrupted, then without a line.
 */
bool bucket_finish(struct buckets *all, struct bucket *b, struct isolate *iso);

/**
 * bucket_known() - the quirk that predicts what @s shows on @subject where @quirks are expected
 *
 * Return: its id; NULL: there is none, it is new (or a planted bug).
 */
const char *bucket_known(struct isolate *iso, const struct subject *subject,
			 const struct scenario *s, const struct verdict *v, uint64_t quirks);

/* Only the numbers of inputs: after an interruption. */
void buckets_count(const struct buckets *all);

/* The worst first (finding_rank()). */
void buckets_sort(struct buckets *all);

void buckets_free(struct buckets *all);

#endif
