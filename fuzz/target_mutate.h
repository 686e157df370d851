/* SPDX-License-Identifier: GPL-2.0-only */
/* The structure-aware mutator in terms of bytes, for every engine. */
#ifndef FUZZ_TARGET_MUTATE_H
#define FUZZ_TARGET_MUTATE_H

#include "contract/family.h"
#include "scenario.h"

/* Scenarios beyond 64 ops find nothing that shorter ones do not, and cost speed: 16 + 64 * 56 */
#define TARGET_INPUT_MAX	3600

/* The family of this program or library (a compile-time choice). */
extern const struct family *const target_family;

/* Changes a text in place: its new length. As LLVMFuzzerMutate(), which has a dictionary. */
typedef size_t target_text_mutator(uint8_t *text, size_t size, size_t max_size);

/**
 * target_mutate() - mutate() on encoded scenarios
 * @data: any @size bytes
 * @other: another input to splice with; @other_size 0: none
 * @out: receives the canonical encoding, may be @data
 * @max_size: room in @out, bytes
 * @text_mutator: changes a text now and then, too; or NULL
 *
 * Return: bytes written; 0 when not even a header fits.
 */
size_t target_mutate(const uint8_t *data, size_t size, const uint8_t *other, size_t other_size,
		     uint8_t *out, size_t max_size, uint64_t seed,
		     target_text_mutator *text_mutator);

#endif
