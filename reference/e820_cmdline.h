/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The e820 model: a command line as requests. It falls into parameters (contract/cmdline.h), a
 * memmap= into items, and each of these asks for one thing.
 */
#ifndef REFERENCE_E820_CMDLINE_H
#define REFERENCE_E820_CMDLINE_H

#include "contract/cmdline.h"
#include "e820_model.h"

enum e820_request_kind {
	REQUEST_NOTHING,
	REQUEST_LIMIT,		/* no RAM at or above @size */
	REQUEST_EMPTY,		/* forget all entries */
	REQUEST_ADD,		/* @new */
	REQUEST_MARK,		/* @new; higher types give way */
	REQUEST_UPDATE,		/* @old becomes @new */
	REQUEST_REMOVE,		/* @old becomes nothing; 0: all does */
};

/**
 * struct e820_request - what one parameter, or one item of it, asks for
 * @start, @size: bytes; of a REQUEST_LIMIT @size alone
 * @param: number among the op's mem and memmap parameters
 * @mem: it is a mem=
 * @refused: its parameter is told so
 * @users: the map is the user's from here on
 * @zero: of a memmap, N alone, and N = 0: refused, too, were it not for Q_MEMMAP_ZERO
 * @documented: a form that is documented, nothing left over
 */
struct e820_request {
	enum e820_request_kind what;
	uint64_t start, size;
	uint32_t old, new;
	unsigned int param;
	bool mem, refused, users, zero, documented;
};

/**
 * struct e820_requests - all that a command line asks for
 * @op, @trait: of whom it was read, and as whom
 */
struct e820_requests {
	const struct op *op;
	const bool *trait;
	unsigned int nr;
	struct e820_request request[CMDLINE_SIZE];	/* each of them has a character at least */
};

/*
 * Read the command line of @op, a cmdline, as kernels with the traits of @s do. What is there is
 * valid until the next call.
 */
const struct e820_requests *e820_read_requests(const struct e820_state *s, const struct op *op);

/*
 * The same, without reading it once more if it was the last one to be read: each step asks for the
 * legality first, which reads.
 */
const struct e820_requests *e820_requests_of(const struct e820_state *s, const struct op *op);

#endif
