/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of the range model share: steps in short, a model of four slots. */
#ifndef REFERENCE_RANGE_TESTING_H
#define REFERENCE_RANGE_TESTING_H

#include <string.h>

#include "range_model.h"
#include "testing.h"

#define OPS_MAX		8
#define SLOTS		4	/* of the small configuration */
#define G4		(1ULL << 32)
#define TOP		UINT64_MAX

struct step {
	uint8_t id;
	uint64_t az, start, end;
};

#define ADD(s, e)	{ RANGE_ADD, SLOTS, s, e }
#define MERGE(s, e)	{ RANGE_ADD_WITH_MERGE, SLOTS, s, e }
#define SUBTRACT(s, e)	{ RANGE_SUBTRACT, SLOTS, s, e }
#define CLEAN_SORT	{ RANGE_CLEAN_SORT, SLOTS, 0, 0 }
#define SORT		{ RANGE_SORT, 0, 0, 0 }

/* What a slot holds, by both ends; { 0, 0 } is an empty one. */
struct slot {
	uint64_t start, end;
};

static union model_room room;

static inline void init_for(uint32_t version, uint64_t quirks)
{
	const struct model_setup setup = {
		.config = family_config(&range_family, RANGE_SMALL), .version = version,
		.quirks = quirks,
	};

	range_model.init(&room, &setup);
}

static inline struct op op_of(const struct step *s)
{
	return (struct op){ .id = s->id, .arg = { s->az, s->start, s->end } };
}

static inline void assert_slots(const struct expect *e, const struct slot *slots, unsigned int nr)
{
	const struct table *t = &e->rows.table[RANGE_SLOTS];

	assert_int_equal(e->rows.table[RANGE_COUNT].rows[0].start, nr);
	assert_int_equal(t->nr, SLOTS);
	for (unsigned int i = 0; i < SLOTS; i++) {
		assert_int_equal(t->rows[i].start, slots[i].start);
		assert_int_equal(t->rows[i].size, slots[i].end - slots[i].start);
	}
}

#endif
