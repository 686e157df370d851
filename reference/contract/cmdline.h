/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel command line: how it is written as tokens, and how it falls into parameters.
 *
 * The contract: Documentation/admin-guide/kernel-parameters.rst (parameters are separated by
 * white space, "name=value", double quotes protect white space, "--" ends what the kernel reads)
 * and, for its length, Documentation/arch/x86/boot.rst. Who parses a parameter is another
 * matter: the files under test.
 */
#ifndef CONTRACT_CMDLINE_H
#define CONTRACT_CMDLINE_H

#include "op.h"

#define CMDLINE_SIZE	2048	/* x86's COMMAND_LINE_SIZE: bytes, with the NUL at the end */

/* White space as the kernel knows it: ASCII's, and the no-break space of Latin-1. */
static inline bool cmdline_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (unsigned char)c == 0xa0;
}

/**
 * cmdline_join() - the command line that an op's tokens spell
 * @op: the op, its op->nr_tokens tokens behind it
 * @param: id of the token that begins a parameter: a blank stands before it, but at the beginning;
 *	the text of any other token continues the one before
 * @line: receives it, NUL-terminated, cut to CMDLINE_SIZE - 1 bytes; CMDLINE_SIZE bytes
 */
static inline void cmdline_join(const struct op *op, uint8_t param, char *line)
{
	unsigned int at = 0;

	for (unsigned int i = 1; i <= op->nr_tokens; i++) {
		char text[OP_TEXT_MAX];
		unsigned int len = op_text(&op[i], text);

		if (op[i].id == param && at && at < CMDLINE_SIZE - 1)
			line[at++] = ' ';
		for (unsigned int k = 0; k < len && at < CMDLINE_SIZE - 1; k++)
			line[at++] = text[k];
	}
	line[at] = '\0';
}

/**
 * cmdline_next() - take the next parameter off a command line
 * @at: where to go on; the line is written to: names and values end with a NUL in place
 * @name: receives the name
 * @value: receives what follows the first '=', without the quotes around it; NULL: no '='
 *
 * Return: false at the end of the line.
 */
static inline bool cmdline_next(char **at, char **name, char **value)
{
	char *p = *at, *equals = NULL, *end;
	bool whole, quoted;

	while (cmdline_blank(*p))
		p++;
	if (!*p)
		return false;
	/* a parameter may be quoted as a whole: "name=value with blanks" */
	whole = quoted = *p == '"';
	p += whole;
	for (end = p; *end && (quoted || !cmdline_blank(*end)); end++) {
		if (*end == '=' && !equals && end > p)
			equals = end;
		quoted ^= *end == '"';
	}
	*at = *end ? end + 1 : end;
	*end = '\0';
	*name = p;
	*value = NULL;
	if (equals) {
		*equals = '\0';
		*value = equals + 1;
		if (**value == '"') {
			++*value;
			/* the quote that opens the value may be all of it */
			if (end > p && end[-1] == '"')
				end[-1] = '\0';
		}
	}
	if (whole && end > p && end[-1] == '"')
		end[-1] = '\0';
	return true;
}

#endif
