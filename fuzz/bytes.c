// SPDX-License-Identifier: GPL-2.0-only
/* The byte form: see scenario.h. */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "optable.h"
#include "scenario.h"

/* Offsets in the header and in a record. */
enum {
	AT_VERSION = 0,
	AT_FAMILY = 1,
	AT_CONFIG = 2,
	AT_FLAGS = 3,
	AT_ZERO = 4,
	AT_MASK = 8,

	REC_ID = 0,
	REC_ZERO = 1,
	REC_ARGS = 8,
};

#define CHECK_ERR	160	/* scenario_check_bytes() promises no more */

static uint64_t get64(const uint8_t *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
	       (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	       (uint64_t)p[7] << 56;
}

static void put64(uint8_t *p, uint64_t v)
{
	for (unsigned int i = 0; i < 8; i++)
		p[i] = v >> 8 * i;
}

static const struct family *family_by_id(uint8_t id)
{
	for (const struct family *const *f = families; *f; f++)
		if ((*f)->id == id)
			return *f;
	return NULL;
}

static void decode_header(struct scenario *s, const struct family *f, const uint8_t *h)
{
	const struct config_desc *config;

	if (!f)
		f = family_by_id(h[AT_FAMILY]);
	scenario_init(s, f ? f : families[0]);
	config = family_config(s->family, h[AT_CONFIG]);
	if (config)
		s->config = config;
	s->flags = h[AT_FLAGS] & SCENARIO_FLAGS;
	s->op_mask = get64(h + AT_MASK) & family_calls(s->family);
}

void scenario_decode(struct scenario *s, const struct family *f, const uint8_t *data, size_t size)
{
	uint8_t header[SCENARIO_HEADER] = { 0 };
	struct op *head = NULL, *op = s->ops, *const end = s->ops + SCENARIO_OPS_MAX;

	if (size)
		memcpy(header, data, size < SCENARIO_HEADER ? size : SCENARIO_HEADER);
	decode_header(s, f, header);
	if (size < SCENARIO_HEADER)
		return;
	f = s->family;
	data += SCENARIO_HEADER;
	size -= SCENARIO_HEADER;

	for (; size >= SCENARIO_RECORD && op < end;
	     data += SCENARIO_RECORD, size -= SCENARIO_RECORD) {
		const struct op_desc *d = op_desc_any(f, data[REC_ID]);

		if (!op_is_token(d))
			head = op;
		else if (head && token_fits(d, head->id))
			head->nr_tokens++;
		else
			continue;
		op->id = d->id;
		op->nr_tokens = 0;
		for (unsigned int i = 0; i < OP_ARGS_MAX; i++)
			op->arg[i] = get64(data + REC_ARGS + 8 * i);
		op_reduce(op, d);
		op++;
	}
	s->nr = op - s->ops;
}

size_t scenario_encode(const struct scenario *s, uint8_t *out, size_t max)
{
	uint8_t *p = out;

	if (max < SCENARIO_HEADER)
		return 0;
	memset(p, 0, SCENARIO_HEADER);
	p[AT_VERSION] = SCENARIO_VERSION;
	p[AT_FAMILY] = s->family->id;
	p[AT_CONFIG] = s->config->id;
	p[AT_FLAGS] = s->flags;
	put64(p + AT_MASK, s->op_mask);
	p += SCENARIO_HEADER;
	max -= SCENARIO_HEADER;

	for (unsigned int i = 0; i < s->nr && max >= SCENARIO_RECORD; i++, max -= SCENARIO_RECORD) {
		const struct op *op = &s->ops[i];

		memset(p, 0, REC_ARGS);
		p[REC_ID] = op->id;
		for (unsigned int k = 0; k < OP_ARGS_MAX; k++)
			put64(p + REC_ARGS + 8 * k, op->arg[k]);
		p += SCENARIO_RECORD;
	}
	return p - out;
}

static bool __attribute__((format(printf, 2, 3))) bad(char *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err, CHECK_ERR, fmt, ap);
	va_end(ap);
	return false;
}

/* The first byte of @p that is not 0; @len when there is none. */
static size_t first_set(const uint8_t *p, size_t len)
{
	size_t i = 0;

	while (i < len && !p[i])
		i++;
	return i;
}

static bool check_header(const struct family *f, const uint8_t *h, char *err)
{
	size_t at = AT_ZERO + first_set(h + AT_ZERO, AT_MASK - AT_ZERO);

	if (!family_config(f, h[AT_CONFIG]))
		return bad(err, "byte %d: unknown configuration %u of family %s", AT_CONFIG,
			   h[AT_CONFIG], f->name);
	if (h[AT_FLAGS] & ~SCENARIO_FLAGS)
		return bad(err, "byte %d: unknown flags 0x%02x, expected a subset of 0x%02x",
			   AT_FLAGS, h[AT_FLAGS], SCENARIO_FLAGS);
	if (at != AT_MASK)
		return bad(err, "byte %zu: 0x%02x, expected 0", at, h[at]);
	if (get64(h + AT_MASK) & ~family_calls(f))
		return bad(err, "byte %d: the op mask 0x%" PRIx64 " names ops that family %s lacks",
			   AT_MASK, get64(h + AT_MASK), f->name);
	return true;
}

/* Is the text at @rec followed by zeros only? */
static bool check_text(const struct op_desc *d, size_t nr, const uint8_t *rec, char *err)
{
	const uint8_t *text = rec + REC_ARGS;
	size_t len = 0, at;

	while (len < OP_TEXT_MAX && text[len])
		len++;
	at = len + first_set(text + len, OP_TEXT_MAX - len);
	if (at == OP_TEXT_MAX)
		return true;
	return bad(err, "record %zu: byte %zu of the text of %s is 0x%02x, expected 0 behind its end",
		   nr, at, d->name, text[at]);
}

/* Record number @nr, counted from 1; @head: the last op that is no token, or NULL. */
static bool check_record(const struct family *f, const struct op_desc *head, size_t nr,
			 const uint8_t *rec, char *err)
{
	const struct op_desc *d = op_desc_of(f, rec[REC_ID]);
	size_t at = REC_ZERO + first_set(rec + REC_ZERO, REC_ARGS - REC_ZERO);

	if (!d)
		return bad(err, "record %zu: unknown op %u of family %s", nr, rec[REC_ID], f->name);
	if (at != REC_ARGS)
		return bad(err, "record %zu: its byte %zu is 0x%02x, expected 0", nr, at, rec[at]);
	if (op_is_token(d) && (!head || !token_fits(d, head->id)))
		return bad(err, "record %zu: '%s' without an op that takes it", nr, d->name);
	for (unsigned int i = 0; i < OP_ARGS_MAX; i++) {
		uint64_t v = get64(rec + REC_ARGS + 8 * i);
		uint64_t max = i < d->nr_args ? arg_max(&d->args[i]) : 0;

		if (v > max)
			return bad(err,
				   "record %zu: operand %u (%s) of %s is 0x%" PRIx64
				   ", expected at most 0x%" PRIx64,
				   nr, i + 1, i < d->nr_args ? d->args[i].name : "unused", d->name,
				   v, max);
	}
	return !op_is_text(d) || check_text(d, nr, rec, err);
}

bool scenario_check_bytes(const uint8_t *data, size_t size, char *err)
{
	const struct op_desc *head = NULL;
	const struct family *f;
	size_t nr, rest;

	if (!size)
		return bad(err, "empty, expected a header of %u bytes", SCENARIO_HEADER);
	if (data[AT_VERSION] != SCENARIO_VERSION)
		return bad(err, "byte 0: version 0x%02x, expected 0x%02x", data[AT_VERSION],
			   SCENARIO_VERSION);
	if (size < SCENARIO_HEADER)
		return bad(err, "truncated: the header has %zu of %u bytes", size, SCENARIO_HEADER);
	f = family_by_id(data[AT_FAMILY]);
	if (!f)
		return bad(err, "byte %d: unknown family %u", AT_FAMILY, data[AT_FAMILY]);
	if (!check_header(f, data, err))
		return false;

	nr = (size - SCENARIO_HEADER) / SCENARIO_RECORD;
	rest = (size - SCENARIO_HEADER) % SCENARIO_RECORD;
	data += SCENARIO_HEADER;
	for (size_t i = 0; i < nr && i < SCENARIO_OPS_MAX; i++, data += SCENARIO_RECORD) {
		if (!check_record(f, head, i + 1, data, err))
			return false;
		if (!op_is_token(op_desc_of(f, data[REC_ID])))
			head = op_desc_of(f, data[REC_ID]);
	}
	if (nr > SCENARIO_OPS_MAX || (nr == SCENARIO_OPS_MAX && rest))
		return bad(err, "more than %u records", SCENARIO_OPS_MAX);
	if (rest)
		return bad(err, "truncated: record %zu has %zu of %u bytes", nr + 1, rest,
			   SCENARIO_RECORD);
	return true;
}
