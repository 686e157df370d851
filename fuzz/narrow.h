/* SPDX-License-Identifier: GPL-2.0-only */
/* Plain text for mails: printable ASCII, no line of 80 columns, whatever goes in. */
#ifndef FUZZ_NARROW_H
#define FUZZ_NARROW_H

#include <stdio.h>

#define NARROW_COLUMNS	79	/* longest line */
#define NARROW_PROSE	72	/* where prose is broken, as mailers like it */

/**
 * narrow_begin() - a stream for text of any width
 * Return: NULL when memory lacks; to be given to narrow_end().
 */
FILE *narrow_begin(void);

/**
 * narrow_end() - print to @out what was written to @in, and close @in
 *
 * A line that is too long is broken at a blank, or in the middle of a word where it has none; what
 * follows is indented four columns more than the line. Tabs become eight blanks; what is not
 * printable ASCII becomes a question mark. No blanks are left at ends of lines.
 */
void narrow_end(FILE *in, FILE *out);

/**
 * narrow_prose() - print @text as a paragraph, words being moved between lines
 * @first: put before the first line, @rest: before all others
 *
 * Blanks and newlines in @text separate words. Nothing is printed when there are none.
 */
void narrow_prose(FILE *out, const char *first, const char *rest, const char *text);

/* The same with printf()'s arguments. */
__attribute__((format(printf, 4, 5)))
void narrow_prosef(FILE *out, const char *first, const char *rest, const char *fmt, ...);

#endif
