// SPDX-License-Identifier: GPL-2.0-only
#include <stdbool.h>
#include <string.h>

#include "scenario.h"
#include "story.h"

/* Headers (finding.h) are no story. */
static bool is_header(const char *at)
{
	static const char *const keys[] = {
		"expect:", "op:", "kernels:", "quirk:", "quirks:", "legality:", "planted:",
	};

	for (unsigned int i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strncmp(at, keys[i], strlen(keys[i])))
			return true;
	return false;
}

static void add(char *to, const char *sep, const char *from, size_t len)
{
	size_t have = strlen(to), room = STORY_MAX - 1 - have;

	if (strlen(sep) + len > room)
		return;
	strcat(to, have ? sep : "");
	strncat(to, from, len);
}

void story_read(struct story *s, const char *text)
{
	bool first = true, broken = false;
	char *to = s->what;

	memset(s, 0, sizeof(*s));
	for (; *text == '#' || *text == '\n'; text += *text == '\n') {
		size_t len = strcspn(text, "\n"), skip = *text == '#';

		while (skip < len && (text[skip] == ' ' || text[skip] == '\t'))
			skip++;
		if (skip == len) {
			broken = true;
		} else if (!is_header(text + skip) && !first) {
			if (!strncmp(text + skip, "Contract:", 9)) {
				to = s->contract;
				skip += 9 + strspn(text + skip + 9, " \t");
			} else if (!strncmp(text + skip, "Searched", 8)) {
				to = s->searched;
			}
			add(to, broken ? "\n" : " ", text + skip, len - skip);
			broken = false;
		} else if (!is_header(text + skip)) {
			first = false;
		}
		text += len;
	}
}

void story_load(struct story *s, const char *path)
{
	char err[SCENARIO_ERR];
	const uint8_t *data;
	size_t size;

	memset(s, 0, sizeof(*s));
	if (strcmp(path, "-") && scenario_read(path, &data, &size, err) && size &&
	    data[0] != SCENARIO_VERSION)
		story_read(s, (const char *)data);
}
