// SPDX-License-Identifier: GPL-2.0-only
/* Executions per subject, counted in a file that all processes of a run share. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "target.h"

/* The same layout whatever the word size, and one instruction to add. */
typedef uint64_t counter __attribute__((__aligned__(8)));

struct counts {
	char id[64];
	counter executions;	/* inputs */
	counter skipped;	/* ops */
	counter bad;		/* inputs with a verdict */
	counter fired[64];	/* inputs by quirk */
};

#define STATS_SIZE	(TARGET_SUBJECTS_MAX * sizeof(struct counts))

static struct counts *counts;

static struct counts *map_stats(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0666);
	void *p = MAP_FAILED;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (flags & O_CREAT) {
		if (!ftruncate(fd, STATS_SIZE))
			p = mmap(NULL, STATS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	} else if (!fstat(fd, &st)) {
		errno = EINVAL;
		if (st.st_size == STATS_SIZE)
			p = mmap(NULL, STATS_SIZE, PROT_READ, MAP_SHARED, fd, 0);
	}
	close(fd);
	return p == MAP_FAILED ? NULL : p;
}

void target_stats_open(const char *path, const struct subject *const *subject, unsigned int nr)
{
	counts = map_stats(path, O_RDWR | O_CREAT);
	if (!counts) {
		fprintf(stderr, "earlyfuzz: EARLYFUZZ_STATS=%s: %s\n", path, strerror(errno));
		_exit(2);
	}
	for (unsigned int i = 0; i < nr; i++)
		strncpy(counts[i].id, subject[i]->id, sizeof(counts[i].id) - 1);
}

static void count(counter *n, uint64_t by)
{
	__atomic_fetch_add(n, by, __ATOMIC_RELAXED);
}

void target_stats_count(unsigned int subject)
{
	count(&counts[subject].executions, 1);
}

void target_stats_result(unsigned int subject, bool good, const struct run_report *r)
{
	struct counts *c = &counts[subject];

	if (!good)
		count(&c->bad, 1);
	if (r->skipped)
		count(&c->skipped, r->skipped);
	for (uint64_t fired = r->fired; fired; fired &= fired - 1)
		count(&c->fired[__builtin_ctzll(fired)], 1);
}

int target_stats_print(const char *path)
{
	const struct model *m = model_of(target_family);
	const struct counts *c = map_stats(path, O_RDONLY);

	if (!c) {
		fprintf(stderr, "earlyfuzz: %s: %s\n", path, strerror(errno));
		return 2;
	}
	for (unsigned int i = 0; i < TARGET_SUBJECTS_MAX && c[i].id[0]; i++) {
		printf("%s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64, c[i].id, c[i].executions,
		       c[i].skipped, c[i].bad);
		for (unsigned int q = 0; q < m->nr_quirks && q < 64; q++)
			if (c[i].fired[q])
				printf("\t%s=%" PRIu64, m->quirks[q].id, c[i].fired[q]);
		printf("\n");
	}
	return 0;
}
