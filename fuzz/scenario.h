/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A scenario: a configuration and a sequence of ops. The kernel is not part of it, so that a
 * corpus means the same whatever kernels are built.
 *
 * Byte form (for fuzzers), little-endian, fixed-size records:
 *
 *	header, 16 bytes:  version (0xe1), family id, configuration id, flags, 4 zero bytes,
 *			   op mask (u64)
 *	record, 56 bytes:  op id, 7 zero bytes, six operands (u64), or a text and zeros behind it
 *
 * Any bytes decode: unknown versions read as this one, an unknown configuration as the first, an
 * unknown op id as another (id modulo the table), an operand beyond its maximum is reduced (modulo
 * maximum + 1), tokens without an op that takes them are dropped, a partial record at the end is
 * dropped. decode(encode(s)) = s; a flip inside a record changes that op alone (a flipped op id may
 * also take or orphan the tokens behind it).
 */
#ifndef FUZZ_SCENARIO_H
#define FUZZ_SCENARIO_H

#include <stdio.h>

#include "contract/family.h"

#define SCENARIO_VERSION	0xe1
#define SCENARIO_HEADER		16u
#define SCENARIO_RECORD		56u
#define SCENARIO_OPS_MAX	256u	/* ops and tokens together */
#define SCENARIO_BYTES_MAX	(SCENARIO_HEADER + SCENARIO_OPS_MAX * SCENARIO_RECORD)
#define SCENARIO_FILE_MAX	(1u << 20)	/* largest file that is read, bytes */
#define SCENARIO_ERR		256u	/* size of an error buffer, bytes */
#define SCENARIO_NUMBER		24u	/* size of a number buffer, bytes */

/* Dimensions besides the op mask; they steer mutator and generator, never the decoder. */
enum scenario_flags {
	SCENARIO_NEAR_END = 1,	/* draw addresses within a page of 2^64, too */
	SCENARIO_FLAGS = SCENARIO_NEAR_END,	/* all of them */
};

/**
 * struct scenario - decoded form
 * @op_mask: bit per op id that mutator and generator may insert (swarm); 0 stands for all. Tokens
 *	have no bit: they come with their op
 * @nr: entries in use of @ops, tokens included
 */
struct scenario {
	const struct family *family;
	const struct config_desc *config;
	uint64_t op_mask;
	uint8_t flags;
	unsigned int nr;
	struct op ops[SCENARIO_OPS_MAX];
};

/* An empty scenario of a family: first configuration, all ops allowed. */
void scenario_init(struct scenario *s, const struct family *f);

/*
 * Make @s canonical: set every op's nr_tokens, drop tokens without an op that takes them, reduce
 * operands, mask and flags.
 */
void scenario_canonical(struct scenario *s);

/* bytes.c */

/**
 * scenario_decode() - bytes to scenario, as fuzzers do; never fails
 * @f: the family of the target; NULL: the one that the header names (unknown: the first)
 */
void scenario_decode(struct scenario *s, const struct family *f, const uint8_t *data, size_t size);

/**
 * scenario_encode() - the canonical bytes
 * @max: size of @out in bytes; ops that do not fit are left out
 * Return: bytes written.
 */
size_t scenario_encode(const struct scenario *s, uint8_t *out, size_t max);

/**
 * scenario_check_bytes() - are these bytes canonical (decode loses nothing)?
 * @err: one line that says what is wrong and where, at least 160 bytes
 * Return: true when they are.
 */
bool scenario_check_bytes(const uint8_t *data, size_t size, char *err);

/* text.c: the text form
 *
 *	# comments, kept by nobody
 *	scenario e820 config=small [flags=near_end] [ops=add,update]
 *	append 2
 *	  entry 0x0 640K ram
 *	  entry 1M 127M ram
 *	update start=0x1000 size=4K old=ram new=reserved (names are optional, order then is free)
 *	cmdline
 *	  param "mem=1G" (quoted.h)
 *	memblock_setup
 *
 * Numbers: hex, decimal, suffix K M G T P (powers of 1024), NAME of a choice; -1 = 2^64 - 1. Tokens
 * are indented by convention only.
 */

/**
 * scenario_parse() - text to scenario
 * @name: file name, for errors
 * @text: NUL-terminated
 * @err: receives "file:line:column: what is wrong, what was expected"; at least 256 bytes
 * Return: true, or false with @err filled.
 */
bool scenario_parse(struct scenario *s, const char *name, const char *text, char *err);

/* Print the text form. Canonical: parse(print(s)) = s and print(parse(t)) is a fixed point. */
void scenario_print(FILE *out, const struct scenario *s);

/* Print an operand: by its name, a count in decimal, anything else as scenario_number() does. */
void scenario_print_value(FILE *out, const struct arg_desc *a, uint64_t value);

/* Print one op on one line, without the newline. Also for verdicts and drawings. */
void scenario_print_op(FILE *out, const struct scenario *s, unsigned int op);

/*
 * A number as the text form writes it: hex, or a suffix when it is fewer than 1024 whole units.
 * @buf: SCENARIO_NUMBER bytes.
 */
const char *scenario_number(char *buf, uint64_t value);

/* load.c */

/**
 * scenario_load() - read a file, text or bytes by its first byte; "-" is standard input
 * @raw: the file holds bytes, whatever they are, and they are read as the fuzzers read them. (For a
 *	target that fixes its family: scenario_read() and scenario_from_raw() with that family.)
 * @err: at least 256 bytes
 * Return: true, or false with @err filled ("FILE: what is wrong, what was expected").
 */
bool scenario_load(struct scenario *s, const char *path, bool raw, char *err);

/**
 * scenario_read() - read a whole file; "-" is standard input
 * @data: its bytes, followed by a NUL; valid until the next call
 * @size: how many bytes, at most SCENARIO_FILE_MAX
 * @err: at least 256 bytes
 * Return: true, or false with @err filled as by scenario_load().
 */
bool scenario_read(const char *path, const uint8_t **data, size_t *size, char *err);

/* Is it what a fuzzer left, in whatever form, rather than a text? Texts have no NUL. */
bool scenario_is_raw(const uint8_t *data, size_t size);

/**
 * scenario_from_raw() - decode what a fuzzer left
 * @path: where it is from, for errors
 * @f: the family of its target, which fixes it; NULL: the one that the header names
 * @err: at least 256 bytes
 * Return: true, or false with @err filled as by scenario_load(): too short, or of no family.
 */
bool scenario_from_raw(struct scenario *s, const char *path, const struct family *f,
		       const uint8_t *data, size_t size, char *err);

/* header.c */

/**
 * scenario_header() - the value of a "# key: value" line in the comments at the beginning of a text
 * @text: NUL-terminated; the header ends at the first line that is neither comment nor empty
 * @buf: receives the value without surrounding blanks, cut to @size bytes
 * Return: true, or false when there is no such line.
 */
bool scenario_header(const char *text, const char *key, char *buf, size_t size);

#endif
