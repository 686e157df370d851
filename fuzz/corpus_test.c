// SPDX-License-Identifier: GPL-2.0-only
/* Every committed scenario is readable and says what it is for. Argument: the corpus directory. */
#include <dirent.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "scenario_testing.h"

static struct scenario a, b;
static char err[SCENARIO_ERR], text[1 << 16], again[1 << 16];
static uint8_t bytes[SCENARIO_BYTES_MAX];
static const char *corpus;

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

static bool is_scenario(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && !strcmp(name + len - 4, ".scn");
}

/* Call @check on every scenario below @dir. Return: how many. */
static unsigned int walk(const char *dir, void (*check)(const char *path))
{
	DIR *d = opendir(dir);
	unsigned int files = 0;
	struct dirent *e;

	if (!d)
		fail_msg("%s: cannot open", dir);
	while ((e = readdir(d))) {
		char path[PATH_MAX];
		struct stat st;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		assert_int_equal(stat(path, &st), 0);
		if (S_ISDIR(st.st_mode)) {
			files += walk(path, check);
		} else if (is_scenario(e->d_name)) {
			check(path);
			files++;
		}
	}
	closedir(d);
	return files;
}

static void every_file_survives(void **state)
{
	unsigned int files = walk(corpus, check_file);

	(void)state;
	print_message("%u scenarios\n", files);
	assert_true(files > 0);
}

/* What the seeds of a family use. */
static struct use {
	uint64_t ops;
	unsigned int configs;
} use[8];

static void check_seed(const char *path)
{
	unsigned int f = 0;
	char where[64];

	if (!strstr(path, "/seeds/"))
		return;
	if (!scenario_load(&a, path, false, err))
		fail_msg("%s", err);
	snprintf(where, sizeof(where), "/seeds/%s/", a.family->name);
	if (!strstr(path, where))
		fail_msg("%s: a scenario of family %s", path, a.family->name);
	while (families[f] != a.family)
		f++;
	for (unsigned int i = 0; i < a.nr; i++)
		use[f].ops |= op_bit(a.ops[i].id);
	use[f].configs |= 1u << (a.config - a.family->configs);
}

/* The seeds use everything there is, each op and each configuration, and lie where they belong. */
static void seeds_use_everything(void **state)
{
	(void)state;
	walk(corpus, check_seed);
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
	corpus = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
