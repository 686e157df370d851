/* SPDX-License-Identifier: GPL-2.0-only */
/* What parser and printer of the text form share. */
#ifndef FUZZ_TEXT_H
#define FUZZ_TEXT_H

#include "quoted.h"
#include "scenario.h"

#define TEXT_LINE_MAX 1024u /* longest line, bytes, without the newline */

struct text_flag {
	uint8_t bit;
	const char *name;
};

/* enum scenario_flags by name, ended by a NULL name. */
extern const struct text_flag text_flags[];

/**
 * text_parse() - scenario_parse() for text of known length, which may hold NUL bytes (an error)
 * @len: bytes; @text[@len] need not be readable
 */
bool text_parse(struct scenario *s, const char *name, const char *text, size_t len, char *err);

/*
 * Errors of the parser: "file:line:column: what is wrong, what was expected", at most SCENARIO_ERR
 * bytes. text_expected() appends names to the last one, as many as fit.
 */
struct text_error {
	const char *file;
	unsigned int line;
	char *buf;
};

bool text_fail(const struct text_error *e, unsigned int column, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * @lead: "one of " or the like; @name_at: the name at an index, NULL after the last, "" for one to
 * leave out.
 */
void text_expected(const struct text_error *e, const char *lead,
		   const char *(*name_at)(const void *arg, unsigned int i), const void *arg);

/* Say what is wrong with the text of op @d. Always false. */
bool text_quoted_fail(const struct text_error *e, unsigned int column, const struct family *f,
		      const struct op_desc *d, enum quoted error);

#endif
