// SPDX-License-Identifier: GPL-2.0-only
/* Which model belongs to which family, and which quirks to which kernel. */
#include <string.h>

#include "contract/model.h"

static const struct model *const models[] = {
	&range_model, &e820_model, &early_res_model, &memblock_model, &boot_model
};

const struct model *model_of(const struct family *f)
{
	for (unsigned int i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (models[i]->family == f)
			return models[i];
	return NULL;
}

uint64_t model_quirks_for(const struct model *m, uint32_t version)
{
	uint64_t mask = 0;

	for (unsigned int i = 0; i < m->nr_quirks; i++) {
		const struct quirk *q = &m->quirks[i];

		if (version >= q->since && (!q->until || version < q->until))
			mask |= 1ULL << i;
	}
	return mask;
}

uint64_t model_quirks_of_words(const struct model *m, const struct config_desc *c)
{
	uint64_t mask = 0;

	for (unsigned int i = 0; i < m->nr_quirks; i++) {
		const struct quirk *q = &m->quirks[i];

		if (config_has_words(c, q->long_bits, q->phys_bits))
			mask |= 1ULL << i;
	}
	return mask;
}

int model_quirk_by_id(const struct model *m, const char *id)
{
	for (unsigned int i = 0; i < m->nr_quirks; i++)
		if (!strcmp(m->quirks[i].id, id))
			return i;
	return -1;
}
