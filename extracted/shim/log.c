// SPDX-License-Identifier: GPL-2.0-only
/* printk and panic: into a log of fixed size, from which facts.c reads facts on demand. */
#include <linux/bug.h>
#include <linux/printk.h>
#include <stdarg.h>

#include "shim.h"

#define LEVEL_ERR	3
#define LEVEL_WARNING	4	/* also of what states no level */

/* A full table of 320 entries prints 30 KiB, a command line of a thousand items 80 KiB. */
static char text[128 * 1024 + SHIM_LOG_BEYOND] SHIM_SCRATCH;
static unsigned int used;

static const char cut[] = "<4>(the log is full: the rest was dropped)\n";

#define TEXT_END	(text + sizeof(text) - SHIM_LOG_BEYOND - sizeof(cut))

const char *shim_log(void)
{
	text[used] = '\0';
	return text;
}

const char *shim_log_end(void)
{
	return text + used;
}

void shim_log_clear(void)
{
	used = 0;
}

static bool in_line(void)
{
	return used && text[used - 1] != '\n';
}

/* The level of a message; @fmt moves behind it. 'c': continues a line. */
static int take_level(const char **fmt)
{
	int level = '0' + LEVEL_WARNING;

	if (**fmt == KERN_SOH[0] && (*fmt)[1]) {
		level = (unsigned char)(*fmt)[1];
		*fmt += 2;
	}
	return level;
}

static void begin_line(int level)
{
	char *at = text + used;

	if (in_line())
		*at++ = '\n';
	*at++ = '<';
	*at++ = level;
	*at++ = '>';
	used = at - text;
}

static void say_level(int level)
{
	if (level <= '0' + LEVEL_ERR)
		shim_say(SAID_ERROR);
	else if (level == '0' + LEVEL_WARNING)
		shim_say(SAID_WARNING);
}

static void append(const char *fmt, va_list args)
{
	used = shim_format(text + used, TEXT_END, fmt, args) - text;
	if (text + used >= TEXT_END) {
		__builtin_memcpy(text + used, cut, sizeof(cut) - 1);
		used = TEXT_END + sizeof(cut) - 1 - text;
	}
}

static void vprint(const char *fmt, va_list args)
{
	int level = take_level(&fmt);

	if (level == 'c' && !in_line())
		level = '0' + LEVEL_WARNING;
	if (level != 'c')
		say_level(level);
	/* room for "\n<0>" in front */
	if (text + used + 4 >= TEXT_END)
		return;
	if (level != 'c')
		begin_line(level);
	append(fmt, args);
}

int printk(const char *fmt, ...)
{
	va_list args;

	shim_tick();
	va_start(args, fmt);
	vprint(fmt, args);
	va_end(args);
	return 0;
}

void panic(const char *fmt, ...)
{
	va_list args;

	printk(KERN_EMERG "Kernel panic - not syncing: ");
	va_start(args, fmt);
	append(fmt, args);
	va_end(args);
	shim_abort(OUT_PANIC);
}

/* At the level of what states none, as the kernel's. */
void dump_stack(void)
{
	printk(KERN_WARNING "Call Trace:\n");
}
