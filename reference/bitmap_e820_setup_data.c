// SPDX-License-Identifier: GPL-2.0-only
/* The brute-force judge of family e820: chains of setup_data. */
#include "bitmap_e820.h"
#include "contract/setup_data.h"

/* @at: lines of E820_PRINTED that are judged; @empty: a range without bytes was changed */
struct walk {
	struct trial *t;
	unsigned int at;
	bool empty;
};

static bool reserve(struct walk *w, uint64_t start, uint64_t size, bool kexec)
{
	const struct table *p = &w->t->st->table[E820_PRINTED];

	w->empty |= !size;
	for (unsigned int table = E820_MAIN; table <= (kexec ? E820_KEXEC : E820_MAIN); table++) {
		uint64_t shown = start + size < start ? 0 - start : size;

		if (!trial_update(w->t, &w->t->want[table], start, size, E820_T_RAM,
				  E820_T_RESERVED_KERN))
			return false;
		/* both types read alike */
		if (w->at >= p->nr ||
		    !trial_is_row(&p->rows[w->at++], start, shown, E820_T_RAM, E820_T_RAM))
			return trial_complain(w->t, "not a line for each range that is reserved");
	}
	return true;
}

/* @ends: it cannot be read, the chain ends here. */
static bool judge_node(struct walk *w, const struct e820_node *n, bool *ends)
{
	bool indirect = n->type == 0x80000000;
	uint64_t whole = 16 + (uint64_t)n->len;
	bool own = n->type == 4 || n->type == 8 || n->type == 9;	/* EFI, IMA, RNG_SEED */
	bool kexec = w->t->b->kexec_setup_data;

	if (!reserve(w, n->at, whole, kexec && !own))
		return false;
	if (!indirect)
		return true;
	*ends = !e820_can_map_below(n->at, whole % (1ULL << 32),
				    config_phys_max(w->t->b->config));
	if (*ends)
		return true;
	/* what is mapped does not hold the payload */
	if (whole % (1ULL << 32) < E820_DATA_HEAD)
		return true;
	if (!n->payload)
		return reserve(w, 0, 0, kexec);
	return n->payload->arg[0] == 0x80000000 ||
	       reserve(w, n->payload->arg[1], n->payload->arg[2], kexec);
}

bool trial_reserve_setup_data(struct trial *t)
{
	struct walk w = { .t = t };
	struct e820_node node[E820_DATA_MAX];
	unsigned int nr = e820_chain(t->op, node);
	bool ends = false;

	for (unsigned int i = 0; i < nr && !ends; i++)
		if (!judge_node(&w, &node[i], &ends))
			return false;
	t->value = 0;
	if (!nr || ends || t->op->arg[0] > nr)
		return w.at == t->st->table[E820_PRINTED].nr ||
		       trial_complain(t, "more is printed than what is reserved");
	for (unsigned int table = E820_MAIN; table <= E820_KEXEC; table++) {
		if (table == E820_KEXEC && !t->b->kexec_setup_data)
			continue;
		trial_update_table(t, table);
		/* open: does an empty range leave a boundary, and a piece that found no slot? */
		t->updated[table] &= !w.empty && !(t->res->said & SAID_ERROR);
	}
	return trial_printed_after(t, w.at);
}
