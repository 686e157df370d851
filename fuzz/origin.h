/* SPDX-License-Identifier: GPL-2.0-only */
/* A subject's kernel for readers elsewhere, to whom ids of this build mean nothing. */
#ifndef FUZZ_ORIGIN_H
#define FUZZ_ORIGIN_H

#include <stdio.h>

#include "contract/subject.h"

#define ORIGIN_TEXT	512	/* of a buffer for what origin_text() says */

/*
 * "Linux 6.12.117 (package linux-source-6.12 6.12.117-1) with 0001-x.patch applied"; trees and
 * repositories without their directories. What does not fit @size is cut.
 */
const char *origin_text(char *buf, size_t size, const struct subject *s);

/* How ci/repro is told of it: "debian:6.12 --patch 0001-x.patch", "git:DIR@0123456789ab", "tree:DIR". */
void origin_source(FILE *out, const struct subject *s);

/**
 * origin_patch() - patch number @n of those that were applied, from 0
 * @name: receives where its file's name begins
 * @sum: receives where its SHA-256 begins, 64 digits
 * Return: how long the name is; 0: there is no such patch.
 */
size_t origin_patch(const struct subject *s, unsigned int n, const char **name, const char **sum);

/* The kernel's files in it, and their SHA-256, two lines each. */
void origin_files(FILE *out, const struct subject *s);

#endif
