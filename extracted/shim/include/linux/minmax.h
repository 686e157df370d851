/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MINMAX_H
#define SHIM_LINUX_MINMAX_H

#define SHIM_PICK(a, op, b) \
	({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a op _b ? _a : _b; })

#define min(a, b)		SHIM_PICK(a, <, b)
#define max(a, b)		SHIM_PICK(a, >, b)
#define min_t(type, a, b)	SHIM_PICK((type)(a), <, (type)(b))
#define max_t(type, a, b)	SHIM_PICK((type)(a), >, (type)(b))
#define clamp(v, lo, hi)	min(max(v, lo), hi)

#endif
