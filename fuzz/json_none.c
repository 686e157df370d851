// SPDX-License-Identifier: GPL-2.0-only
/*
 * jansson where there is none: the 32-bit program. --json is refused there, nothing of this is
 * called for its result.
 */
#include <stdlib.h>

#include "json.h"

json_t *json_array(void)
{
	return NULL;
}

json_t *json_object(void)
{
	return NULL;
}

json_t *json_null(void)
{
	return NULL;
}

json_t *json_true(void)
{
	return NULL;
}

json_t *json_false(void)
{
	return NULL;
}

json_t *json_string(const char *value)
{
	(void)value;
	return NULL;
}

json_t *json_integer(json_int_t value)
{
	(void)value;
	return NULL;
}

json_t *json_pack(const char *fmt, ...)
{
	(void)fmt;
	return NULL;
}

int json_array_append_new(json_t *array, json_t *value)
{
	(void)array;
	(void)value;
	return -1;
}

int json_object_set_new(json_t *object, const char *key, json_t *value)
{
	(void)object;
	(void)key;
	(void)value;
	return -1;
}

int json_dump_callback(const json_t *json, json_dump_callback_t callback, void *data, size_t flags)
{
	(void)json;
	(void)callback;
	(void)data;
	(void)flags;
	return -1;
}

void json_delete(json_t *json)
{
	(void)json;
}

void json_set_alloc_funcs(json_malloc_t malloc_fn, json_free_t free_fn)
{
	(void)malloc_fn;
	(void)free_fn;
}
