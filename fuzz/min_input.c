// SPDX-License-Identifier: GPL-2.0-only
/* What min takes: texts, and whatever the engines of a target left, by any name. */
#include <string.h>

#include "inputs.h"
#include "min_headers.h"

bool min_input(struct scenario *s, const char *path, bool raw, const struct family *family)
{
	char err[SCENARIO_ERR];
	const uint8_t *data;
	size_t size;

	if (!strcmp(path, "-"))
		return input_load(s, path, raw);
	if (scenario_read(path, &data, &size, err)) {
		if (!raw && !family && !scenario_is_raw(data, size))
			return input_load(s, path, false);
		if (scenario_from_raw(s, path, family, data, size, err))
			return true;
	}
	cli_error("%s", err);
	return false;
}
