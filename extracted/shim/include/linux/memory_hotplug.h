/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MEMORY_HOTPLUG_H
#define SHIM_LINUX_MEMORY_HOTPLUG_H

#include <linux/types.h>

#endif
