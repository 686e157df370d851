// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "scenario.h"

bool scenario_header(const char *text, const char *key, char *buf, size_t size)
{
	size_t len = strlen(key);

	for (; *text; text += *text == '\n') {
		text += strspn(text, " \t\r");
		if (*text == '#') {
			const char *p = text + 1 + strspn(text + 1, " \t");

			if (!strncmp(p, key, len) && p[len] == ':') {
				size_t n;

				p += len + 1;
				p += strspn(p, " \t");
				n = strcspn(p, "\r\n");
				while (n && (p[n - 1] == ' ' || p[n - 1] == '\t'))
					n--;
				snprintf(buf, size, "%.*s", (int)n, p);
				return true;
			}
		} else if (*text && *text != '\n') {
			break; /* the header ends at the first line that says something */
		}
		text += strcspn(text, "\n");
	}
	return false;
}
