/* SPDX-License-Identifier: GPL-2.0-only */
/* Included by kernel files that need nothing of it in the configuration here. */
#ifndef SHIM_LINUX_POISON_H
#define SHIM_LINUX_POISON_H
#endif
