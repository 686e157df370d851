// SPDX-License-Identifier: GPL-2.0-only
/* How an op ends: it returns, or panic(), BUG(), a fault or a hang end it by a jump. */
#include <linux/bug.h>

#include "../host/guard.h"
#include "sanitizer.h"
#include "shim.h"

/* __builtin_setjmp() needs five words; unlike sigsetjmp() it costs next to nothing. */
static void *env[5];
static enum outcome ended;
static unsigned int calls, said;

void shim_abort(enum outcome outcome)
{
	ended = outcome;
	guard_abort = NULL;
	shim_no_return();
	__builtin_longjmp(env, 1);
}

/* The jump's target must be a frame of its own that is still there. */
static __attribute__((__noinline__)) enum outcome run(shim_op *fn, const struct op *op,
						      uint64_t *value)
{
	if (__builtin_setjmp(env))
		return ended;
	guard_abort = shim_abort;
	*value = fn(op);
	guard_abort = NULL;
	return OUT_RETURN;
}

void shim_exec(shim_op *fn, const struct op *op, struct result *res)
{
	calls = 0;
	said = 0;
	shim_log_clear();
	shim_record_clear();
	guard_install();
	res->value = 0;
	res->outcome = run(fn, op, &res->value);
	res->said = said;
	if (res->outcome != OUT_RETURN)
		res->value = 0;
}

void shim_tick(void)
{
	if (++calls > SHIM_CALLS_MAX)
		shim_abort(OUT_HANG);
}

void shim_say(unsigned int announcement)
{
	said |= announcement;
}

void shim_warned(const char *file, int line)
{
	shim_say(SAID_WARN);
	printk(KERN_WARNING "WARNING: at %s:%d\n", file, line);
}

void shim_bug(const char *file, int line)
{
	printk(KERN_CRIT "kernel BUG at %s:%d!\n", file, line);
	shim_abort(OUT_BUG);
}

static uint64_t once;

void shim_done_once(int line)
{
	once += (uint64_t)line * 0x9e3779b97f4a7c15ULL;
}

uint64_t shim_once(void)
{
	return once;
}
