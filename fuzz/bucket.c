// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bucket.h"
#include "bucket_files.h"
#include "fnv.h"

static struct bucket *find(struct buckets *all, const char *name)
{
	for (size_t i = 0; i < all->nr; i++)
		if (!strcmp(all->bucket[i].name, name))
			return &all->bucket[i];
	return NULL;
}

static struct bucket *new_bucket(struct buckets *all)
{
	if (all->nr == all->room) {
		size_t room = all->room ? 2 * all->room : 16;
		struct bucket *more = realloc(all->bucket, room * sizeof(*more));

		if (!more)
			return NULL;
		all->bucket = more;
		all->room = room;
	}
	memset(&all->bucket[all->nr], 0, sizeof(*all->bucket));
	return &all->bucket[all->nr++];
}

static bool keep(uint8_t **to, size_t *to_size, const uint8_t *from, size_t size)
{
	uint8_t *copy = malloc(size + 1);

	if (!copy)
		return false;
	memcpy(copy, from, size);
	free(*to);
	*to = copy;
	*to_size = size;
	return true;
}

/* The smallest input so far. */
static bool take(struct bucket *b, const struct scenario *s, const struct verdict *v,
		 const struct strictness *strict, const uint8_t *raw, size_t raw_size)
{
	static uint8_t bytes[SCENARIO_BYTES_MAX];
	size_t size = scenario_encode(s, bytes, sizeof(bytes));

	b->verdict = *v;
	b->strict = *strict;
	b->nr_ops = s->nr;
	return keep(&b->bytes, &b->size, bytes, size) && keep(&b->raw, &b->raw_size, raw, raw_size);
}

/* What more people can bring about comes first, then what is smaller. */
static bool is_better(const struct bucket *b, const struct scenario *s, const struct verdict *v,
		      size_t raw_size)
{
	if (v->legality != b->verdict.legality)
		return v->legality < b->verdict.legality;
	return s->nr < b->nr_ops || (s->nr == b->nr_ops && raw_size < b->raw_size);
}

bool bucket_add(struct buckets *all, const struct signature *sig, const struct scenario *s,
		const struct verdict *v, const struct strictness *strict, const char *quirk,
		const uint8_t *raw, size_t raw_size)
{
	char name[SIGNATURE_BUCKET];
	struct bucket *b;
	bool first, added;

	signature_bucket(name, sizeof(name), sig, quirk);
	b = find(all, name);
	first = !b;
	if (first) {
		b = new_bucket(all);
		if (!b)
			goto nomem;
		strcpy(b->name, name);
		b->sig = *sig;
		b->quirk = quirk;
		if (!seen_init(&b->hashes))
			goto nomem;
		b->before = all->dir ? bucket_inputs(all->dir, b->name) : 0;
		if (b->before && !bucket_hashes(all->dir, b->name, &b->hashes))
			goto nomem;
	}
	if (!seen_add(&b->hashes, fnv1a(raw, raw_size), &added))
		goto nomem;
	b->seen += added;
	b->again += !added;
	if (!first && !is_better(b, s, v, raw_size))
		return true;
	if (!take(b, s, v, strict, raw, raw_size))
		goto nomem;
	return !first || !all->dir || b->before || bucket_write_first(all->dir, b);
nomem:
	cli_error("%s: out of memory", name);
	return false;
}

void buckets_count(const struct buckets *all)
{
	for (size_t i = 0; all->dir && i < all->nr; i++)
		bucket_write_inputs(all->dir, &all->bucket[i]);
}

static struct finding as_finding(const struct bucket *b)
{
	return (struct finding){ .expect = b->sig.kind, .legality = b->verdict.legality };
}

static int by_rank(const void *x, const void *y)
{
	const struct bucket *a = x, *b = y;
	struct finding fa = as_finding(a), fb = as_finding(b);
	int rank = finding_rank(&fa, &fb);

	return rank ? rank : strcmp(a->name, b->name);
}

void buckets_sort(struct buckets *all)
{
	if (all->nr)
		qsort(all->bucket, all->nr, sizeof(*all->bucket), by_rank);
}

void buckets_free(struct buckets *all)
{
	for (size_t i = 0; i < all->nr; i++) {
		free(all->bucket[i].bytes);
		free(all->bucket[i].raw);
		seen_free(&all->bucket[i].hashes);
	}
	free(all->bucket);
	memset(all, 0, sizeof(*all));
}
