/* SPDX-License-Identifier: GPL-2.0-only */
/* The calls of a boot on a kernel at hand, with the model beside it. */
#ifndef FUZZ_IMPORT_REPLAY_H
#define FUZZ_IMPORT_REPLAY_H

#include "contract/model.h"
#include "contract/subject.h"

/**
 * struct import_replay - a boot under way
 * @st: the subject's tables after the last op, @res: how that ended
 * @model: NULL: it was wrong, or its quirk ends the prediction
 * @predicted: ops whose outcome it predicted; the first that it did not is told in @verdict
 */
struct import_replay {
	const struct subject *subject;
	const struct model *model;
	struct state st;
	struct result res;
	unsigned int predicted;
	struct verdict verdict;
};

/* Both as at program start. There is one model: begin one boot after the other. */
void import_replay_begin(struct import_replay *r, const struct subject *subject);

/**
 * import_replay_run() - one op, with its tokens, on both sides
 * @i: its number, for what is told
 * Return: it came back.
 */
bool import_replay_run(struct import_replay *r, unsigned int i, const struct op *op);

#endif
