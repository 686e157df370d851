// SPDX-License-Identifier: GPL-2.0-only
/* The words of the grammar as a dictionary of libFuzzer and AFL++. */
#include "grammar.h"

/* Both know \\, \" and \xHH only. */
static void quote(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		unsigned char c = *text;

		if (c < 0x20 || c >= 0x7f)
			fprintf(out, "\\x%02x", c);
		else
			fprintf(out, "%s%c", c == '"' || c == '\\' ? "\\" : "", c);
	}
	fputs("\"\n", out);
}

void grammar_dictionary(FILE *out)
{
	/* whole items, their numbers being what they may */
	static const char *const items[] = { "1G@2G", "0x1000#0x2000", "64K$0xa0000", "4K!4G",
					     "1M%1M-1+2", "1M%1M+12", "1M%1M-2", "18446744073709551615",
					     "0xffffffffffffffff", "16E", "4K:4K:trace", "1M:0:a" };

	fputs("# the words of the grammar of command lines\n", out);
	for (const struct grammar_word *const *t = grammar_tables; *t; t++)
		for (const struct grammar_word *w = *t; w->text; w++)
			quote(out, w->text);
	for (unsigned int i = 0; i < sizeof(items) / sizeof(items[0]); i++)
		quote(out, items[i]);
}
