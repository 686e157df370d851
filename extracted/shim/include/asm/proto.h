/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_PROTO_H
#define SHIM_ASM_PROTO_H

#include <asm/setup.h>

#endif
