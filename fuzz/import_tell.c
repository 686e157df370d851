// SPDX-License-Identifier: GPL-2.0-only
/* What import says for people: names, and the lines that it did not use. */
#include "import.h"

const char *import_table_name(enum import_table t)
{
	static const char *const names[] = {
		[IMPORT_T_COPY] = "copy_e820_map", [IMPORT_T_BIOS] = "BIOS-e820",
		[IMPORT_T_XEN_GUEST] = "Xen (guest)", [IMPORT_T_E801] = "BIOS-e801",
		[IMPORT_T_88] = "BIOS-88", [IMPORT_T_XEN] = "(XEN)",
		[IMPORT_T_SEABIOS] = "SeaBIOS", [IMPORT_T_FIRMWARE] = "/sys/firmware/memmap",
		[IMPORT_T_IOMEM] = "/proc/iomem", [IMPORT_T_EXTENDED] = "extended",
		[IMPORT_T_SETUP_DATA] = "reserve setup_data", [IMPORT_T_USER] = "user",
		[IMPORT_T_MODIFIED] = "modified", [IMPORT_T_NONE] = "none",
	};

	return names[t];
}

const char *import_notation_name(enum import_notation n)
{
	static const char *const names[] = {
		[IMPORT_INCLUSIVE] = "start - end_inclusive",
		[IMPORT_EXCLUSIVE] = "start - end_exclusive",
		[IMPORT_SIZE_AT] = "start and size",
	};

	return names[n];
}

static const char *const reasons[] = {
	[IMPORT_SKIP_OTHER] = "not about the memory map",
	[IMPORT_SKIP_NESTED] = "nested in an entry of the map",
	[IMPORT_SKIP_DEVICE] = "a device's resource, no entry of the map",
	[IMPORT_SKIP_PROSE] = "begins like an entry, but is none",
	[IMPORT_SKIP_LONG] = "too long a line",
	[IMPORT_SKIP_FULL] = "more facts than can be kept",
	[IMPORT_SKIP_CUT] = "begins like what a kernel says of its map, but goes on otherwise",
	[IMPORT_SKIP_BUFFER] = "kept free by the kernel, no entry of the map",
	[IMPORT_SKIP_GAP] = "a gap between entries",
	[IMPORT_SKIP_BOOT] = "of an earlier boot",
	[IMPORT_SKIP_TWICE] = "an entry that was there already",
};

void import_tell_skipped(const struct import *im, FILE *out)
{
	if (im->boots > 1)
		fprintf(out, "%s: %u boots; the last one, from line %u on, is taken\n", im->name,
			im->boots, im->boot_line);
	if (im->headless)
		fprintf(out, "%s: the map's heading is missing; its first lines may be, too\n",
			im->name);
	if (im->cmdline_cut)
		fprintf(out, "%s:%u: the command line may be longer than what is printed\n",
			im->name, im->cmdline_line);
	if (im->cut)
		fprintf(out, "%s:%u: no line end: the log may be cut in this line\n", im->name,
			im->last_line);
	for (unsigned int i = 0; i < IMPORT_SKIPS; i++) {
		const struct import_skipped *s = &im->skipped[i];

		if (!s->lines)
			continue;
		fprintf(out, "%s: skipped %u line%s (%s):", im->name, s->lines,
			s->lines == 1 ? "" : "s", reasons[i]);
		for (unsigned int k = 0; k < s->ranges && k < IMPORT_RANGES; k++) {
			fprintf(out, "%s %u", k ? "," : "", s->first[k]);
			if (s->last[k] != s->first[k])
				fprintf(out, "-%u", s->last[k]);
		}
		if (s->ranges > IMPORT_RANGES)
			fprintf(out, " and %u more", s->ranges - IMPORT_RANGES);
		fputc('\n', out);
	}
}
