/* SPDX-License-Identifier: GPL-2.0-only */
/* How much physical memory a subject of family early_res has: all that can be mapped. */
#ifndef EARLY_RES_WINDOW_H
#define EARLY_RES_WINDOW_H

#include "contract/early_res.h"

#ifdef EARLYFUZZ_VALGRIND	/* which has no room for several windows of 64 GiB */
#define EARLY_RES_WINDOW	(8ULL << 30)
#else
#define EARLY_RES_WINDOW	(EARLY_RES_MAPPED_MAX * EARLY_RES_PAGE)
#endif

#endif
