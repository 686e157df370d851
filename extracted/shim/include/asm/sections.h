/* SPDX-License-Identifier: GPL-2.0-only */
/* Included by kernel files that need nothing of it in the configuration here. */
#ifndef SHIM_ASM_SECTIONS_H
#define SHIM_ASM_SECTIONS_H
#endif
