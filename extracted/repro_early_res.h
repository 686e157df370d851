/* SPDX-License-Identifier: GPL-2.0-only */
/* Reproducers of family early_res. */
#ifdef SUBJECT_CONFIG_MEMBLOCK
#include "early_res_memblock.c"
#else
#include "early_res.c"
#endif
#include "repro.h"
