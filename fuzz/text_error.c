// SPDX-License-Identifier: GPL-2.0-only
/* One clear line: file:line:column: what is wrong, what was expected. */
#include <stdarg.h>
#include <string.h>

#include "text.h"

#define FILE_NAME_MAX 100 /* of a longer file name the end is shown: there the name is */

bool text_fail(const struct text_error *e, unsigned int column, const char *fmt, ...)
{
	size_t len = strlen(e->file);
	bool cut = len > FILE_NAME_MAX;
	va_list ap;
	int n;

	n = snprintf(e->buf, SCENARIO_ERR, "%s%s:%u:%u: ", cut ? "..." : "",
		     cut ? e->file + len - FILE_NAME_MAX : e->file, e->line, column);
	va_start(ap, fmt);
	vsnprintf(e->buf + n, SCENARIO_ERR - n, fmt, ap);
	va_end(ap);
	return false;
}

void text_expected(const struct text_error *e, const char *lead,
		   const char *(*name_at)(const void *arg, unsigned int i), const void *arg)
{
	const char *sep = "", *name;
	size_t used = strlen(e->buf);

	used += snprintf(e->buf + used, SCENARIO_ERR - used, ", expected %s", lead);
	if (used > SCENARIO_ERR - 1)
		used = SCENARIO_ERR - 1;

	for (unsigned int i = 0; (name = name_at(arg, i)); i++) {
		if (!*name)
			continue;
		if (used + strlen(sep) + strlen(name) + sizeof(", ...") > SCENARIO_ERR) {
			snprintf(e->buf + used, SCENARIO_ERR - used, ", ...");
			return;
		}
		used += snprintf(e->buf + used, SCENARIO_ERR - used, "%s%s", sep, name);
		sep = ", ";
	}
}
