// SPDX-License-Identifier: GPL-2.0-only
/* fuzz_FAMILY: the libFuzzer target. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "target.h"

#define STRING(x)	#x
#define EXPANDED(x)	STRING(x)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
				 size_t size2, uint8_t *out, size_t max_size, unsigned int seed);

/* One counter per feature; libFuzzer clears and reads them with its own. */
static uint8_t features[RUN_FEATURES]
	__attribute__((section("__libfuzzer_extra_counters"), aligned(64)));

/* Made by the linker around the edges' counters of all instrumented objects. */
extern uint8_t __start___sancov_cntrs[] __attribute__((visibility("hidden")));
extern uint8_t __stop___sancov_cntrs[] __attribute__((visibility("hidden")));

static void set_feature(unsigned int id)
{
	features[id] = 1;	/* that it happened; how often would bloat the corpus */
}

static uint8_t *map(unsigned int part, size_t *size)
{
	*size = part ? sizeof(features) : (size_t)(__stop___sancov_cntrs - __start___sancov_cntrs);
	return part ? features : __start___sancov_cntrs;
}

static const struct target_engine libfuzzer = {
	.name = "libfuzzer",
	.feature = set_feature,
	.map = map,
};

/*
 * Our defaults come before the options given: libFuzzer takes the last of each. It would grow
 * inputs from 4 bytes upwards, less than a header.
 */
static void add_defaults(int *argc, char ***argv)
{
	static char *defaults[] = {
		(char *)"-len_control=0", (char *)"-max_len=" EXPANDED(TARGET_INPUT_MAX),
	};
	const int nr = sizeof(defaults) / sizeof(defaults[0]);
	char **more = calloc(*argc + nr + 1, sizeof(*more));

	if (!more)
		return;
	more[0] = (*argv)[0];
	memcpy(more + 1, defaults, sizeof(defaults));
	memcpy(more + 1 + nr, *argv + 1, (*argc - 1) * sizeof(*more));
	*argv = more;
	*argc += nr;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	int status;

	if (!getenv("EARLYFUZZ_TARGET"))
		setenv("EARLYFUZZ_TARGET", (*argv)[0], 1);
	target_init(&libfuzzer);
	target_start();
	status = target_main(*argc, *argv);
	if (status >= 0) {
		fflush(NULL);
		_exit(status);	/* libFuzzer's exit handler would report a crash */
	}
	add_defaults(argc, argv);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	features[0] = 1;	/* no op's id: libFuzzer wants something of the empty input */
	target_one(data, size);
	return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	return target_mutate(data, size, NULL, 0, data, max_size, seed, LLVMFuzzerMutate);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1, const uint8_t *data2,
				 size_t size2, uint8_t *out, size_t max_size, unsigned int seed)
{
	return target_mutate(data1, size1, data2, size2, out, max_size, seed, NULL);
}
