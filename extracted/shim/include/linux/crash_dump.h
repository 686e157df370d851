/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_CRASH_DUMP_H
#define SHIM_LINUX_CRASH_DUMP_H

#include <linux/kernel.h>

#endif
