// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "contract/model.h"
#include "files.h"
#include "inputs.h"

bool input_load(struct scenario *s, const char *path, bool raw)
{
	char err[SCENARIO_ERR];

	if (scenario_load(s, path, raw, err))
		return true;
	cli_error("%s", err);
	return false;
}

/* The finding's quirk must be one of its family's model: a stale name would never be noticed. */
static bool finding_valid(const struct finding *f, const char *path, const struct scenario *s)
{
	if (f->op >= (int)s->nr) {
		cli_error("%s: header says op %d, the scenario has %u", path, f->op, s->nr);
		return false;
	}
	if (!f->quirk[0] || model_quirk_by_id(model_of(s->family), f->quirk) >= 0)
		return true;
	cli_error("%s: unknown quirk '%s' (`earlyfuzz list quirks` names them)", path, f->quirk);
	return false;
}

static bool load(struct input *in, const char *path, bool raw)
{
	static struct scenario s;
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	struct finding f = { 0 };
	char err[SCENARIO_ERR];

	if (!input_load(&s, path, raw))
		return false;
	/* standard input has been read; what came from there is no finding */
	if (!raw && strcmp(path, "-") && !finding_load(&f, path, err)) {
		cli_error("%s", err);
		return false;
	}
	if (f.is && !finding_valid(&f, path, &s))
		return false;
	memset(in, 0, sizeof(*in));
	in->size = scenario_encode(&s, bytes, sizeof(bytes));
	in->bytes = malloc(in->size);
	in->path = strdup(path);
	in->finding = f.is ? malloc(sizeof(f)) : NULL;
	if (!in->bytes || !in->path || (f.is && !in->finding)) {
		cli_error("%s: out of memory", path);
		return false;
	}
	memcpy(in->bytes, bytes, in->size);
	if (f.is)
		*in->finding = f;
	return true;
}

bool inputs_load(struct inputs *in, const char *path, bool raw)
{
	struct files files = { 0 };
	char err[SCENARIO_ERR];
	bool ok = files_add(&files, path, err);

	if (!ok)
		cli_error("%s", err);
	for (size_t i = 0; ok && i < files.nr; i++) {
		if (in->nr == in->room) {
			size_t room = in->room ? 2 * in->room : 64;
			struct input *more = realloc(in->input, room * sizeof(*more));

			if (!more) {
				cli_error("%s: out of memory", path);
				ok = false;
				break;
			}
			in->input = more;
			in->room = room;
		}
		ok = load(&in->input[in->nr], files.path[i], raw);
		in->nr += ok;
	}
	files_free(&files);
	return ok;
}

void input_scenario(const struct input *in, struct scenario *s)
{
	scenario_decode(s, NULL, in->bytes, in->size);
}

void inputs_free(struct inputs *in)
{
	for (size_t i = 0; i < in->nr; i++) {
		free(in->input[i].path);
		free(in->input[i].bytes);
		free(in->input[i].finding);
	}
	free(in->input);
	memset(in, 0, sizeof(*in));
}
