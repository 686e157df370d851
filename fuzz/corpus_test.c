// SPDX-License-Identifier: GPL-2.0-only
/* Every committed scenario is readable and says what it is for. Argument: the corpus directory. */
#include <fts.h>
#include <string.h>

#include "scenario_testing.h"

static struct scenario a, b;
static char err[SCENARIO_ERR], text[1 << 16], again[1 << 16];
static uint8_t bytes[SCENARIO_BYTES_MAX];
static char *corpus[2];

static void print(char *buf, size_t size, const struct scenario *s)
{
	FILE *out = fmemopen(buf, size, "w");

	assert_non_null(out);
	scenario_print(out, s);
	assert_int_equal(fclose(out), 0);
	assert_true(strlen(buf) < size - 1);
}

/* parse, print and parse again; the byte form, too. */
static void check_file(const char *path)
{
	const uint8_t *data;
	size_t n;

	if (!scenario_read(path, &data, &n, err))
		fail_msg("%s", err);
	if (data[0] != '#')
		fail_msg("%s:1:1: no comment that says what it is for", path);
	if (!scenario_load(&a, path, false, err))
		fail_msg("%s", err);
	assert_canonical(&a);
	if (!a.nr)
		fail_msg("%s: no ops", path);

	print(text, sizeof(text), &a);
	assert_true(scenario_parse(&b, path, text, err));
	assert_same(&a, &b);
	print(again, sizeof(again), &b);
	assert_string_equal(text, again);

	n = scenario_encode(&a, bytes, sizeof(bytes));
	assert_true(scenario_check_bytes(bytes, n, err));
	scenario_decode(&b, NULL, bytes, n);
	assert_same(&a, &b);
}

static bool is_scenario(const FTSENT *e)
{
	return e->fts_info == FTS_F && e->fts_namelen > 4 &&
	       !strcmp(e->fts_name + e->fts_namelen - 4, ".scn");
}

static FTS *open_corpus(void)
{
	FTS *fts = fts_open(corpus, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);

	assert_non_null(fts);
	return fts;
}

static void every_file_survives(void **state)
{
	FTS *fts = open_corpus();
	unsigned int files = 0;
	FTSENT *e;

	(void)state;
	while ((e = fts_read(fts)))
		if (is_scenario(e)) {
			check_file(e->fts_path);
			files++;
		}
	fts_close(fts);
	print_message("%u scenarios\n", files);
	assert_true(files > 0);
}

/* What the seeds of a family use. */
struct use {
	uint64_t ops;
	unsigned int configs;
};

/* The seeds begin with everything there is: each op and each configuration, and lie where they belong. */
static void seeds_use_everything(void **state)
{
	struct use use[8] = { 0 };
	FTS *fts = open_corpus();
	FTSENT *e;

	(void)state;
	while ((e = fts_read(fts))) {
		unsigned int f = 0;
		char where[64];

		if (!is_scenario(e) || !strstr(e->fts_path, "/seeds/"))
			continue;
		if (!scenario_load(&a, e->fts_path, false, err))
			fail_msg("%s", err);
		snprintf(where, sizeof(where), "/seeds/%s/", a.family->name);
		if (!strstr(e->fts_path, where))
			fail_msg("%s: a scenario of family %s", e->fts_path, a.family->name);
		while (families[f] != a.family)
			f++;
		for (unsigned int i = 0; i < a.nr; i++)
			use[f].ops |= op_bit(a.ops[i].id);
		use[f].configs |= 1u << (a.config - a.family->configs);
	}
	fts_close(fts);
	for (unsigned int f = 0; families[f]; f++) {
		for (unsigned int i = 0; i < families[f]->nr_ops; i++)
			if (!(use[f].ops & op_bit(families[f]->ops[i].id)))
				fail_msg("no seed of family %s uses op %s", families[f]->name,
					 families[f]->ops[i].name);
		assert_int_equal(use[f].configs, (1u << families[f]->nr_configs) - 1);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_survives),
		cmocka_unit_test(seeds_use_everything),
	};

	if (argc != 2) {
		fprintf(stderr, "usage: corpus_test DIR\n");
		return 2;
	}
	corpus[0] = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
