/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The grammar of kernel command lines, as far as they speak of memory: what
 * Documentation/admin-guide/kernel-parameters.txt names, and what users make of it. Texts
 * (ARG_TEXT) are drawn from it and mutated along its tokens, not along bytes.
 */
#ifndef FUZZ_GRAMMAR_H
#define FUZZ_GRAMMAR_H

#include "mutate.h"

/* What a parameter's value is. */
enum grammar_value {
	GRAMMAR_NONE,	/* the word is all of it */
	GRAMMAR_SIZE,	/* a number */
	GRAMMAR_ITEMS,	/* items of memmap=, separated by commas */
	GRAMMAR_WORDS,	/* other words */
};

/**
 * struct grammar_word - a word of the grammar
 * @weight: how often it is drawn, relative to the others of its table
 */
struct grammar_word {
	const char *text;
	uint8_t weight;
	enum grammar_value value;
};

/* The tables, each ended by a NULL text: all words are in the dictionary. */
extern const struct grammar_word grammar_params[];	/* with their "=" */
extern const struct grammar_word grammar_items[];	/* of memmap=: N, S, T stand for numbers */
extern const struct grammar_word grammar_separators[];
extern const struct grammar_word grammar_suffixes[];
extern const struct grammar_word grammar_garbage[];

extern const struct grammar_word *const grammar_tables[];	/* of whole words, ended by NULL */

/* How a number is written. */
enum grammar_notation {
	NOTATION_HEX,
	NOTATION_HEX_UPPER,
	NOTATION_DECIMAL,
	NOTATION_OCTAL,
	NOTATION_SUFFIX,	/* the largest that leaves nothing over, else any, rounded down */
	NOTATION_SUFFIX_LOWER,
	NOTATION_ZEROS,		/* zeros before it */
	NOTATION_WRAPPED,	/* and 2^64, in hexadecimal */
	NOTATION_NO_DIGITS,	/* nothing, a suffix or 0x */
	NOTATIONS
};

/**
 * struct phrase - a text under construction; what does not fit is dropped
 * @len: bytes in use of @text
 */
struct phrase {
	char text[OP_TEXT_MAX];
	unsigned int len;
};

void phrase_add(struct phrase *p, const char *text, unsigned int len);

/* Write @value. Which suffix, how many zeros: drawn. */
void phrase_number(struct phrase *p, uint64_t value, enum grammar_notation n, struct rng *r);

/* In a notation that is drawn: mostly one that people use. */
void draw_number(struct phrase *p, uint64_t value, struct rng *r);

/* An item of memmap=; its numbers meet what ops of @s have made. @at: the op that it is for. */
void draw_item(struct phrase *p, const struct scenario *s, unsigned int at, struct rng *r);

/* Give op @at, a token with a text, a new one: a parameter, or what continues one. */
void draw_text(struct scenario *s, unsigned int at, struct rng *r);

/* Does op @d begin a parameter, or continue one? The first text token of its parents begins. */
bool begins_param(const struct family *f, const struct op_desc *d);

/**
 * struct lexeme - a token of a text: [at, at + len)
 */
enum lexeme_kind {
	LEX_NUMBER,	/* with its suffix */
	LEX_NAME,	/* letters, _ and . */
	LEX_MARK,	/* one other printable byte */
	LEX_OTHER,	/* blanks, and one byte of anything else */
};

struct lexeme {
	enum lexeme_kind kind;
	uint8_t at, len;
};

/**
 * text_lex() - cut a text into tokens
 * @out: receives them, OP_TEXT_MAX at most
 * Return: how many.
 */
unsigned int text_lex(const char *text, unsigned int len, struct lexeme *out);

/* The value of a number as command lines write it; modulo 2^64. */
uint64_t lexeme_value(const char *text, unsigned int len);

/**
 * struct text_change - what a change works on
 * @p: the text of op @at of @s
 * @other: a scenario to splice with, or NULL
 */
struct text_change {
	struct phrase *p;
	const struct scenario *s;
	unsigned int at;
	const struct scenario *other;
	struct rng *r;
};

/**
 * struct text_mutation - one kind of change
 * @apply: false when it does not fit, and the text is as it was
 */
struct text_mutation {
	const char *name;
	unsigned int weight;
	bool (*apply)(struct text_change *t);
};

extern const struct text_mutation text_mutations[];	/* ended by a NULL name */

/* Change the text of op @at in one place; false when nothing fits. @other: as above. */
bool mutate_text_of(struct scenario *s, unsigned int at, const struct scenario *other,
		    struct rng *r);

/* Print all words as a dictionary of libFuzzer and AFL++: a quoted string a line. */
void grammar_dictionary(FILE *out);

#endif
