// SPDX-License-Identifier: GPL-2.0-only
/* What min takes: texts, and whatever the engines of a target left, by any name. */
#include <string.h>

#include "inputs.h"
#include "min_headers.h"

/* Bytes of fuzzers have a NUL, in the header if nowhere else; texts have none. */
static bool is_bytes(const uint8_t *data, size_t size)
{
	return size && memchr(data, 0, size);
}

static bool names_family(const uint8_t *data)
{
	for (const struct family *const *f = families; *f; f++)
		if ((*f)->id == data[1])
			return true;
	return false;
}

bool min_input(struct scenario *s, const char *path, bool raw, const struct family *family)
{
	char err[SCENARIO_ERR];
	const uint8_t *data;
	size_t size;

	if (!strcmp(path, "-"))
		return input_load(s, path, raw);
	if (!scenario_read(path, &data, &size, err)) {
		cli_error("%s", err);
		return false;
	}
	if (!raw && !family && !is_bytes(data, size))
		return input_load(s, path, false);
	if (size < SCENARIO_HEADER || (!family && !names_family(data))) {
		cli_error("%s: %s", path, size < SCENARIO_HEADER ? "too short for a fuzzer's input" :
			  "names no family: --family FAMILY, that of the target");
		return false;
	}
	scenario_decode(s, family, data, size);
	return true;
}
