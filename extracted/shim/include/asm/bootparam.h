/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_BOOTPARAM_H
#define SHIM_ASM_BOOTPARAM_H

#include <uapi/asm/bootparam.h>

#endif
