/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_ACPI_H
#define SHIM_LINUX_ACPI_H

#include <linux/types.h>

int acpi_nvs_register(u64 start, u64 size);

#endif
