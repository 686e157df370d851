// SPDX-License-Identifier: GPL-2.0-only
/* The imported scenario as text, below where it comes from. */
#include <ctype.h>
#include <string.h>

#include "import.h"

#define COMMENT_MAX	900u	/* well within a line of the text form */

/* Text of a log may hold anything: only what can stand in a comment is shown. */
void import_comment(FILE *out, const char *key, const char *text)
{
	fprintf(out, "# %s: ", key);
	for (unsigned int i = 0; i < COMMENT_MAX && text[i]; i++)
		fputc(isprint((unsigned char)text[i]) ? text[i] : '?', out);
	if (strlen(text) > COMMENT_MAX)
		fputs("...", out);
	fputc('\n', out);
}

void import_print(FILE *out, const struct import *im, const struct import_script *sc)
{
	const struct import_fact *first = NULL;
	unsigned int n = 0;

	for (unsigned int i = 0; i < im->nr; i++) {
		if (im->fact[i].kind != IMPORT_ENTRY || im->fact[i].table != sc->map)
			continue;
		n++;
		if (!first)
			first = &im->fact[i];
	}
	import_comment(out, "imported from", im->name);
	fprintf(out, "# map: %s, %u %s\n", import_table_name(sc->map), n,
		n == 1 ? "entry" : "entries");
	fprintf(out, "# source notation: %s\n",
		import_notation_name(first ? first->notation : IMPORT_INCLUSIVE));
	if (im->release[0])
		import_comment(out, "log of Linux", im->release);
	if (im->cmdline_line)
		import_comment(out, "command line", im->cmdline);
	scenario_print(out, &sc->s);
}
