/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model of family early_res, inside. The contract is contract/early_res.h.
 *
 *   early_res_model.c    struct model; map, mapped, the node map
 *   early_res_rows.c     reserve and free: the list's order and the bytes
 *   early_res_grow.c     growth of the table
 *   early_res_find.c     the searches, and reserve_e820
 *   early_res_handoff.c  to_bootmem, get_free
 *   early_res_adopt.c    where the contract leaves a choice to the subject
 *   early_res_legal.c    legality
 *   early_res_memblock.c the calls of the variant that has memblock behind them
 *   early_res_quirks.c   traits and quirks
 *   early_res_kernel.c   what the quirks of searches predict
 */
#ifndef REFERENCE_EARLY_RES_MODEL_H
#define REFERENCE_EARLY_RES_MODEL_H

#include "contract/early_res.h"
#include "contract/model.h"
#include "ival.h"

enum early_res_quirk {
	Q_EMPTY_OVERLAP_OK,
	Q_PARTIAL_ENDLESS,
	Q_OVERLAP_OK_FULL,
	Q_FREE_EMPTY_SLOT,
	Q_FREE_BEHIND_OVERLAP,
	Q_PARTIAL_STOPS,
	Q_SPLIT_FIRM,
	Q_GROW_BELOW_TABLE,
	Q_TABLE_UNMAPPED,
	Q_OWN_TABLE_FREED,
	Q_FIND_WRAPS,
	Q_FIND_ENDLESS,
	Q_FIND_ALIGN,
	Q_FIND_SIZE_STOPS,
	Q_RESERVE_E820_HANG,
	Q_RESERVE_E820_ZERO,
	Q_HANDOFF_SLOTS,
	Q_HANDOFF_4G,
	Q_HANDOFF_FREES_TABLE,
	Q_HANDOFF_TOP,
	Q_STALE_NAME,
	Q_REST_CHECKED,
	Q_HANDOFF_ORDER,
	Q_GROW_EXACT_FIT,
	Q_TAKE_LOW,
	Q_ACTIVE_RAM,
	EARLY_RES_QUIRKS
};

enum early_res_trait {
	T_SET,
	T_NO_NAMES,
	T_NEVER_PANICS,
	T_FIRST_PAGE,
	T_OTHER_GROWTH,
	T_NO_ARRAY,
	EARLY_RES_TRAITS
};

extern const struct quirk early_res_quirks[EARLY_RES_QUIRKS];
extern const struct trait early_res_traits[EARLY_RES_TRAITS];

/*
 * Reservations that the model follows; a longer list is cut. (A partial free of many that lie upon
 * each other can split them all: no number of ops bounds the list tightly.)
 */
#define RES_MAX		640

/* Each entry of the map adds a piece at most or splits one, and so does each reserve_e820. */
#define PIECES_MAX	(EARLY_RES_MAP_MAX + EARLY_RES_TAKEN_MAX + 1)

/* Family boot: entries of a whole map are RAM, as they are; and active ranges. */
#define EARLY_RES_RAM_ROOM	320
#define EARLY_RES_NODES_ROOM	512
#define RAM_MAX		(EARLY_RES_RAM_ROOM + 4)

/* Active ranges do not overlap: each reservation splits one at most. */
#define HANDOFF_MAX	(EARLY_RES_NODES_ROOM + RES_MAX)

/* Types of the interval map: those of E_RES_RESERVED, that of E_RES_RAM, and the map's reserved. */
#define MAP_RAM		0
#define MAP_RESERVED	3

_Static_assert(EARLY_RES_FIRM != MAP_RAM && EARLY_RES_FIRM < MAP_RESERVED &&
	       EARLY_RES_OVERLAP_OK != MAP_RAM && EARLY_RES_OVERLAP_OK < MAP_RESERVED,
	       "one interval map holds all");
_Static_assert(PIECES_MAX <= RAM_MAX && 2 * (RES_MAX + PIECES_MAX + PIECES_MAX) + 4 <= IVAL_STEPS &&
	       2 * (RES_MAX + RAM_MAX) + 4 <= IVAL_STEPS,
	       "every reservation, piece of RAM and reserved entry has two steps");

struct early_res_span {
	uint64_t start, end;		/* bytes, end exclusive; start >= end: none */
};

struct early_res_node {
	uint64_t start, end;		/* pfn */
	uint32_t nid;
};

/**
 * struct early_res_choice - what the last op left to the subject
 * @grew: the table grew: where it lies is open
 * @may_grow: it may have grown
 * @may_panic: it may have said that there is no room
 * @value: the answer is open: enum open_value
 * @array: there is an array of ranges, its place and size are open
 * @most: bytes that an allocator may ask for before it says that there is no room for it
 * @list: how many reservations there were before the hand-off
 * @table: the table, whose place may be handed out or not
 * @avoid: what a new table must not meet though no reservation holds it: what was to be reserved,
 *	the old table, what the op freed after it grew
 * @window: of a search with an open answer; @ram: it is one for RAM
 */
struct early_res_choice {
	bool grew, may_grow, may_panic, array;
	enum open_value { OPEN_NOT, OPEN_ANY, OPEN_FIND, OPEN_FIND_SIZE, OPEN_TAKE } value;
	unsigned int list;
	uint64_t most;
	struct early_res_span table;
	struct early_res_span avoid[3];
	struct early_res_span window;
	bool ram, open;
};

/**
 * struct early_res_state - the whole model
 * @memblock: the variant with memblock behind the calls
 * @closed: the list was handed off
 * @led: a quirk fired: where they differ, the safety layer follows the rows from now on
 * @odd: the layers disagree without such a reason
 * @overflow: more than the model has room for
 * @slots: of the table; @max_nodes: active ranges, further ones are ignored
 * @nr: reservations
 * @touched: slots that were ever in use; from @nr on they hold what was left behind
 * @grown: reservation 0 is the list's own table
 * @mapped: the end of mapped memory, bytes
 * @handoff_end: where what get_free gives ends, bytes: low memory on 32 bits
 * @highest: end of a reservation so far, or of a whole map's RAM
 * @res_want: safety layer's fingerprint of E_RES_RESERVED; @res_sum: the rows'
 * @ram_want: that of E_RES_RAM; @ram_sum: the rows'
 * @hand_want: that of E_RES_HANDOFF; @hand_sum: the rows'
 * @ram_is_told: by family boot, as its map is: what is taken of it is no affair of this model
 * @taken: calls of reserve_e820 made; @away: what the map reserves, @nr_taken of them
 * @own: E_RES_OWN: the table, if it has grown, and the array of ranges, if there is one
 */
struct early_res_state {
	const struct config_desc *config;
	uint64_t quirks;
	bool memblock, closed, led, odd, overflow, grown, ram_is_told;
	unsigned int slots, nr, touched;
	unsigned int nr_ram, nr_nodes, nr_hand, nr_answer, nr_own;
	unsigned int map_entries, taken, nr_taken;
	unsigned int max_nodes;
	uint64_t mapped, highest, handoff_end;
	uint64_t res_want, res_sum, ram_want, ram_sum, hand_want, hand_sum;
	struct early_res_choice choice;
	struct row answer;
	struct row own[2];
	struct early_res_node node[EARLY_RES_NODES_ROOM];	/* ascending */
	struct early_res_span away[RAM_MAX];
	struct row ram[RAM_MAX];
	struct row res[RES_MAX];
	struct row hand[HANDOFF_MAX];
	struct ival map;
};

_Static_assert(sizeof(struct early_res_state) < 256 * 1024, "room of the runner");

/**
 * struct early_res_step - an op on its way
 */
struct early_res_step {
	struct early_res_state *s;
	struct expect *e;
};

static inline bool early_res_quirk_on(const struct early_res_state *s, enum early_res_quirk q)
{
	return s->quirks >> q & 1;
}

/*
 * Note that quirk @q shapes the prediction, ends the scenario, or keeps the op from running: then
 * the op must leave at once, and not have changed more than early_res_step() takes back.
 */
static inline void early_res_fire(struct early_res_step *step, enum early_res_quirk q)
{
	step->e->fired |= 1ULL << q;
	step->s->led = true;
	step->e->cut |= early_res_quirks[q].kind == QUIRK_CUT;
	step->e->avoid |= early_res_quirks[q].kind == QUIRK_AVOID;
}

static inline void early_res_frame(struct early_res_step *step, unsigned int tables, uint64_t first,
				   uint64_t last)
{
	step->e->start = first;
	step->e->last = last;
	step->e->may_change |= tables;
}

/* A reservation's exclusive end. (Empty and inverted ones: Q_EMPTY_OVERLAP_OK.) */
static inline uint64_t res_end(const struct row *r)
{
	return r->start + r->size;
}

/* Where low memory ends: bytes. (All memory is low on 64 bits.) */
static inline uint64_t low_end(const struct early_res_state *s)
{
	const uint64_t end = (uint64_t)EARLY_RES_LOW_PFN * EARLY_RES_PAGE;

	return s->config->long_bits == 32 ? end : UINT64_MAX;
}

/* An operand as an unsigned long. */
static inline uint64_t long_of(const struct early_res_state *s, uint64_t x)
{
	return x & config_long_max(s->config);
}

/* An address, or where low memory ends, if that is below. */
static inline uint64_t early_res_low(const struct early_res_state *s, uint64_t addr)
{
	return addr < low_end(s) ? addr : low_end(s);
}

/* Does reservation @r meet [start, end)? */
static inline bool res_meets(const struct row *r, uint64_t start, uint64_t end)
{
	return start < res_end(r) && r->start < end;
}

static inline bool power_of_two(uint64_t x)
{
	return x && !(x & (x - 1));
}

/* The list of reservations is the first table. The place that its own table has. */
static inline struct early_res_span early_res_table(const struct early_res_state *s)
{
	if (!s->grown)
		return (struct early_res_span){ 0, 0 };
	return (struct early_res_span){ s->res[0].start, res_end(&s->res[0]) };
}

/* early_res_legal.c */
enum legality early_res_legality_of(const struct early_res_state *s, const struct op *op);

/* What a row adds to a fingerprint. */
static inline uint64_t early_res_sum(const struct row *r)
{
	return r->size ? range_sum(r->type, r->start, row_end(r)) : 0;
}

/* Safety layer: [start, end) has one owner more, or one fewer. */
static inline void early_res_own(struct early_res_state *s, uint32_t type, uint64_t start,
				   uint64_t end)
{
	ival_add(&s->map, type, start, end - 1, 1);
	s->res_want += range_sum(type, start, end);
}

static inline void early_res_disown(struct early_res_state *s, uint32_t type, uint64_t start,
				     uint64_t end)
{
	ival_sub(&s->map, type, start, end - 1, 1);
	s->res_want -= range_sum(type, start, end);
}

/* early_res_rows.c */
void early_res_do_reserve(struct early_res_step *step, const struct op *op);
void early_res_do_free(struct early_res_step *step, const struct op *op);
void early_res_do_free_partial(struct early_res_step *step, const struct op *op);

/* early_res_grow.c */

/* The lowest place in mapped RAM for a table of twice the slots, or UINT64_MAX. */
uint64_t early_res_room(const struct early_res_state *s, struct early_res_span in,
			struct early_res_span avoid, uint64_t align);

/*
 * The table doubles before @range is reserved; an allocator may leave all of @shy alone, which
 * holds @range. Return: false when there is no room: panic; or when the op is not to run.
 */
bool early_res_double(struct early_res_step *step, struct early_res_span range,
		      struct early_res_span shy);

/* The table doubles, its new place is @at. Both layers. */
void early_res_grow(struct early_res_state *s, uint64_t at);

/* The table, grown by the op, lies at @at. Both layers. */
void early_res_move_table(struct early_res_state *s, uint64_t at);

/* Forget all reservations. Both layers. */
void early_res_forget(struct early_res_state *s);

/* Make the safety layer describe the list. */
void early_res_map_from_rows(struct early_res_state *s);

/* early_res_find.c */

/**
 * struct early_res_search - for a free block
 * @in: the window, bytes
 * @avoid: also to be left alone
 * @size: bytes, > 0
 * @align: a power of two
 * @wrapped: out: an address, or the end of a block at it, did not fit 64 bits
 */
struct early_res_search {
	struct early_res_span in, avoid;
	uint64_t size, align;
	bool wrapped;
};

/* Return: the lowest address, or UINT64_MAX. The second: in RAM, the third: in mapped RAM. */
uint64_t early_res_lowest(const struct early_res_state *s, struct early_res_search *f);
uint64_t early_res_lowest_ram(const struct early_res_state *s, struct early_res_search *f);
uint64_t early_res_lowest_mapped(const struct early_res_state *s, struct early_res_search *f);

/* Is all of [start, start + size) RAM, and does it meet no reservation from index @from on? */
bool early_res_free_ram(const struct early_res_state *s, unsigned int from, uint64_t start,
			uint64_t size);
bool early_res_is_free(const struct early_res_state *s, unsigned int from, uint64_t start,
		       uint64_t size);

/* Is [addr, addr + size) an answer to the search of choice.window? @size 0: is the address? */
bool early_res_found(const struct early_res_state *s, uint64_t addr, uint64_t size);

void early_res_do_find(struct early_res_step *step, const struct op *op);
void early_res_do_find_size(struct early_res_step *step, const struct op *op);
void early_res_do_reserve_e820(struct early_res_step *step, const struct op *op);

/* Does the search in RAM that kernels make for memory of their own wrap? Its quirk has fired. */
bool early_res_own_search_wraps(struct early_res_step *step, struct early_res_search *f);

/* early_res_kernel.c: the same with quirks. Return: how it ends. */
enum kernel_end { KERNEL_ANSWERS, KERNEL_HANGS };

struct early_res_block {
	uint64_t addr, size;	/* addr: UINT64_MAX when there is none */
};

/* [ei_start, ei_last) is @in; @start and @end cut it further. */
enum kernel_end kernel_find(const struct early_res_state *s, struct early_res_span in,
			    struct early_res_span cut, uint64_t size, uint64_t align,
			    uint64_t *addr);
enum kernel_end kernel_find_size(const struct early_res_state *s, struct early_res_span in,
				 uint64_t start, uint64_t align, struct early_res_block *b);

/* early_res_handoff.c */
void early_res_do_to_bootmem(struct early_res_step *step, const struct op *op);
void early_res_do_get_free(struct early_res_step *step, const struct op *op);

/*
 * The lowest place of @size bytes (0: of one) in mapped RAM above 4 GiB, or else anywhere in it;
 * UINT64_MAX: there is none.
 */
uint64_t early_res_room_for(const struct early_res_state *s, uint64_t size, uint64_t align);

/* Free pages of node @nid as rows; @table: the own table's place is handed out. */
void early_res_free_pages(struct early_res_state *s, uint64_t nid, bool table, bool top);

/* early_res_memblock.c */
void early_res_memblock_reserve(struct early_res_step *step, const struct op *op);
void early_res_memblock_free(struct early_res_step *step, const struct op *op);

/* early_res_model.c */

/* RAM is now what @ram says, row by row, whatever map and reserve_e820 made of it. Both layers. */
void early_res_set_ram(struct early_res_state *s, const struct row *ram, unsigned int nr);

/* [start, end) is RAM no more. Both layers. */
void early_res_take_ram(struct early_res_state *s, uint64_t start, uint64_t end);

/* Let the expectation describe the state. */
void early_res_describe(struct early_res_state *s, struct expect *e);

/* early_res_adopt.c */
void early_res_adopt(void *state, const struct op *op, const struct result *res,
		     const struct state *seen, struct expect *e);

#endif
