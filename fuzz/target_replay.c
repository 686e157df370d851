// SPDX-License-Identifier: GPL-2.0-only
/* Replay of a corpus by a fuzz target, with an eye on the coverage map. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "mutate.h"
#include "target.h"

/* An input as the engine would hand it over, and what its first run did. */
struct input {
	char *path;
	uint8_t *data;
	size_t size;
	uint64_t did;
	const struct subject *subject;
};

static struct input *inputs;
static unsigned int nr_inputs, max_inputs;
static bool failed;

static void fail(const char *why)
{
	fprintf(stderr, "earlyfuzz: %s\n", why);
	failed = true;
}

static void *checked(void *p)
{
	if (!p) {
		fprintf(stderr, "earlyfuzz: out of memory\n");
		exit(2);
	}
	return p;
}

static bool ends_with(const char *path, const char *suffix)
{
	size_t n = strlen(path), m = strlen(suffix);

	return n >= m && !strcmp(path + n - m, suffix);
}

static void add_input(const char *path, const uint8_t *data, size_t size)
{
	struct input *in;

	if (nr_inputs == max_inputs) {
		max_inputs = max_inputs ? 2 * max_inputs : 256;
		inputs = checked(realloc(inputs, max_inputs * sizeof(*inputs)));
	}
	in = &inputs[nr_inputs++];
	*in = (struct input){ .path = checked(strdup(path)), .size = size };
	in->data = checked(malloc(size + 1));
	memcpy(in->data, data, size);
}

/* Texts (.scn) of other families are left out; anything else is bytes. */
static void load_input(const char *path)
{
	static struct scenario s;
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	char err[SCENARIO_ERR];
	const uint8_t *data;
	size_t size;

	if (!ends_with(path, ".scn")) {
		if (scenario_read(path, &data, &size, err))
			add_input(path, data, size);
		else
			fail(err);
	} else if (!scenario_load(&s, path, false, err)) {
		fail(err);
	} else if (s.family == target_family) {
		add_input(path, bytes, scenario_encode(&s, bytes, sizeof(bytes)));
	}
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct input *)a)->path, ((const struct input *)b)->path);
}

static bool load_inputs(char **paths)
{
	struct files files = { 0 };
	char err[SCENARIO_ERR];

	for (; *paths; paths++)
		if (!files_add(&files, *paths, err))
			fail(err);
	for (size_t i = 0; i < files.nr; i++)
		load_input(files.path[i]);
	files_free(&files);
	if (!failed && !nr_inputs)
		fail("no input of this family there");
	return !failed;
}

static void clear_map(void)
{
	size_t size;

	for (unsigned int part = 0; part < TARGET_MAP_PARTS; part++) {
		uint8_t *map = target_engine->map(part, &size);

		memset(map, 0, size);
	}
}

static uint64_t hash_map(void)
{
	uint64_t h = 0;
	size_t size;

	for (unsigned int part = 0; part < TARGET_MAP_PARTS; part++) {
		const uint8_t *map = target_engine->map(part, &size);

		h = h * 31 + target_hash(map, size & ~(size_t)7);
		for (size_t i = size & ~(size_t)7; i < size; i++)
			h = h * 31 + map[i];
	}
	return h;
}

/* Verdict, states and coverage of one run in one number. */
static uint64_t replay(const struct input *in)
{
	const struct verdict *v = &target_run.verdict;
	uint64_t h;

	memset(&target_run.verdict, 0, sizeof(target_run.verdict));
	memset(&target_run.report, 0, sizeof(target_run.report));
	target_run.subject = NULL;
	clear_map();
	target_replay(in->data, in->size);
	h = hash_map();
	h = h * 31 + target_run.report.state_hash;
	h = h * 31 + target_run.report.executed;
	return ((h * 31 + v->kind) * 31 + v->op) * 31 + v->start;
}

static void shuffle(struct input *in, unsigned int nr, uint64_t seed)
{
	struct rng r;

	rng_seed(&r, seed);
	for (unsigned int i = nr; i > 1; i--) {
		unsigned int j = rng_below(&r, i);
		struct input tmp = in[i - 1];

		in[i - 1] = in[j];
		in[j] = tmp;
	}
}

static void reverse(struct input *in, unsigned int nr)
{
	for (unsigned int i = 0; i < nr / 2; i++) {
		struct input tmp = in[i];

		in[i] = in[nr - 1 - i];
		in[nr - 1 - i] = tmp;
	}
}

int target_stability(char **paths)
{
	static const char *const order[] = {
		"file order", "file order again", "reversed", "shuffle 1", "shuffle 2", "shuffle 3",
	};
	unsigned int unstable = 0;

	if (!load_inputs(paths))
		return 2;
	for (unsigned int o = 0; o < sizeof(order) / sizeof(order[0]); o++) {
		if (o >= 2)
			qsort(inputs, nr_inputs, sizeof(*inputs), by_path);
		if (o == 2)
			reverse(inputs, nr_inputs);
		else if (o > 2)
			shuffle(inputs, nr_inputs, o);
		for (unsigned int i = 0; i < nr_inputs; i++) {
			uint64_t did = replay(&inputs[i]);

			if (!o)
				inputs[i].did = did;
			if (did == inputs[i].did)
				continue;
			unstable++;
			printf("unstable: %s (%s)\n", inputs[i].path, order[o]);
		}
	}
	printf("stability: %u inputs in %zu orders, %u deviations\n", nr_inputs,
	       sizeof(order) / sizeof(order[0]), unstable);
	return unstable ? 1 : 0;
}

static void count_subject(const struct subject *subject, uint8_t *seen, size_t size)
{
	unsigned int runs = 0, edges = 0;
	const uint8_t *map;

	memset(seen, 0, size);
	for (unsigned int i = 0; i < nr_inputs; i++) {
		if (inputs[i].subject != subject)
			continue;
		runs++;
		replay(&inputs[i]);
		map = target_engine->map(0, &size);
		for (size_t b = 0; b < size; b++)
			seen[b] |= map[b];
	}
	for (size_t b = 0; b < size; b++)
		edges += !!seen[b];
	printf("%s\t%u\t%u\n", subject->id, runs, edges);
}

int target_edges(char **paths)
{
	const struct subject *const *subject;
	unsigned int nr;
	uint8_t *seen;
	size_t size;

	if (!load_inputs(paths))
		return 2;
	for (unsigned int i = 0; i < nr_inputs; i++)
		inputs[i].subject = target_subject_of(inputs[i].data, inputs[i].size);
	target_engine->map(0, &size);
	seen = checked(malloc(size));
	subject = target_subjects(&nr);
	for (unsigned int i = 0; i < nr; i++)
		count_subject(subject[i], seen, size);
	free(seen);
	return 0;
}

static bool write_input(const char *dir, const struct input *in)
{
	char path[4096];
	FILE *f;
	bool good;

	snprintf(path, sizeof(path), "%s/%016" PRIx64, dir, target_hash(in->data, in->size));
	f = fopen(path, "wb");
	good = f && fwrite(in->data, 1, in->size, f) == in->size;
	if (f && fclose(f))
		good = false;
	if (!good)
		fprintf(stderr, "earlyfuzz: %s: %s\n", path, strerror(errno));
	return good;
}

int target_import(const char *dir, char **paths)
{
	if (!load_inputs(paths))
		return 2;
	for (unsigned int i = 0; i < nr_inputs; i++)
		if (!write_input(dir, &inputs[i]))
			return 2;
	printf("%u\n", nr_inputs);
	return 0;
}
