/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_ASM_SETUP_H
#define SHIM_ASM_SETUP_H

#include <asm/cpufeature.h>
#include <asm/io.h>
#include <linux/mm.h>
#include <linux/numa.h>
#include <uapi/asm/bootparam.h>

#define LOWMEMSIZE()	0x9f000
#define COMMAND_LINE_SIZE 2048

extern struct boot_params boot_params;

struct x86_init_ops {
	struct {
		char *(*memory_setup)(void);
	} resources;
};

extern struct x86_init_ops x86_init;

#endif
