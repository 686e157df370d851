/* SPDX-License-Identifier: GPL-2.0-only */
/* What fuzzers and targets leave where something was wrong. */
#ifndef FUZZ_CRASHES_H
#define FUZZ_CRASHES_H

#include "files.h"

/**
 * crashes_add() - a file as it is, or the inputs below a directory
 *
 * As files_add(), and of what afl-fuzz writes (a directory with fuzzer_stats, or with a queue) only
 * what is in its crashes* and hangs*, unless @path is below; of a bucket (bucket.h) and of what a
 * review wrote only raw.bin and scenario.scn. What a target says of X.bin in X.txt is passed over,
 * and so is afl-fuzz's README.txt.
 *
 * Return: true, or false with @err (at least 256 bytes): "PATH: what is wrong".
 */
bool crashes_add(struct files *files, const char *path, char *err);

/**
 * crash_subject() - what a target says in X.txt that X.bin ran on
 * @buf: receives its id, cut to @size; "" when it says nothing
 */
void crash_subject(char *buf, size_t size, const char *path);

#endif
