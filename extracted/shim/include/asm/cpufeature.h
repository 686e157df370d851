/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_CPUFEATURE_H
#define SHIM_ASM_CPUFEATURE_H

/* Pages of 4 MiB. */
#define X86_FEATURE_PSE		3

void setup_clear_cpu_cap(unsigned int bit);

#endif
