/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_INIT_H
#define SHIM_LINUX_INIT_H

/*
 * When code may be called is a precondition (legality) here, no section: the marks are empty.
 * What a kernel file registers for later is registered with the shim, see params.h.
 */
#include <linux/compiler.h>
#include <linux/types.h>

#include "params.h"

#define __init
#define __initdata
#define __initconst
#define __exit
#define __ref
#define __refdata
#define __meminit
#define __meminitdata
#define __read_mostly
#define __ro_after_init

#define early_param(name, fn)	SHIM_REGISTER(SHIM_EARLY_PARAM, name, fn)
#define core_initcall(fn)	SHIM_REGISTER(SHIM_CORE_INITCALL, #fn, fn)
#define __initcall(fn)		SHIM_REGISTER(SHIM_CORE_INITCALL, #fn, fn)
/* Of whole parameters, "name=". */
#define __setup(name, fn)	SHIM_REGISTER(SHIM_SETUP, name, fn)

#endif
