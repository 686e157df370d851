// SPDX-License-Identifier: GPL-2.0-only
#include "crash.h"
#include "crashes.h"

static bool load_text(struct crash *c, char *err)
{
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	struct finding f;

	if (!scenario_load(&c->s, c->path, false, err) || !finding_load(&f, c->path, err))
		return false;
	c->text = true;
	c->size = scenario_encode(&c->s, bytes, sizeof(bytes));
	c->raw = bytes;
	return strict_of_finding(&c->strict, &f, c->s.family, c->path, err);
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
	if (!scenario_is_raw(c->raw, c->size))
		return load_text(c, err);
	if (!scenario_from_raw(&c->s, c->path, family, c->raw, c->size, err))
		return false;
	crash_subject(id, sizeof(id), c->path);
	if (id[0])
		c->subject = cli_subject(id);
	if (c->subject && c->subject->family != c->s.family)
		c->subject = NULL;
	return true;
}
