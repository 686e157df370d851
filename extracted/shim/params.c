// SPDX-License-Identifier: GPL-2.0-only
#include "include/params.h"

#include <string.h>

#include "shim.h"

/* Filled by constructors, before main(); unchanged since. */
static struct shim_registered *list SHIM_SCRATCH;

void shim_register(struct shim_registered *entry)
{
	entry->next = list;
	list = entry;
}

static struct shim_registered *find(enum shim_registry registry, const char *name)
{
	for (struct shim_registered *e = list; e; e = e->next)
		if (e->registry == registry && !strcmp(e->name, name))
			return e;
	return NULL;
}

bool shim_call_early_param(const char *name, char *argument, int *ret)
{
	struct shim_registered *e = find(SHIM_EARLY_PARAM, name);

	if (e)
		*ret = ((int (*)(char *))e->fn)(argument);
	return e;
}

bool shim_call_setup(const char *name, char *argument, int *ret)
{
	struct shim_registered *e = find(SHIM_SETUP, name);

	if (e)
		*ret = ((int (*)(char *))e->fn)(argument);
	return e;
}

bool shim_call_initcall(const char *name, int *ret)
{
	struct shim_registered *e = find(SHIM_CORE_INITCALL, name);

	if (e)
		*ret = ((int (*)(void))e->fn)();
	return e;
}
