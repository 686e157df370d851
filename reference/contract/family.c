// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "family.h"

const struct family *const families[] = {
	&range_family, &e820_family, &early_res_family, &memblock_family, &boot_family, NULL
};

const struct family *family_by_name(const char *name)
{
	for (const struct family *const *f = families; *f; f++)
		if (!strcmp((*f)->name, name))
			return *f;
	return NULL;
}

const struct op_desc *family_op(const struct family *f, uint8_t id)
{
	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (f->ops[i].id == id)
			return &f->ops[i];
	return NULL;
}

const struct op_desc *family_op_by_name(const struct family *f, const char *name)
{
	for (unsigned int i = 0; i < f->nr_ops; i++)
		if (!strcmp(f->ops[i].name, name))
			return &f->ops[i];
	return NULL;
}

const struct config_desc *family_config(const struct family *f, uint8_t id)
{
	for (unsigned int i = 0; i < f->nr_configs; i++)
		if (f->configs[i].id == id)
			return &f->configs[i];
	return NULL;
}

const struct config_desc *family_config_by_name(const struct family *f, const char *name)
{
	for (unsigned int i = 0; i < f->nr_configs; i++)
		if (!strcmp(f->configs[i].name, name))
			return &f->configs[i];
	return NULL;
}
