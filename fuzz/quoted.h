/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Texts in the text form: between double quotes; printable ASCII as it is, else \" \\ \n \t \xHH.
 * A text has no NUL.
 */
#ifndef FUZZ_QUOTED_H
#define FUZZ_QUOTED_H

#include <stdio.h>

enum quoted {
	QUOTED_OK,
	QUOTED_MISSING,	/* no quote at the beginning */
	QUOTED_OPEN,	/* no quote at the end */
	QUOTED_LONG,
	QUOTED_ESCAPE,	/* no such escape */
	QUOTED_BYTE,	/* not printable, or a NUL */
};

/**
 * quoted_parse() - read a quoted text
 * @at: where it begins; afterwards what follows it, or where it is wrong
 * @end: end of the line, exclusive
 * @out: receives the text, without a NUL at the end; @max bytes
 * @len: receives how many bytes
 */
enum quoted quoted_parse(const char **at, const char *end, char *out, unsigned int max,
			 unsigned int *len);

/* Print @len bytes of @text as quoted_parse() reads them. */
void quoted_print(FILE *out, const char *text, unsigned int len);

#endif
