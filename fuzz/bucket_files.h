/* SPDX-License-Identifier: GPL-2.0-only */
/* The directories of buckets. */
#ifndef FUZZ_BUCKET_FILES_H
#define FUZZ_BUCKET_FILES_H

#include "bucket.h"

/* How many inputs runs before have counted; 0: there is no such bucket. */
unsigned long bucket_inputs(const char *dir, const char *name);

/* Add those of inputs that runs before have counted to @hashes; false when memory lacks. */
bool bucket_hashes(const char *dir, const char *name, struct seen *hashes);

/* The number of inputs and their hashes alone; false after one line on standard error. */
bool bucket_write_inputs(const char *dir, const struct bucket *b);

/* The first of it, not minimized; false after one line on standard error. */
bool bucket_write_first(const char *dir, const struct bucket *b);

#endif
