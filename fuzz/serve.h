/* SPDX-License-Identifier: GPL-2.0-only */
/* earlyfuzz32 at work for the 64-bit program: its subjects are run for who is at the other end. */
#ifndef FUZZ_SERVE_H
#define FUZZ_SERVE_H

#include "contract/subject.h"

/**
 * serve() - tell which subjects there are, and run them until the other side is gone
 * @fd: a socket
 * @all: the subjects, ended by NULL
 * @left_out: lines about those that could not be built, ended by NULL
 *
 * Return: true; false when the other side is not what it should be.
 */
bool serve(int fd, const struct subject *const *all, const char *const *left_out);

#endif
