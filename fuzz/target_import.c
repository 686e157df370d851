// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_import: bytes as a boot log. Whatever they are, import ends with a scenario or with one line
 * that says what is wrong; the scenario is canonical, its text reads back as the same one, and each
 * entry of its map stands in a line of the log. The same goes for what it says of memblock, and for
 * both as a whole boot.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"
#include "import_boot.h"
#include "import_memblock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TEXT_MAX	(256u * 1024)

static struct import im;
static struct import_script sc;
static struct import_mb mb;
static struct import_mb_script msc;
static struct import_boot_script boot;
static char text[TEXT_MAX];

static void hold(bool what, const char *told)
{
	if (what)
		return;
	fprintf(stderr, "fuzz_import: %s\n", told);
	abort();
}

static void told_in_a_line(const char *err)
{
	size_t len = strnlen(err, SCENARIO_ERR);

	hold(len && len < SCENARIO_ERR, "an error without a text");
	hold(!strchr(err, '\n'), "an error of several lines");
}

static void same(const struct scenario *a, const struct scenario *b, const char *told)
{
	static uint8_t x[SCENARIO_BYTES_MAX], y[SCENARIO_BYTES_MAX];
	size_t n = scenario_encode(a, x, sizeof(x)), m = scenario_encode(b, y, sizeof(y));

	hold(n == m && !memcmp(x, y, n), told);
}

/* The text that was printed on @out */
static void reads_back(FILE *out, const struct scenario *s)
{
	static struct scenario other;
	char err[SCENARIO_ERR];
	long end;

	fflush(out);
	end = ftell(out);
	hold(end > 0 && end < (long)sizeof(text) - 1, "a text too long");
	text[end] = '\0';
	if (!scenario_parse(&other, "printed", text, err))
		hold(false, err);
	same(s, &other, "the text reads as another scenario");
}

static bool stated(const struct op *entry, unsigned int line)
{
	for (unsigned int i = 0; i < im.nr; i++)
		if (im.fact[i].line == line && im.fact[i].kind == IMPORT_ENTRY &&
		    im.fact[i].start == entry->arg[0] && im.fact[i].size == entry->arg[1] &&
		    im.fact[i].type == entry->arg[2])
			return true;
	return false;
}

static void comes_from_lines(unsigned int lines)
{
	for (unsigned int i = 0; i < im.nr; i++)
		hold(im.fact[i].line && im.fact[i].line <= lines, "a fact of no line");
	for (unsigned int i = 0; i < sc.s.nr; i++)
		if (sc.s.ops[i].id == E820_ENTRY)
			hold(stated(&sc.s.ops[i], sc.line[i]), "an entry that no line states");
}

/* What the log says of memblock: calls of its lines, canonical, and a text that reads back. */
static bool holds_memblock(FILE *out, unsigned int lines)
{
	static struct scenario s, canonical;
	char err[SCENARIO_ERR] = "";

	if (!import_mb_build(&im, &mb, &msc, err)) {
		told_in_a_line(err);
		return false;
	}
	for (unsigned int i = 0; i < mb.nr; i++) {
		hold(mb.at[i].line && mb.at[i].line <= lines, "a fact of no line");
		hold(msc.of[i] < (int)msc.nr, "a line of no call");
	}
	for (unsigned int i = 0; i < msc.nr; i++)
		hold(!msc.op[i].line == (msc.op[i].from == MB_FROM_BOOT),
		     "a call of no line");
	hold(import_mb_scenario(&msc, &s) == (msc.nr < SCENARIO_OPS_MAX ? msc.nr :
					      SCENARIO_OPS_MAX), "calls are missing");
	canonical = s;
	scenario_canonical(&canonical);
	same(&s, &canonical, "memblock: not canonical");
	for (unsigned int i = 0; i < s.nr; i++)
		hold(!memcmp(s.ops[i].arg, msc.op[i].op.arg, sizeof(s.ops[i].arg)),
		     "an operand that the family cannot have");
	rewind(out);
	import_mb_print(out, &im, &msc);
	reads_back(out, &s);
	return true;
}

/* Both together as a whole boot: canonical, a text that reads back, pages that do not overlap. */
static void holds_boot(FILE *out)
{
	static struct row rows[IMPORT_BOOT_RANGES];
	static struct import_zones zones;
	static struct scenario s, canonical;
	unsigned int n = import_boot_pages(&mb, rows);

	for (unsigned int i = 1; i < n; i++)
		hold(rows[i - 1].start + rows[i - 1].size < rows[i].start, "pages twice");
	import_boot_zones(&mb, &msc, &zones);
	import_boot_build(&im, &sc, &mb, &msc, &boot);
	if (boot.why) {
		told_in_a_line(boot.why);
		return;
	}
	hold(import_boot_scenario(&boot, &s) <= boot.nr, "ops of nothing");
	canonical = s;
	scenario_canonical(&canonical);
	same(&s, &canonical, "boot: not canonical");
	rewind(out);
	import_boot_print(out, &im, &boot);
	reads_back(out, &s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct scenario canonical;
	static FILE *out;
	char err[SCENARIO_ERR] = "";
	unsigned int lines = 1;
	bool ended, calls;
	size_t cut = size ? data[size - 1] % size : 0;

	if (!out)
		out = fmemopen(text, sizeof(text), "w");
	hold(out, "no memory for a stream");
	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	import_begin(&im, "log");
	im.mb = &mb;
	import_mb_begin(&mb);
	import_feed(&im, (const char *)data, cut);
	import_feed(&im, (const char *)data + cut, size - cut);
	ended = import_end(&im, err);
	calls = holds_memblock(out, lines);
	if (!ended) {
		told_in_a_line(err);
		return 0;
	}
	hold(import_map(&im) != IMPORT_T_NONE, "no map, and no error");
	if (!import_build(&im, &sc, err)) {
		told_in_a_line(err);
		return 0;
	}
	canonical = sc.s;
	scenario_canonical(&canonical);
	same(&sc.s, &canonical, "not canonical");
	comes_from_lines(lines);
	rewind(out);
	import_print(out, &im, &sc);
	reads_back(out, &sc.s);
	if (calls)
		holds_boot(out);
	return 0;
}
