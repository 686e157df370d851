// SPDX-License-Identifier: GPL-2.0-only
/* bench --reach: into which states of their tables scenarios get the subjects. */
#include <ctype.h>
#include <string.h>

#include "cmd_bench.h"
#include "contract/memblock.h"
#include "isolate.h"
#include "reach.h"

static const struct {
	const char *title, *key;
} sources[REACH_SOURCES] = {
	[REACH_GENERATED] = { "generated", "generated" },
	[REACH_FROM_CORPUS] = { "from the corpus", "from_corpus" },
	[REACH_FROM_NOTHING] = { "from nothing", "from_nothing" },
};

static const char *table_name(const struct reach *r, unsigned int t)
{
	return r->subject->family->tables[t].name;
}

static void print_states(const struct reach *r)
{
	printf("%s: of %u scenarios each, how many got there\n%-24s", r->subject->id, r->runs, "");
	for (unsigned int s = 0; s < REACH_SOURCES; s++)
		printf("%*s", 20, sources[s].title);
	printf("\n%-24s", "");
	for (unsigned int s = 0; s < REACH_SOURCES; s++)
		for (unsigned int t = 0; t < WATCHED_TABLES; t++)
			printf("%10s", table_name(r, t));
	putchar('\n');
	for (unsigned int i = 0; i < REACHES; i++) {
		printf("  %-22s", table_reach_names[i]);
		for (unsigned int s = 0; s < REACH_SOURCES; s++)
			for (unsigned int t = 0; t < WATCHED_TABLES; t++)
				printf("%10u", r->count[s].state[t][i]);
		putchar('\n');
	}
	printf("  %-22s", "(other verdicts)");
	for (unsigned int s = 0; s < REACH_SOURCES; s++)
		printf("%20u", r->count[s].verdicts);
	putchar('\n');
}

/* Both tables after one op: how far memory was, a line each, and how far reserved was. */
static void print_pairs(const struct reach *r, unsigned int source)
{
	printf("  both tables, %s: %s down, %s across\n  %-15s", sources[source].title,
	       table_name(r, M_MEMORY), table_name(r, M_RESERVED), "");
	for (unsigned int k = 0; k < LEVELS; k++)
		printf("%15s", table_level_names[k]);
	putchar('\n');
	for (unsigned int i = 0; i < LEVELS; i++) {
		printf("  %-15s", table_level_names[i]);
		for (unsigned int k = 0; k < LEVELS; k++)
			printf("%15u", r->count[source].pair[i][k]);
		putchar('\n');
	}
}

static void print(const struct reach *r)
{
	print_states(r);
	for (unsigned int s = 0; s < REACH_SOURCES; s++)
		print_pairs(r, s);
}

/* "doubled once" as a key */
static const char *key(const char *name)
{
	static char buf[64];
	char *to = buf;

	for (; *name && to < buf + sizeof(buf) - 1; name++)
		*to++ = isalpha((unsigned char)*name) ? *name : '_';
	*to = '\0';
	return buf;
}

static json_t *states_object(const struct reach_counts *c, unsigned int t)
{
	json_t *o = json_object();

	for (unsigned int i = 0; i < REACHES; i++)
		json_object_set_new(o, key(table_reach_names[i]), json_integer(c->state[t][i]));
	return o;
}

static json_t *pairs_object(const struct reach_counts *c)
{
	json_t *o = json_object();

	for (unsigned int i = 0; i < LEVELS; i++) {
		json_t *line = json_object();

		for (unsigned int k = 0; k < LEVELS; k++)
			json_object_set_new(line, key(table_level_names[k]),
					    json_integer(c->pair[i][k]));
		json_object_set_new(o, key(table_level_names[i]), line);
	}
	return o;
}

static json_t *object(const struct reach *r)
{
	json_t *o = json_pack("{s:s, s:i}", "subject", r->subject->id, "scenarios", r->runs);

	for (unsigned int s = 0; s < REACH_SOURCES; s++) {
		const struct reach_counts *c = &r->count[s];
		json_t *of = json_object();

		for (unsigned int t = 0; t < WATCHED_TABLES; t++)
			json_object_set_new(of, table_name(r, t), states_object(c, t));
		json_object_set_new(of, "memory_and_reserved", pairs_object(c));
		json_object_set_new(of, "other_verdicts", json_integer(c->verdicts));
		json_object_set_new(o, sources[s].key, of);
	}
	return o;
}

int bench_reach(const struct subject *subject, const struct inputs *in, unsigned int runs,
		json_t *list)
{
	static struct reach r;
	static struct scenario s;

	memset(&r, 0, sizeof(r));
	r.subject = subject;
	r.runs = runs;
	for (size_t i = 0; i < in->nr; i++) {
		input_scenario(&in->input[i], &s);
		reach_take(&r, &s);
	}
	reach_run(&r, isolate_interrupted);
	if (isolate_interrupted())
		return cli_interrupted("what is above is all there is");
	if (list)
		json_array_append_new(list, object(&r));
	else
		print(&r);
	fflush(stdout);
	return CLI_OK;
}
