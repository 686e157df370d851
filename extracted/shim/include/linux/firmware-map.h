/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_FIRMWARE_MAP_H
#define SHIM_LINUX_FIRMWARE_MAP_H

#include <linux/types.h>

int firmware_map_add_early(u64 start, u64 end, const char *type);

#endif
