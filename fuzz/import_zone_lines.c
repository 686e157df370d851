// SPDX-License-Identifier: GPL-2.0-only
/* The lines in which a kernel speaks of the page allocator's zones. */
#include <ctype.h>
#include <string.h>

#include "import.h"
#include "import_memblock.h"
#include "import_zones.h"

/* Moves *p behind @text, when that is there. */
static bool word(const char **p, const char *text)
{
	size_t len = strlen(text);

	if (strncmp(*p, text, len))
		return false;
	*p += len;
	return true;
}

static bool number(const char **p, uint64_t *value)
{
	const char *begin = *p;

	for (*value = 0; isdigit((unsigned char)**p) && *p - begin < 16; ++*p)
		*value = *value * 10 + (**p - '0');
	return *p > begin;
}

static bool node(const char **p, uint32_t *nid)
{
	uint64_t v;

	*p += strspn(*p, " ");
	if (!number(p, &v) || v >= MEMBLOCK_NODES)
		return false;
	*nid = (uint32_t)v;
	return true;
}

/* "[mem 0x1000-0xffffff]" */
static bool range(const char **p, struct import_mb_line *out)
{
	uint64_t last;

	if (!word(p, "[mem ") || import_hex(p, &out->start) != IMPORT_NUM_OK || !word(p, "-") ||
	    import_hex(p, &last) != IMPORT_NUM_OK || !word(p, "]"))
		return false;
	out->size = last - out->start + 1;
	return true;
}

static bool zone(const char **p, uint32_t *flags)
{
	for (unsigned int i = 0; i < IMPORT_ZONES; i++) {
		size_t len = strlen(import_zone_name[i]);

		if (strncmp(*p, import_zone_name[i], len) || !strchr(" :", (*p)[len]))
			continue;
		*p += len;
		*flags = i;
		return true;
	}
	return false;
}

static bool zone_of_node(const char *p, struct import_mb_line *out)
{
	out->kind = MB_HOLE;
	return word(&p, "On node ") && node(&p, &out->nid) && word(&p, ", zone ") &&
	       zone(&p, &out->flags) && word(&p, ": ") && number(&p, &out->size) &&
	       word(&p, " pages in unavailable ranges");
}

static bool whole_node(const char *p, struct import_mb_line *out)
{
	out->kind = MB_NODE_SETUP;
	return word(&p, "Initmem setup node ") && node(&p, &out->nid) && word(&p, " ") &&
	       (word(&p, "as memoryless") || range(&p, out));
}

static bool built(const char *p, struct import_mb_line *out)
{
	out->kind = MB_BUILT;
	p = strncmp(p, "Built ", 6) ? NULL : strstr(p, "Total pages: ");
	return p && word(&p, "Total pages: ") && number(&p, &out->size);
}

static bool movable(const char *p, struct import_mb_line *out)
{
	out->kind = MB_MOVABLE;
	return word(&p, "Node ") && node(&p, &out->nid) && word(&p, ": ") &&
	       import_hex(&p, &out->start) == IMPORT_NUM_OK && !p[strspn(p, " \t")];
}

static bool node_range(const char *p, struct import_mb_line *out)
{
	out->kind = MB_NODE_RANGE;
	return word(&p, "node ") && node(&p, &out->nid) && word(&p, ": ") && range(&p, out);
}

static bool zone_range(const char *p, struct import_mb_line *out)
{
	out->kind = MB_ZONE;
	if (!zone(&p, &out->flags) || *p != ' ')
		return false;
	p += strspn(p, " ");
	return word(&p, "empty") || range(&p, out);
}

bool import_zone_match(const char *message, struct import_mb_line *out)
{
	static bool (*const forms[])(const char *, struct import_mb_line *) = {
		zone_range, movable, node_range, whole_node, zone_of_node, built,
	};

	for (unsigned int i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		memset(out, 0, sizeof(*out));
		out->nid = MEMBLOCK_NO_NODE;
		if (forms[i](message, out))
			return true;
	}
	return false;
}
