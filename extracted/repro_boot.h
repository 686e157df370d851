/* SPDX-License-Identifier: GPL-2.0-only */
/* Reproducers of family boot. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(2, 6, 37)
#include "boot_memblock.c"
#else
#include "boot_early_res.c"
#endif
#include "repro.h"
