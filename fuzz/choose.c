// SPDX-License-Identifier: GPL-2.0-only
/* Which subjects a command means, and which quirks are known there. */
#include <stdlib.h>
#include <string.h>

#include "bits32.h"
#include "cli.h"
#include "contract/model.h"

#define ALL_MAX	1024	/* subjects of both programs */

static const struct subject *find(const struct subject *const *all, const char *id)
{
	for (; *all; all++)
		if (!strcmp((*all)->id, id))
			return *all;
	return NULL;
}

/* As earlyfuzz32's subjects are called. */
static bool is_of_32_bits(const char *id)
{
	return strstr(id, "+x86_32");
}

const struct subject *const *all_subjects(void)
{
	static const struct subject *all[ALL_MAX + 1];
	const struct subject *const *const lists[] = { subjects, bits32_subjects() };
	unsigned int n = 0;

	for (unsigned int i = 0; i < 2; i++)
		for (const struct subject *const *p = lists[i]; *p && n < ALL_MAX; p++)
			all[n++] = *p;
	return all;
}

const struct subject *cli_subject(const char *id)
{
	const struct subject *s = find(subjects, id);

	if (!s)
		s = find(canaries, id);
	if (!s && is_of_32_bits(id))
		s = find(bits32_subjects(), id);
	return s;
}

int unknown_subject(const char *id)
{
	const char *why = NULL;

	if (is_of_32_bits(id))
		why = bits32_broken() ? bits32_broken() : bits32_missing();
	if (why)
		return cli_error("subject '%s' cannot be run: %s", id, why);
	return cli_error("unknown subject '%s' (`earlyfuzz list subjects` names them)", id);
}

bool choose_subject(struct choice_of_subjects *c, const char *id)
{
	const struct subject *s = cli_subject(id);

	if (!s) {
		unknown_subject(id);
		return false;
	}
	if (c->nr == CLI_SUBJECTS_MAX) {
		cli_error("more than %d subjects", CLI_SUBJECTS_MAX);
		return false;
	}
	if (c->here && bits32_has(s)) {
		cli_error("subject '%s' is one of earlyfuzz32: call that program", id);
		return false;
	}
	c->id[c->nr++] = s;
	return true;
}

static bool any_of_kernel(const struct subject *const *all, const char *id)
{
	for (; *all; all++)
		if (subject_of_kernel(*all, id))
			return true;
	return false;
}

bool choose_kernel(struct choice_of_subjects *c, const char *id)
{
	if (!any_of_kernel(subjects, id) && (c->here || !any_of_kernel(bits32_subjects(), id))) {
		cli_error("unknown kernel '%s' (`earlyfuzz list subjects` names those that were "
			  "built in)", id);
		return false;
	}
	if (c->nr_kernels == CLI_SUBJECTS_MAX) {
		cli_error("more than %d kernels", CLI_SUBJECTS_MAX);
		return false;
	}
	c->kernel[c->nr_kernels++] = id;
	return true;
}

static const char *const words_names[WORDS] = {
	[WORDS_64] = "64", [WORDS_32] = "32", [WORDS_32_PAE] = "32pae",
};

const char *words_name(enum words w)
{
	return words_names[w];
}

enum words subject_words(const struct subject *s)
{
	if (s->config->long_bits != 32)
		return WORDS_64;
	return s->config->phys_bits == 32 ? WORDS_32 : WORDS_32_PAE;
}

bool choose_words(struct choice_of_subjects *c, const char *name)
{
	for (unsigned int w = 0; w < WORDS; w++)
		if (!strcmp(words_names[w], name)) {
			c->words |= 1u << w;
			return true;
		}
	cli_error("--bits: unknown '%s', expected 64, 32 or 32pae", name);
	return false;
}

static bool of_chosen_words(const struct choice_of_subjects *c, enum words w)
{
	return !c->words || c->words >> w & 1;
}

/* Does it ask for subjects of earlyfuzz32 without naming any? */
static bool wants_32_bits(const struct choice_of_subjects *c)
{
	return c->both && !c->canaries && !c->nr &&
	       (of_chosen_words(c, WORDS_32) || of_chosen_words(c, WORDS_32_PAE));
}

bool chosen_are_there(const struct choice_of_subjects *c)
{
	const char *why;

	for (unsigned int i = 0; i < c->nr; i++)
		if (!of_chosen_words(c, subject_words(c->id[i]))) {
			cli_error("subject '%s' is none of those that --bits asks for",
				  c->id[i]->id);
			return false;
		}
	if (!wants_32_bits(c))
		return true;
	why = bits32_broken();
	if (!why && !of_chosen_words(c, WORDS_64))
		why = bits32_missing();
	if (why) {
		cli_error("%s", why);
		return false;
	}
	return true;
}

void tell_what_is_missing(const struct choice_of_subjects *c)
{
	const char *why = wants_32_bits(c) ? bits32_missing() : NULL;

	if (why && why[0] != '$')	/* there, it was asked for */
		cli_error("64-bit subjects only: %s", why);
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

/* Those of @all that are meant, behind the @n that are in @out; returns how many are there then. */
static unsigned int add_chosen(const struct choice_of_subjects *c, const struct scenario *s,
			       const struct subject *const *all, const struct subject **out,
			       unsigned int n)
{
	for (; *all; all++)
		if (n < CLI_SUBJECTS_MAX && fits(*all, s) && of_chosen_kernel(c, *all) &&
		    of_chosen_words(c, subject_words(*all)))
			out[n++] = *all;
	return n;
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
	n = add_chosen(c, s, c->canaries ? canaries : subjects, out, n);
	if (wants_32_bits(c))
		n = add_chosen(c, s, bits32_subjects(), out, n);
	return n;
}

static bool comes_before(const struct subject *a, const struct subject *b)
{
	bool kernel_a = strtoul(a->release, NULL, 10), kernel_b = strtoul(b->release, NULL, 10);
	bool bits_a = subject_words(a) == WORDS_64, bits_b = subject_words(b) == WORDS_64;
	bool own_a = !subject_variant(a), own_b = !subject_variant(b);

	if (kernel_a != kernel_b)
		return kernel_a;
	if (bits_a != bits_b)
		return bits_a;
	if (own_a != own_b)
		return own_a;
	return a->version > b->version;
}

void chosen_newest_first(const struct subject **fit, unsigned int nr)
{
	for (unsigned int i = 1; i < nr; i++) {
		const struct subject *s = fit[i];
		unsigned int at = i;

		for (; at && comes_before(s, fit[at - 1]); at--)
			fit[at] = fit[at - 1];
		fit[at] = s;
	}
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

bool strict_of_finding(struct strictness *st, const struct finding *f, const struct family *family,
		       const char *path, char *err)
{
	const struct model *m = model_of(family);
	int q;

	if (!f->is || st->all || st->nr)
		return true;
	if (!f->quirk[0] && f->quirks_expected)
		return true;
	if (!f->quirk[0])
		return strict_add(st, NULL);
	q = model_quirk_by_id(m, f->quirk);
	if (q >= 0)
		return strict_add(st, m->quirks[q].id);
	snprintf(err, SCENARIO_ERR, "%.100s: unknown quirk '%s' (`earlyfuzz list quirks` names them)",
		 path, f->quirk);
	return false;
}

bool choose_option(int c, struct choice_of_subjects *choice, struct strictness *strict)
{
	switch (c) {
	case 's':
		return choose_subject(choice, optarg);
	case 'k':
		return choose_kernel(choice, optarg);
	case 'b':
		return choose_words(choice, optarg);
	case 'c':
		choice->canaries = true;
		return true;
	case 'S':
		return strict_add(strict, optarg);
	default:
		return false;
	}
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
	const struct strictness own = { .id = { f->quirk }, .nr = f->quirk[0] != 0 };

	return own.nr || f->quirks_expected ? strict_quirks(&own, subject) : 0;
}

const char *finding_lacks(const struct finding *f)
{
	for (unsigned int i = 0; i < f->nr_kernels; i++)
		if (!strstr(f->kernels[i], "+x86_32"))
			return NULL;
	if (!f->is || !f->nr_kernels)
		return NULL;
	return bits32_broken() ? bits32_broken() : bits32_missing();
}
