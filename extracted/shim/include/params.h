/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_PARAMS_H
#define SHIM_PARAMS_H

/* What a kernel file registers to be called later: parsers of the command line, initcalls. */

enum shim_registry {
	SHIM_EARLY_PARAM,	/* int fn(char *argument), called for "name=argument" */
	SHIM_CORE_INITCALL,	/* int fn(void) */
	SHIM_SETUP,		/* int fn(char *argument), called for "name" and what follows */
};

struct shim_registered {
	enum shim_registry registry;
	const char *name;
	void (*fn)(void);
	struct shim_registered *next;
};

void shim_register(struct shim_registered *entry);

#define SHIM_REGISTER(which, text, function)					\
static void __attribute__((constructor)) shim_register_##function(void)	\
{										\
	static struct shim_registered entry = {					\
		which, text, (void (*)(void))(function), 0			\
	};									\
										\
	shim_register(&entry);							\
}										\
struct shim_registered

#endif
