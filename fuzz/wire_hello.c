// SPDX-License-Identifier: GPL-2.0-only
/* How the two programs make themselves known to each other, and what there is to run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire.h"

/* The first words of either side: a program that says anything else is another one. */
#define ASKS	0x3f7a7a7566796c72u
#define ANSWERS	0x217a7a7566796c72u

void wire_greeting(struct wire *w, bool asks)
{
	const uint64_t mine = asks ? ASKS : ANSWERS;
	uint64_t word = mine;

	wire_u64(w, &word, UINT64_MAX);
	if (word != mine && !w->bad)
		w->bad = WIRE_ODD;
}

void wire_hello(struct wire *w, struct wire_hello *h)
{
	wire_greeting(w, false);
	wire_text(w, h->build, sizeof(h->build));
	wire_text(w, h->sanitizers, sizeof(h->sanitizers));
}

/* Configurations are known by their names, which both programs have. */
static const struct config_desc *config_named(const struct family *f, const char *name)
{
	for (unsigned int i = 0; i < f->nr_configs; i++)
		if (!strcmp(f->configs[i].name, name))
			return &f->configs[i];
	for (unsigned int i = 0; i < f->nr_variants; i++)
		if (!strcmp(f->variants[i].name, name))
			return &f->variants[i];
	return NULL;
}

static void wire_kind(struct wire *w, struct subject *s)
{
	char family[32] = "", config[32] = "";

	if (w->sends) {
		snprintf(family, sizeof(family), "%s", s->family->name);
		snprintf(config, sizeof(config), "%s", s->config->name);
	}
	wire_text(w, family, sizeof(family));
	wire_text(w, config, sizeof(config));
	if (w->sends)
		return;
	s->family = family_by_name(family);
	s->config = s->family ? config_named(s->family, config) : NULL;
	if (!s->config && !w->bad)
		w->bad = WIRE_ODD;
}

void wire_subject(struct wire *w, struct subject *s)
{
	wire_name(w, &s->id);
	wire_name(w, &s->kernel);
	wire_name(w, &s->release);
	wire_name(w, &s->provenance);
	wire_name(w, &s->planted);
	wire_name(w, &s->expect);
	wire_kind(w, s);
	wire_number(w, s->version, UINT32_MAX);
	wire_number(w, s->lacks, UINT64_MAX);
	if ((!s->id || !s->kernel || !s->release) && !w->bad)
		w->bad = WIRE_ODD;
}

void wire_free(struct subject *s)
{
	const char **const names[] = {
		&s->id, &s->kernel, &s->release, &s->provenance, &s->planted, &s->expect,
	};

	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		free((void *)*names[i]);
		*names[i] = NULL;
	}
}
