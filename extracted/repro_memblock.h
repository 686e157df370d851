/* SPDX-License-Identifier: GPL-2.0-only */
/* Reproducers of family memblock. */
#include "memblock.c"
#include "repro.h"
