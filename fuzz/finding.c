// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "scenario.h"

#define ERR_MAX		SCENARIO_ERR

/* One header's value, without blanks at either end. */
struct value {
	char text[512];
	unsigned int column;
};

typedef const char *(*take_fn)(struct finding *f, struct value *v);

static const char *take_expect(struct finding *f, struct value *v)
{
	int kind = verdict_by_name(v->text);

	if (kind <= VERDICT_PASS)
		return "unknown verdict, expected a kind such as silent-loss";
	f->expect = kind;
	f->is = true;
	return NULL;
}

static const char *take_op(struct finding *f, struct value *v)
{
	char *end;
	unsigned long n = strtoul(v->text, &end, 10);

	if (!isdigit((unsigned char)v->text[0]) || *end || n >= SCENARIO_OPS_MAX)
		return "not the index of an op, expected a number below 256";
	f->op = n;
	return NULL;
}

static const char *take_kernels(struct finding *f, struct value *v)
{
	char *save = NULL;

	for (char *k = strtok_r(v->text, " \t", &save); k; k = strtok_r(NULL, " \t", &save)) {
		if (f->nr_kernels == FINDING_KERNELS || strlen(k) >= sizeof(f->kernels[0]))
			return "too many kernels, or a name too long";
		strcpy(f->kernels[f->nr_kernels++], k);
	}
	return NULL;
}

static const char *take_quirk(struct finding *f, struct value *v)
{
	if (!v->text[0] || strlen(v->text) >= sizeof(f->quirk) || strpbrk(v->text, " \t"))
		return "expected the id of one quirk";
	strcpy(f->quirk, v->text);
	return NULL;
}

static const char *take_quirks(struct finding *f, struct value *v)
{
	if (strcmp(v->text, "expected"))
		return "expected the word 'expected'";
	f->quirks_expected = true;
	return NULL;
}

static const char *take_legality(struct finding *f, struct value *v)
{
	for (int l = LEGAL; l <= MISUSE; l++) {
		if (!strcmp(v->text, legality_name(l))) {
			f->legality = l;
			return NULL;
		}
	}
	return "unknown legality, expected legal, firmware, cmdline or misuse";
}

static const struct {
	const char *name;
	take_fn take;
} headers[] = {
	{ "expect:", take_expect },
	{ "op:", take_op },
	{ "kernels:", take_kernels },
	{ "quirk:", take_quirk },
	{ "quirks:", take_quirks },
	{ "legality:", take_legality },
};

static bool read_line(struct finding *f, const char *name, unsigned int line, const char *text,
		      size_t len, char *err)
{
	const char *at = text + 1 + strspn(text + 1, " \t");

	if (at >= text + len)
		return true;
	for (unsigned int i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		size_t n = strlen(headers[i].name);
		const char *what, *from, *end = text + len;
		struct value v;

		if (strncmp(at, headers[i].name, n))
			continue;
		from = at + n;
		while (from < end && isblank((unsigned char)*from))
			from++;
		while (end > from && isspace((unsigned char)end[-1]))
			end--;
		v.column = from - text + 1;
		snprintf(v.text, sizeof(v.text), "%.*s", (int)(end - from), from);
		what = headers[i].take(f, &v);
		if (!what)
			return true;
		snprintf(err, ERR_MAX, "%.120s:%u:%u: %s", name, line, v.column, what);
		return false;
	}
	if (!f->summary[0])
		snprintf(f->summary, sizeof(f->summary), "%.*s", (int)(text + len - at), at);
	return true;
}

bool finding_read(struct finding *f, const char *name, const char *text, char *err)
{
	unsigned int line = 1;

	memset(f, 0, sizeof(*f));
	f->op = -1;
	f->legality = -1;
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (*text == '#' && !read_line(f, name, line, text, len, err))
			return false;
		text += len + (text[len] == '\n');
		line++;
	}
	return true;
}

bool finding_load(struct finding *f, const char *path, char *err)
{
	const uint8_t *data;
	size_t size;

	if (!scenario_read(path, &data, &size, err))
		return false;
	return finding_read(f, path, scenario_is_raw(data, size) ? "" : (const char *)data, err);
}

const char *subject_variant(const struct subject *s)
{
	for (unsigned int i = 0; i < s->family->nr_variants; i++)
		if (&s->family->variants[i] == s->config)
			return s->config->name;
	return NULL;
}

bool subject_of_kernel(const struct subject *s, const char *name)
{
	return !strcmp(s->kernel, name) || (name[0] == 'v' && !strcmp(s->release, name + 1));
}

bool finding_names(const struct finding *f, const struct subject *s)
{
	const char *variant = subject_variant(s);

	for (unsigned int i = 0; i < f->nr_kernels; i++) {
		char name[sizeof(f->kernels[0])];
		char *plus;

		strcpy(name, f->kernels[i]);
		plus = strchr(name, '+');
		if (plus)
			*plus++ = '\0';
		if (!plus != !variant || (plus && strcmp(plus, variant)))
			continue;
		if (subject_of_kernel(s, name))
			return true;
	}
	return false;
}

bool finding_shows(const struct finding *f, const struct verdict *v)
{
	return v->kind == f->expect && (f->op < 0 || (unsigned int)f->op == v->op) &&
	       (f->legality < 0 || (enum legality)f->legality == v->legality);
}

/* How loud is it? A machine that goes on in silence is worse off than one that stops. */
static int noise(enum verdict_kind kind)
{
	switch (kind) {
	case VERDICT_ANNOUNCED_LOSS:
	case VERDICT_UNEXPECTED_PANIC:
	case VERDICT_UNMAPPED:
	case VERDICT_HANG:
	case VERDICT_CRASH:
		return 1;
	default:
		return 0;
	}
}

int finding_rank(const struct finding *a, const struct finding *b)
{
	/* what is not known is not thought harmless */
	int legality_a = a->legality < 0 ? LEGAL : a->legality;
	int legality_b = b->legality < 0 ? LEGAL : b->legality;
	int by[] = {
		(a->expect == VERDICT_DIFFERS) - (b->expect == VERDICT_DIFFERS),
		legality_a - legality_b,
		noise(a->expect) - noise(b->expect),
		(int)a->expect - (int)b->expect,
	};

	for (unsigned int i = 0; i < sizeof(by) / sizeof(by[0]); i++)
		if (by[i])
			return by[i];
	return 0;
}
