// SPDX-License-Identifier: GPL-2.0-only
/* Which subjects a command means, and which quirks are known there. */
#include <string.h>

#include "cli.h"
#include "contract/model.h"

static const struct subject *find(const struct subject *const *all, const char *id)
{
	for (; *all; all++)
		if (!strcmp((*all)->id, id))
			return *all;
	return NULL;
}

const struct subject *cli_subject(const char *id)
{
	const struct subject *s = find(subjects, id);

	return s ? s : find(canaries, id);
}

bool choose_subject(struct choice_of_subjects *c, const char *id)
{
	const struct subject *s = cli_subject(id);

	if (!s) {
		cli_error("unknown subject '%s' (`earlyfuzz list subjects` names them)", id);
		return false;
	}
	if (c->nr == CLI_SUBJECTS_MAX) {
		cli_error("more than %d subjects", CLI_SUBJECTS_MAX);
		return false;
	}
	c->id[c->nr++] = s;
	return true;
}

bool choose_kernel(struct choice_of_subjects *c, const char *id)
{
	for (const struct subject *const *s = subjects; *s; s++) {
		if (subject_of_kernel(*s, id)) {
			if (c->nr_kernels == CLI_SUBJECTS_MAX) {
				cli_error("more than %d kernels", CLI_SUBJECTS_MAX);
				return false;
			}
			c->kernel[c->nr_kernels++] = id;
			return true;
		}
	}
	cli_error("unknown kernel '%s' (`earlyfuzz list subjects` names those that were built in)",
		  id);
	return false;
}

bool of_chosen_kernel(const struct choice_of_subjects *c, const struct subject *s)
{
	for (unsigned int i = 0; i < c->nr_kernels; i++)
		if (subject_of_kernel(s, c->kernel[i]))
			return true;
	return !c->nr_kernels;
}

static bool fits(const struct subject *subject, const struct scenario *s)
{
	return subject->family == s->family && config_runs(subject->config, s->config);
}

unsigned int chosen(const struct choice_of_subjects *c, const struct scenario *s,
		    const struct subject **out)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < c->nr; i++)
		if (fits(c->id[i], s))
			out[n++] = c->id[i];
	if (c->nr)
		return n;
	for (const struct subject *const *p = c->canaries ? canaries : subjects; *p; p++)
		if (n < CLI_SUBJECTS_MAX && fits(*p, s) && of_chosen_kernel(c, *p))
			out[n++] = *p;
	return n;
}

/* Why subjects of this family were left out of the build, appended to @text. */
static void add_left_out(char *text, size_t size, const struct family *family)
{
	size_t len = strlen(text);
	char begin[64];

	snprintf(begin, sizeof(begin), "subject %s@", family->name);
	for (const char *const *l = subjects_left_out; *l && len < size; l++)
		if (!strncmp(*l, begin, strlen(begin)))
			len += snprintf(text + len, size - len, "; %s", *l);
}

int nothing_chosen(const char *file, const struct scenario *s)
{
	char why[1024] = "";

	add_left_out(why, sizeof(why), s->family);
	return cli_error("%s: no subject for family %s in configuration %s among the chosen ones%s",
			 file, s->family->name, s->config->name, why);
}

bool strict_add(struct strictness *st, const char *quirk)
{
	if (!quirk) {
		st->all = true;
		return true;
	}
	for (const struct family *const *f = families; *f; f++) {
		if (model_quirk_by_id(model_of(*f), quirk) < 0)
			continue;
		if (st->nr == sizeof(st->id) / sizeof(st->id[0])) {
			cli_error("--strict: more than %u quirks", st->nr);
			return false;
		}
		st->id[st->nr++] = quirk;
		return true;
	}
	cli_error("--strict: unknown quirk '%s' (`earlyfuzz list quirks` names them)", quirk);
	return false;
}

uint64_t strict_quirks(const struct strictness *st, const struct subject *subject)
{
	const struct model *m = model_of(subject->family);
	uint64_t quirks = model_quirks_for(m, subject->version);

	if (st->all)
		return 0;
	for (unsigned int i = 0; i < st->nr; i++) {
		int q = model_quirk_by_id(m, st->id[i]);

		if (q >= 0)
			quirks &= ~(1ULL << q);
	}
	return quirks;
}

uint64_t finding_quirks(const struct finding *f, const struct subject *subject)
{
	const struct strictness own = { .id = { f->quirk }, .nr = 1 };

	return f->quirk[0] ? strict_quirks(&own, subject) : 0;
}
