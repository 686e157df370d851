// SPDX-License-Identifier: GPL-2.0-only
/* Numbers and names in the lines of kernels, hypervisors and firmware. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "import.h"

enum import_number import_hex(const char **p, uint64_t *value)
{
	const char *q = *p, *digits;
	uint64_t v = 0;

	if (q[0] == '0' && (q[1] == 'x' || q[1] == 'X'))
		q += 2;
	digits = q;
	for (; isxdigit((unsigned char)*q); q++) {
		int c = tolower((unsigned char)*q);

		if (v >> 60) {
			*p = digits;
			return IMPORT_NUM_LONG;
		}
		v = v << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
	}
	if (q == digits)
		return IMPORT_NUM_NONE;
	*p = q;
	*value = v;
	return IMPORT_NUM_OK;
}

struct type_word {
	const char *word;
	uint32_t type;
};

static bool among(const struct type_word *w, const char *text, size_t len, uint32_t *type)
{
	for (; w->word; w++) {
		if (strlen(w->word) == len && !strncasecmp(w->word, text, len)) {
			*type = w->type;
			return true;
		}
	}
	return false;
}

/* "type 20", "persistent (type 7)" */
static bool numbered(const char *text, size_t len, uint32_t *type)
{
	static const char *const begin[] = { "type ", "persistent (type ", "persistent type " };
	bool open;
	uint64_t v = 0;
	size_t at = 0;

	for (unsigned int i = 0; !at && i < sizeof(begin) / sizeof(begin[0]); i++)
		if (len > strlen(begin[i]) && !strncmp(text, begin[i], strlen(begin[i])))
			at = strlen(begin[i]);
	if (!at)
		return false;
	open = memchr(text, '(', at);
	for (; at < len && isdigit((unsigned char)text[at]) && v <= UINT32_MAX; at++)
		v = v * 10 + (text[at] - '0');
	if (v > UINT32_MAX || !isdigit((unsigned char)text[at - 1]))
		return false;
	*type = v;
	return open ? at + 1 == len && text[at] == ')' : at == len;
}

bool import_type(const char *text, size_t len, uint32_t *type)
{
	static const struct type_word words[] = {
		{ "usable", E820_T_RAM }, { "System RAM", E820_T_RAM }, { "RAM", E820_T_RAM },
		{ "reserved", E820_T_RESERVED }, { "device reserved", E820_T_RESERVED },
		{ "ACPI data", E820_T_ACPI }, { "ACPI", E820_T_ACPI },
		{ "ACPI NVS", E820_T_NVS }, { "NVS", E820_T_NVS },
		{ "unusable", E820_T_UNUSABLE }, { "soft reserved", E820_T_SOFT_RESERVED },
		{ NULL, 0 },
	};

	return among(words, text, len, type) || numbered(text, len, type);
}

bool import_iomem_type(const char *text, size_t len, uint32_t *type)
{
	static const struct type_word words[] = {
		{ "System RAM", E820_T_RAM }, { "Reserved", E820_T_RESERVED },
		{ "ACPI Tables", E820_T_ACPI }, { "ACPI Non-volatile Storage", E820_T_NVS },
		{ "Unusable memory", E820_T_UNUSABLE }, { "Persistent Memory", E820_T_PMEM },
		{ "Persistent Memory (legacy)", E820_T_PRAM },
		{ "Soft Reserved", E820_T_SOFT_RESERVED }, { "Unknown E820 type", 6 },
		{ NULL, 0 },
	};

	return among(words, text, len, type);
}
