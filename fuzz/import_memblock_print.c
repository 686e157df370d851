// SPDX-License-Identifier: GPL-2.0-only
/* memblock's calls as a scenario in text, below where they come from. */
#include "import.h"
#include "import_memblock.h"

void import_mb_print(FILE *out, const struct import *im, const struct import_mb_script *sc)
{
	static struct scenario s;
	unsigned int n = import_mb_scenario(sc, &s);

	import_comment(out, "imported from", im->name);
	fprintf(out, "# calls: %u of lines, %u of the first table, %u of nodes, %u of every boot\n",
		import_mb_count(sc, MB_FROM_LINE), import_mb_count(sc, MB_FROM_TABLE),
		import_mb_count(sc, MB_FROM_NODES), import_mb_count(sc, MB_FROM_BOOT));
	if (n < sc->nr)
		fprintf(out, "# the first %u of %u: a scenario has room for no more\n", n, sc->nr);
	if (sc->until)
		fprintf(out, "# up to line %u of the log: behind it lines are missing\n", sc->until);
	if (im->release[0])
		import_comment(out, "log of Linux", im->release);
	if (im->cmdline_line)
		import_comment(out, "command line", im->cmdline);
	scenario_print(out, &s);
}
