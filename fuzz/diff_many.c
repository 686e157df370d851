// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "diff_many.h"
#include "many.h"
#include "min.h"
#include "report.h"

#define GROUPS_MAX	128u

struct group {
	uint8_t op;
	char what[32];
	bool right;		/* each does what the contract asks of its version */
	unsigned long times;
	char *file;
	uint8_t *bytes;		/* of the minimized scenario */
	size_t size;
};

static struct group group[GROUPS_MAX];
static unsigned int nr_groups;

/* Where they part, as a group; false: they do not, or a run failed. */
static bool part(struct diff_many *d, const struct scenario *s, struct group *g, int *step)
{
	const struct side *failed;
	unsigned int op;

	memset(g, 0, sizeof(*g));
	if (sides_run(d->side, s, &failed) > ISOLATE_VERDICT)
		return false;
	*step = sides_part(d->side, s, g->what);
	if (*step < 0)
		return false;
	op = sides_op(d->side, *step);
	g->op = op < s->nr ? s->ops[op].id : 0;
	g->right = side_agrees_to(&d->side[0], s) > op && side_agrees_to(&d->side[1], s) > op;
	return true;
}

static bool same_group(const struct group *a, const struct group *b)
{
	return a->op == b->op && a->right == b->right && !strcmp(a->what, b->what);
}

struct goal {
	struct diff_many *d;
	const struct group *group;
};

static bool keeps(void *arg, const struct scenario *s)
{
	const struct goal *goal = arg;
	struct group g;
	int step;

	return part(goal->d, s, &g, &step) && same_group(&g, goal->group);
}

/* A new group: its scenario is minimized. False when there is no memory for it. */
static bool add(struct diff_many *d, struct scenario *s, const struct group *g, const char *file)
{
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	struct group *own = &group[nr_groups];
	struct goal goal = { d, own };
	struct min m = { .keeps = keeps, .stop = isolate_interrupted, .arg = &goal };

	*own = *g;
	own->times = 1;
	own->file = strdup(file);
	minimize(&m, s);
	own->size = scenario_encode(s, bytes, sizeof(bytes));
	own->bytes = malloc(own->size);
	if (!own->file || !own->bytes)
		return false;
	memcpy(own->bytes, bytes, own->size);
	nr_groups++;
	return true;
}

static bool fits(const struct diff_many *d, const struct scenario *s)
{
	for (int i = 0; i < 2; i++)
		if (d->side[i].subject->family != s->family ||
		    !config_runs(d->side[i].subject->config, s->config))
			return false;
	return true;
}

/* Return: false to stop: interrupted, or no memory. */
static bool compare(struct diff_many *d, struct scenario *s, const char *file)
{
	struct group g;
	int step;

	if (!part(d, s, &g, &step))
		return !isolate_interrupted();
	for (unsigned int i = 0; i < nr_groups; i++)
		if (same_group(&group[i], &g)) {
			group[i].times++;
			return true;
		}
	return nr_groups == GROUPS_MAX || add(d, s, &g, file);
}

/*
 * What a side's model says of it up to op @op: "" when that is as the contract asks. What is known
 * counts where it fires at that very op; @known: it fired before, and what it left is still there.
 */
static const char *judge(const struct side *x, const struct scenario *s, unsigned int op,
			 char *buf, size_t size, uint64_t *known)
{
	const struct model *m = model_of(s->family);
	const struct run_options opt = {
		.quirks = model_quirks_for(m, x->subject->version), .fuzzing = true,
	};
	static struct scenario upto;
	struct run_report r;
	struct verdict v;
	char ids[256];

	buf[0] = 0;
	*known = 0;
	if (side_agrees_to(x, s) > op)
		return buf;
	upto = *s;
	if (op < s->nr)
		upto.nr = op + 1u + s->ops[op].nr_tokens;
	if (isolate_run(x->iso, x->subject, &upto, &opt, false, &v, &r) > ISOLATE_VERDICT)
		snprintf(buf, size, "could not be run");
	else if (v.kind != VERDICT_PASS)
		snprintf(buf, size, "%s at op %u", verdict_name(v.kind), v.op);
	else if (r.last == op && r.fired_last)
		snprintf(buf, size, "known: %s",
			 report_quirks(ids, sizeof(ids), s->family, r.fired_last));
	else if (r.last < op || r.unjudged)
		snprintf(buf, size, "behind what is known: %s",
			 report_quirks(ids, sizeof(ids), s->family, r.fired));
	if (v.kind == VERDICT_PASS && r.last == op && !r.unjudged)
		*known = r.fired;
	return buf;
}

/* Each does what its model says: then their versions make the difference. */
static bool print_explained(const struct diff_many *d, const uint64_t *known)
{
	const struct subject *a = d->side[0].subject, *b = d->side[1].subject;
	char traits[512], ids[256];

	sides_traits(traits, sizeof(traits), a, b);
	if (traits[0])
		printf("  explained by the kernels' traits, among:%s\n", traits);
	for (int i = 0; i < 2; i++)
		if (known[i] & ~known[!i])
			printf("  %s: known: %s, at an op before\n", d->side[i].subject->id,
			       report_quirks(ids, sizeof(ids), a->family, known[i] & ~known[!i]));
	if (!traits[0] && known[0] == known[1])
		printf("  both do what the contract asks\n");
	return known[0] == known[1];
}

/* Returns whether traits explain it. */
static bool print_group(struct diff_many *d, const struct group *g)
{
	static struct scenario s;
	const struct op_desc *desc = family_op(d->side[0].subject->family, g->op);
	uint64_t known[2];
	char why[2][320];
	char what[32];
	const struct side *failed;
	unsigned int op = 0;
	int step;

	scenario_decode(&s, NULL, g->bytes, g->size);
	printf("\n%s: %s, in %lu scenario%s, first %s\n\n", desc ? desc->name : "?", g->what,
	       g->times, g->times == 1 ? "" : "s", g->file);
	scenario_print(stdout, &s);
	if (sides_run(d->side, &s, &failed) <= ISOLATE_VERDICT) {
		step = sides_part(d->side, &s, what);
		if (step < 0)
			return false;
		op = sides_op(d->side, step);
		printf("\n  at op %u\n", op);
		sides_draw(&d->pen, d->side, &s, step);
	}
	for (int i = 0; i < 2; i++)
		if (judge(&d->side[i], &s, op, why[i], sizeof(why[i]), &known[i])[0])
			printf("  %s: %s\n", d->side[i].subject->id, why[i]);
	/* what is known of both alike makes no difference either */
	if ((why[0][0] || why[1][0]) && (!known[0] || known[0] != known[1]))
		return false;
	return print_explained(d, known) && !why[0][0] && !why[1][0];
}

static bool work(struct diff_many *d, unsigned long *compared)
{
	static struct scenario s;

	for (size_t i = 0; i < d->in.nr; i++) {
		input_scenario(&d->in.input[i], &s);
		if (!fits(d, &s))
			continue;
		++*compared;
		if (!compare(d, &s, d->in.input[i].path))
			return false;
	}
	for (uint64_t seed = d->seed; seed - d->seed < d->runs; seed++) {
		const struct many many = {
			.family = d->side[0].subject->family, .ops = d->ops,
			.config = family_config(d->side[0].subject->family,
						d->side[0].subject->config->id),
		};
		char name[32];

		many_make(&s, &many, seed);
		snprintf(name, sizeof(name), "seed %llu", (unsigned long long)seed);
		++*compared;
		if (!compare(d, &s, name))
			return false;
	}
	return true;
}

int diff_many(struct diff_many *d)
{
	unsigned long compared = 0, differ = 0;
	unsigned int explained = 0;
	bool done = work(d, &compared);

	for (unsigned int i = 0; i < nr_groups && !isolate_interrupted(); i++) {
		explained += print_group(d, &group[i]);
		differ += group[i].times;
	}
	if (!compared && done)
		return cli_error("diff: no scenario of family %s in a configuration of both",
				 d->side[0].subject->family->name);
	if (nr_groups)
		putchar('\n');
	printf("%s and %s: %lu scenarios, %lu differ", d->side[0].subject->id,
	       d->side[1].subject->id, compared, differ);
	if (nr_groups)
		printf(" in %u ways, %u explained", nr_groups, explained);
	putchar('\n');
	for (unsigned int i = 0; i < nr_groups; i++) {
		free(group[i].file);
		free(group[i].bytes);
	}
	if (isolate_interrupted())
		return cli_interrupted("that is not all");
	if (!done)
		return cli_error("diff: out of memory");
	return explained < nr_groups ? CLI_VERDICT : CLI_OK;
}
