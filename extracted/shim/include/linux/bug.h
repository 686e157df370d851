/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_BUG_H
#define SHIM_LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/printk.h>
#include <linux/types.h>

/* Both end the op as an outcome; neither returns. */
void panic(const char *fmt, ...) __noreturn;
void shim_bug(const char *file, int line) __noreturn;

/* Notes that a WARN was hit. */
void shim_warned(const char *file, int line);

/* Notes what is warned of once only: what shim_once() tells apart. */
void shim_done_once(int line);

#define BUG()		shim_bug(__FILE__, __LINE__)
#define BUG_ON(c)	do { if (unlikely(c)) BUG(); } while (0)
#define BUILD_BUG_ON(c)	_Static_assert(!(c), #c)

#define WARN_ON(c) ({					\
	bool _hit = !!(c);				\
							\
	if (unlikely(_hit))				\
		shim_warned(__FILE__, __LINE__);	\
	unlikely(_hit);					\
})

#define WARN(c, ...) ({					\
	bool _hit = WARN_ON(c);				\
							\
	if (_hit)					\
		printk(KERN_WARNING __VA_ARGS__);	\
	_hit;						\
})

/*
 * The flag is the subject's state: back to false at reset, as everything static. That it is set is
 * noted for searches over states.
 */
#define SHIM_ONCE(c, then) ({				\
	static bool _done;				\
	bool _now = !!(c);				\
							\
	if (_now && !_done) {				\
		_done = true;				\
		shim_done_once(__LINE__);		\
		then;					\
	}						\
	unlikely(_now);					\
})

#define WARN_ON_ONCE(c)		SHIM_ONCE(c, (void)WARN_ON(true))
#define WARN_ONCE(c, ...)	SHIM_ONCE(c, (void)WARN(true, __VA_ARGS__))

#endif
