// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two ways out of bootmem, and all kernels since: one answer. Each boot that searches from below is
 * run on every kernel; after the hand-off the pages that were passed on and those of the tables,
 * together, must be the same everywhere. No model is asked.
 *
 * Not compared: kernels that found other places for what was allocated, or did not get to the end.
 * A boot where kernels differ for a reason says which: "# ways: ID" in its header, a trait or a
 * quirk that one of each two that differ has; then they must.
 *
 * Argument: the directory of the boots.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "contract/boot.h"
#include "contract/model.h"
#include "contract/subject.h"
#include "draw.h"
#include "isolate.h"

#define SUBJECTS_MAX	16u
#define REASON		80u
#define HANG_MS		50	/* CPU time: some boots hang on old kernels, no op takes 1 ms */

/* One kernel's run: up to the hand-off, if it got there. */
struct way {
	const struct subject *subject;
	struct isolate *iso;
	const struct trace *trace;
	int handoff;			/* the step; -1: did not get there */
};

static struct way way[SUBJECTS_MAX];
static unsigned int ways;
static unsigned int boots, compared, across, elsewhere, ended, explained, failed;
static unsigned int unexplained;

static bool is_way(const struct subject *s)
{
	return s->family == &boot_family && s->config->long_bits != 32;
}

static bool prepare(void)
{
	for (const struct subject *const *s = subjects; *s && ways < SUBJECTS_MAX; s++) {
		if (!is_way(*s))
			continue;
		way[ways].subject = *s;
		way[ways].iso = isolate_new(HANG_MS);
		if (!way[ways].iso)
			return false;
		ways++;
	}
	return true;
}

static bool searches_from_below(const struct scenario *s)
{
	for (unsigned int i = 0; i < s->nr; i++)
		if (s->ops[i].id == B_BOTTOM_UP)
			return s->ops[i].arg[0];
	return false;
}

/* The first hand-off that came back; -1: none did. */
static int handoff_of(const struct trace *t, const struct scenario *s)
{
	for (unsigned int i = 0; i < t->nr; i++)
		if (s->ops[t->step[i].op].id == B_HANDOFF)
			return t->step[i].got.outcome == OUT_RETURN ? (int)i : -1;
	return -1;
}

static bool run(struct way *w, const struct scenario *s)
{
	const struct run_options opt = { .no_oracle = true };
	struct verdict v;

	w->trace = isolate_trace(w->iso);
	w->handoff = -1;
	if (isolate_run(w->iso, w->subject, s, &opt, true, &v, NULL) == ISOLATE_BROKEN) {
		fprintf(stderr, "%s: %s\n", w->subject->id, isolate_said(w->iso));
		return false;
	}
	w->handoff = handoff_of(w->trace, s);
	return true;
}

static bool is_answer(uint8_t id)
{
	return id == B_FIND || id == B_ALLOC || id == B_ALLOC_NODE || id == B_ALLOC_RESERVED;
}

/* Did both find the same places for everything up to the hand-off? */
static bool same_places(const struct way *a, const struct way *b, const struct scenario *s)
{
	if (a->handoff != b->handoff)
		return false;
	for (int i = 0; i < a->handoff; i++)
		if (is_answer(s->ops[a->trace->step[i].op].id) &&
		    a->trace->step[i].got.value != b->trace->step[i].got.value)
			return false;
	return true;
}

static unsigned int generation(const struct way *w)
{
	return boot_family.generation(w->subject->version);
}

static void tell(const char *path, const struct way *a, const struct way *b)
{
	const struct pen pen = { .out = stdout, .indent = "  " };
	struct table x = trace_got(a->trace, a->handoff, B_BOTH);
	struct table y = trace_got(b->trace, b->handoff, B_BOTH);

	printf("%s: %s (-) and %s (+) pass on different pages\n", path, a->subject->id,
	       b->subject->id);
	draw_change(&pen, &boot_family.tables[B_BOTH], &x, &y);
}

/* Boot's own, and those of what it is made of. */
static const struct trait *trait_by_id(const char *id)
{
	static const struct family *const parts[] = {
		&boot_family, &e820_family, &early_res_family, &memblock_family,
	};

	for (unsigned int k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
		const struct model *m = model_of(parts[k]);

		for (unsigned int i = 0; i < m->nr_traits; i++)
			if (!strcmp(m->traits[i].id, id))
				return &m->traits[i];
	}
	return NULL;
}

static bool is_known(const char *id)
{
	return trait_by_id(id) || model_quirk_by_id(model_of(&boot_family), id) >= 0;
}

/* Is a kernel of this version known to be that way? */
static bool has(const struct way *w, const char *id)
{
	const struct model *m = model_of(&boot_family);
	const struct trait *t = trait_by_id(id);
	int quirk = model_quirk_by_id(m, id);

	return t ? trait_holds(t, w->subject->version, w->subject->config) :
		   quirk >= 0 && model_quirks_for(m, w->subject->version) >> quirk & 1;
}

/* Returns whether they differ. */
static bool compare(const char *path, const struct way *a, const struct way *b,
		    const struct scenario *s, const char *reason)
{
	struct table x, y;

	if (a->handoff < 0 || b->handoff < 0) {
		ended++;
		return false;
	}
	if (!same_places(a, b, s)) {
		elsewhere++;
		return false;
	}
	x = trace_got(a->trace, a->handoff, B_BOTH);
	y = trace_got(b->trace, b->handoff, B_BOTH);
	compared++;
	across += generation(a) != generation(b);
	if (draw_same(&x, &y))
		return false;
	if (!has(a, reason) && !has(b, reason)) {
		tell(path, a, b);
		unexplained++;
	}
	return true;
}

/* All kernels against the first one that has the configuration, and the next one. */
static bool judge_boot(const char *path, const struct scenario *s, const char *reason)
{
	bool differ = false;
	struct way *fit[SUBJECTS_MAX];
	unsigned int n = 0, before = across, unexplained_before = unexplained;

	if (reason[0] && !is_known(reason)) {
		fprintf(stderr, "%s: \"# ways: %s\": neither a trait nor a quirk of boot\n", path,
			reason);
		return false;
	}
	for (unsigned int i = 0; i < ways; i++) {
		if (!config_runs(way[i].subject->config, s->config))
			continue;
		if (!run(&way[i], s))
			return false;
		fit[n++] = &way[i];
	}
	for (unsigned int i = 0; i < n; i++)
		for (unsigned int k = i + 1; k < n; k++)
			differ |= compare(path, fit[i], fit[k], s, reason);
	boots++;
	explained += differ && unexplained == unexplained_before;
	failed += unexplained > unexplained_before;
	if (!differ && reason[0] && across > before) {
		printf("%s: kernels should differ (%s), but they do not\n", path, reason);
		failed++;
	}
	return true;
}

static bool one_boot(const char *path)
{
	static struct scenario s;
	char err[SCENARIO_ERR], reason[REASON] = "";
	const uint8_t *text;
	size_t size;

	if (!scenario_read(path, &text, &size, err) ||
	    (scenario_header((const char *)text, "ways", reason, sizeof(reason)), false) ||
	    !scenario_load(&s, path, false, err)) {
		fprintf(stderr, "%s\n", err);
		return false;
	}
	return !searches_from_below(&s) || judge_boot(path, &s, reason);
}

static int is_boot(const struct dirent *e)
{
	size_t len = strlen(e->d_name);

	return len > 4 && !strcmp(e->d_name + len - 4, ".scn");
}

static bool generations_are_here(void)
{
	for (unsigned int i = 1; i < ways; i++)
		if (generation(&way[i]) != generation(&way[0]))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct dirent **list;
	int n;

	if (argc != 2) {
		fprintf(stderr, "usage: ways_test DIR\n");
		return 2;
	}
	n = scandir(argv[1], &list, is_boot, alphasort);
	if (n < 0 || !prepare()) {
		fprintf(stderr, "%s: cannot be read\n", argv[1]);
		return 2;
	}
	for (int i = 0; i < n; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", argv[1], list[i]->d_name);
		if (!one_boot(path))
			return 2;
		free(list[i]);
	}
	free(list);
	for (unsigned int i = 0; i < ways; i++)
		isolate_free(way[i].iso);
	printf("%u boots on %u kernels: %u pairs compared (%u of different generations), "
	       "%u found other places, %u ended before; %u boots differ for a reason, %u fail\n",
	       boots, ways, compared, across, elsewhere, ended, explained, failed);
	if (ways > 1 && !compared) {
		printf("nothing was compared\n");
		return 1;
	}
	if (generations_are_here() && !across) {
		printf("no two generations were compared\n");
		return 1;
	}
	return failed;
}
