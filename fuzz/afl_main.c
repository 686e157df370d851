// SPDX-License-Identifier: GPL-2.0-only
/* afl_FAMILY: the AFL++ target, persistent mode, inputs in shared memory. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "target.h"

/* What afl-compiler-rt.o exports. */
extern uint8_t *__afl_area_ptr;
extern uint32_t __afl_map_size;

/*
 * State feedback: one place in AFL++'s map per feature. Lying in the section of the edges'
 * guards, the features are numbered with them (from 1, in order) before the map is sized; this
 * object is linked first, so that they precede all edges.
 */
static uint32_t feature_place[RUN_FEATURES] __attribute__((section("__sancov_guards"), used));

static void set_feature(unsigned int id)
{
	__afl_area_ptr[feature_place[id]] = 1;
}

static uint8_t *map(unsigned int part, size_t *size)
{
	uint32_t first = feature_place[0], last = feature_place[RUN_FEATURES - 1];

	*size = part ? last + 1 - first : __afl_map_size - (last + 1);
	return __afl_area_ptr + (part ? first : last + 1);
}

static void check_places(void)
{
	uint32_t first = feature_place[0], last = feature_place[RUN_FEATURES - 1];

	/* 0 to 4 are AFL++'s own */
	if (first && first < 8 && last - first == RUN_FEATURES - 1)
		return;
	fprintf(stderr, "earlyfuzz: state feedback has no places in AFL++'s map "
		"(AFL_INST_RATIO set while building, or another AFL++ than 4.x?)\n");
	exit(2);
}

static const struct target_engine afl = {
	.name = "afl",
	.feature = set_feature,
	.map = map,
};

/* Files on the command line are run once each, as libFuzzer's targets do. */
static int replay(char **paths)
{
	char err[SCENARIO_ERR];
	const uint8_t *data;
	size_t size;

	for (; *paths; paths++) {
		if (!scenario_read(*paths, &data, &size, err)) {
			fprintf(stderr, "earlyfuzz: %s\n", err);
			return 2;
		}
		printf("%s: %zu bytes, as expected: ", *paths, size);
		fflush(stdout);
		printf("%s\n", target_one(data, size) ? "yes" : "no");
	}
	return 0;
}

__AFL_FUZZ_INIT();

int main(int argc, char **argv)
{
	const uint8_t *data;
	int status;

	if (!getenv("EARLYFUZZ_TARGET"))
		setenv("EARLYFUZZ_TARGET", argv[0], 1);
	check_places();
	target_init(&afl);
	if (argc > 1) {
		target_start();
		status = target_main(argc, argv);
		return status >= 0 ? status : replay(argv + 1);
	}
	__AFL_INIT();
	target_start();
	data = __AFL_FUZZ_TESTCASE_BUF;
	while (__AFL_LOOP(100000))
		target_one(data, __AFL_FUZZ_TESTCASE_LEN);
	return 0;
}
