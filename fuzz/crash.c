// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/model.h"
#include "crash.h"
#include "crashes.h"

/* Texts begin with a printable character; bytes of fuzzers seldom, and then they have a NUL. */
static bool is_text(const uint8_t *data, size_t size)
{
	return size && data[0] != SCENARIO_VERSION && !memchr(data, 0, size);
}

static bool load_text(struct crash *c, char *err)
{
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	struct finding f;

	if (!scenario_load(&c->s, c->path, false, err) || !finding_load(&f, c->path, err))
		return false;
	c->text = true;
	c->size = scenario_encode(&c->s, bytes, sizeof(bytes));
	c->raw = bytes;
	if (f.is && !c->strict.nr && !c->strict.all) {
		int i = model_quirk_by_id(model_of(c->s.family), f.quirk);

		c->strict.all = i < 0;
		if (i >= 0)
			strict_add(&c->strict, model_of(c->s.family)->quirks[i].id);
	}
	return true;
}

/* Does the header name a family, so that the bytes mean something without the target? */
static bool names_family(const uint8_t *data)
{
	for (unsigned int i = 0; families[i]; i++)
		if (families[i]->id == data[1])
			return true;
	return false;
}

bool crash_load(struct crash *c, const struct family *family, const struct strictness *strict,
		char *err)
{
	char id[128];

	c->strict = *strict;
	c->subject = NULL;
	c->text = false;
	if (!scenario_read(c->path, &c->raw, &c->size, err))
		return false;
	if (is_text(c->raw, c->size))
		return load_text(c, err);
	if (c->size < SCENARIO_HEADER || (!family && !names_family(c->raw))) {
		snprintf(err, SCENARIO_ERR, "%.200s: %s", c->path,
			 c->size < SCENARIO_HEADER ? "too short for an input" :
			 "names no family (--family)");
		return false;
	}
	scenario_decode(&c->s, family, c->raw, c->size);
	crash_subject(id, sizeof(id), c->path);
	if (id[0])
		c->subject = cli_subject(id);
	if (c->subject && c->subject->family != c->s.family)
		c->subject = NULL;
	return true;
}

