/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_MUTEX_H
#define SHIM_LINUX_MUTEX_H

/* Nothing here runs beside anything else: a lock that nobody holds. */
struct mutex {
	int shim_unused;
};

#define DEFINE_MUTEX(name)	struct mutex name

/* Since v6.5, as guard(mutex)(&lock): held until the block ends. */
#define guard(kind)		shim_guard_##kind

static inline void shim_guard_mutex(struct mutex *lock)
{
	(void)lock;
}

#endif
