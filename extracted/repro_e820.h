/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reproducers of family e820. The calls have today's names; what the boot loader left behind comes
 * before the call that reads it.
 */
#include "e820.c"
#include "repro.h"

#include "repro_map.h"

/* --- setup_data --- */

#define NODE(where, what, len)	{ .id = E820_DATA, .arg = { where, what, len } }
#define INDIRECT(what, addr, len) { .id = E820_INDIRECT, .arg = { what, addr, len } }

#ifdef HAVE_E820_RESERVE_SETUP_DATA
/*
 * Nodes in this order, each with an INDIRECT() behind it when it has that payload. The last one's
 * next is none for 0, else it leads that many nodes back.
 */
#define setup_data_chain(back, ...) ({							\
	const struct op chain[] = {							\
		{ .id = E820_RESERVE_SETUP_DATA, .arg = { back } }, __VA_ARGS__		\
	};										\
	struct op first[ARRAY_SIZE(chain)];						\
											\
	memcpy(first, chain, sizeof(chain));						\
	first->nr_tokens = ARRAY_SIZE(chain) - 1;					\
	write_chain(first);								\
})
#endif

/* --- the rest of the boot --- */

/* The next allocation of memblock's gets this address. */
#define memblock_gives(at)	((void)(recorder_answer = (at)))

/* Late, only what was reserved with as many entries as there are now. */
#define as_reserved(call) do_as_reserved(resources == e820_entries() + 1, call)
#define do_as_reserved(is, call) ((is) ? ((call), report_tree()) : (void)0)
#define e820_entries()	api_table(E820_MAIN)->nr_entries

/* The tables move; what else would change them is gone with the init sections. */
WRAPPER static void reallocate_tables(void)
{
	reallocated = true;
	api_reallocate_tables();
}
