// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bucket_files.h"
#include "gone.h"
#include "min_cost.h"
#include "min_goal.h"
#include "min_headers.h"
#include "repro.h"

static bool path_of(char *out, const char *dir, const char *name, const char *file)
{
	if ((size_t)snprintf(out, PATH_MAX, "%s/%s%s%s", dir, name, *file ? "/" : "", file) <
	    PATH_MAX)
		return true;
	cli_error("%s: name too long", dir);
	return false;
}

/* Begin to write a file of a bucket; it appears whole. */
static bool begin(struct output *o, char *path, const char *dir, const char *name, const char *file)
{
	return path_of(path, dir, name, file) && output_open(o, path);
}

unsigned long bucket_inputs(const char *dir, const char *name)
{
	unsigned long n = 0;
	char path[PATH_MAX];
	FILE *f;

	if (!path_of(path, dir, name, "inputs"))
		return 0;
	f = fopen(path, "r");
	if (f && fscanf(f, "%lu", &n) != 1)
		n = 0;
	if (f)
		fclose(f);
	return n;
}

bool bucket_hashes(const char *dir, const char *name, struct seen *hashes)
{
	unsigned long long hash;
	char path[PATH_MAX];
	bool ok = true, added;
	FILE *f;

	if (!path_of(path, dir, name, "hashes"))
		return false;
	f = fopen(path, "r");
	while (f && ok && fscanf(f, "%llx", &hash) == 1)
		ok = seen_add(hashes, hash, &added);
	if (f)
		fclose(f);
	return ok;
}

static bool write_hashes(const char *dir, const char *name, const struct seen *hashes)
{
	char path[PATH_MAX];
	struct output o;

	if (!begin(&o, path, dir, name, "hashes"))
		return false;
	for (uint64_t i = 0; i <= hashes->mask; i++)
		if (hashes->slot[i])
			fprintf(o.out, "%016llx\n", (unsigned long long)hashes->slot[i]);
	return output_close(&o);
}

/* The hashes first: rather one that is not counted than one that counts twice. */
static bool write_inputs(const char *dir, const char *name, const struct bucket *b)
{
	char path[PATH_MAX];
	struct output o;

	if (!write_hashes(dir, name, &b->hashes) || !begin(&o, path, dir, name, "inputs"))
		return false;
	fprintf(o.out, "%lu\n", b->before + b->seen);
	return output_close(&o);
}

bool bucket_write_inputs(const char *dir, const struct bucket *b)
{
	return write_inputs(dir, b->name, b);
}

static bool write_raw(const char *dir, const char *name, const struct bucket *b)
{
	char path[PATH_MAX];
	struct output o;

	if (!begin(&o, path, dir, name, "raw.bin"))
		return false;
	fwrite(b->raw, 1, b->raw_size, o.out);
	return output_close(&o);
}

/* What scripts read: "FIELD: VALUE", up to an empty line. */
static void print_fields(FILE *out, const struct bucket *b, const struct scenario *s)
{
	const struct verdict *v = &b->verdict;

	fprintf(out, "verdict:  %s\n", verdict_name(v->kind));
	if (v->op < s->nr) {
		fprintf(out, "op:       %u: ", v->op);
		scenario_print_op(out, s, v->op);
		fputc('\n', out);
	}
	fprintf(out, "function: %s\n", b->sig.function);
	if (v->detail[0])
		fprintf(out, "          %s\n", v->detail);
	fprintf(out, "legality: %s\n", legality_name(v->legality));
	if (b->quirk)
		fprintf(out, "quirk:    %s\n", b->quirk);
	fprintf(out, "subject:  %s (Linux %s)\n", b->sig.subject->id, b->sig.subject->release);
	fprintf(out, "again:    earlyfuzz run%s --subject %s scenario.scn\n\n",
		b->strict.all || b->strict.nr ? " --strict" : "", b->sig.subject->id);
}

static bool write_scenario(const char *dir, const char *name, const struct scenario *s)
{
	char path[PATH_MAX];
	struct output o;

	if (!begin(&o, path, dir, name, "scenario.scn"))
		return false;
	fprintf(o.out, "# as the first input has it, not minimized\n");
	scenario_print(o.out, s);
	return output_close(&o);
}

static bool write_report(const char *dir, const char *name, const struct bucket *b,
			 const struct scenario *s, const struct repro *r)
{
	char path[PATH_MAX];
	struct output o;

	if (!begin(&o, path, dir, name, "report.txt"))
		return false;
	print_fields(o.out, b, s);
	if (r)
		repro_format_by_name("text")->emit(o.out, r);
	else
		scenario_print(o.out, s);
	return output_close(&o);
}

bool bucket_write_first(const char *dir, const struct bucket *b)
{
	char tmp[SIGNATURE_BUCKET + 8], from[PATH_MAX], to[PATH_MAX];
	static struct scenario s;

	scenario_decode(&s, NULL, b->bytes, b->size);
	snprintf(tmp, sizeof(tmp), ".new.%s", b->name);
	if (!path_of(from, dir, tmp, "") || !path_of(to, dir, b->name, ""))
		return false;
	if (!access(to, F_OK))
		return true;	/* of an older run, without its number */
	if (mkdir(from, 0777) && errno != EEXIST) {
		cli_error("%s: %s", from, strerror(errno));
		return false;
	}
	if (!write_raw(dir, tmp, b) || !write_scenario(dir, tmp, &s) ||
	    !write_report(dir, tmp, b, &s, NULL) || !write_inputs(dir, tmp, b))
		return false;
	if (!rename(from, to))
		return true;
	cli_error("%s: %s", to, strerror(errno));
	return false;
}

/* --- the whole of it --- */

/* A form of output that may not be there for this one: then no file of that name is left. */
static bool write_form(const char *dir, const struct bucket *b, const char *form,
		       const struct repro *r)
{
	const struct repro_format *f = repro_format_by_name(form);
	char path[PATH_MAX];
	struct output o;

	if (f->refuses && f->refuses(r)) {
		if (path_of(path, dir, b->name, f->file))
			unlink(path);
		return true;
	}
	if (!begin(&o, path, dir, b->name, f->file))
		return false;
	f->emit(o.out, r);
	return output_close(&o);
}

static bool write_whole(const char *dir, const struct bucket *b, struct min_goal *g,
			const struct scenario *s)
{
	struct finding f = { 0 };
	char path[PATH_MAX], err[SCENARIO_ERR];
	struct output o;
	struct repro r;

	if (!begin(&o, path, dir, b->name, "scenario.scn"))
		return false;
	min_headers(o.out, g, s, &b->strict);
	if (b->quirk)
		fprintf(o.out, "#\n# Known as %s.\n", b->quirk);
	scenario_print(o.out, s);
	if (!output_close(&o) || !write_raw(dir, b->name, b))
		return false;
	if (!finding_load(&f, path, err)) {
		cli_error("%s", err);
		return false;
	}
	if (repro_make(&r, g->iso, path, s, b->sig.subject, g->opt.quirks, &f) != ISOLATE_VERDICT) {
		if (!isolate_interrupted())
			cli_error("%s: does not show again", b->name);
		return false;
	}
	return write_report(dir, b->name, b, s, &r) &&
	       write_form(dir, b, "mail", &r) && write_form(dir, b, "c", &r);
}

/* Is what lies there already as small, and complete? */
static bool is_smaller(const char *dir, struct bucket *b, const struct scenario *s)
{
	static struct scenario old;
	char path[PATH_MAX], err[SCENARIO_ERR];

	if (!path_of(path, dir, b->name, "mail.txt") || access(path, F_OK) ||
	    !path_of(path, dir, b->name, "scenario.scn") || !scenario_load(&old, path, false, err) ||
	    old.family != s->family || old.nr > s->nr ||
	    (old.nr == s->nr && min_cost(&old) > min_cost(s)))
		return false;
	b->ops = old.nr;
	return true;
}

/* Does @s pass, or go on further than @op, when these quirks are expected? */
static bool passes_with(struct isolate *iso, const struct subject *subject,
			const struct scenario *s, uint64_t quirks, unsigned int op,
			struct run_report *report)
{
	const struct run_options opt = { .quirks = quirks, .fuzzing = true };
	struct verdict v;
	enum isolate_end end = isolate_run(iso, subject, s, &opt, false, &v, report);

	return end == ISOLATE_PASS || (end == ISOLATE_VERDICT && v.op > op);
}

const char *bucket_known(struct isolate *iso, const struct subject *subject,
			 const struct scenario *s, const struct verdict *v, uint64_t quirks)
{
	const struct model *m = model_of(s->family);
	const struct strictness none = { 0 };
	uint64_t all = strict_quirks(&none, subject);
	struct run_report report = { 0 };

	if (subject->planted || all == quirks ||
	    !passes_with(iso, subject, s, all, v->op, &report))
		return NULL;
	for (uint64_t left = report.fired & ~quirks; left; left &= left - 1)
		if (passes_with(iso, subject, s, quirks | (left & -left), v->op, &report))
			return m->quirks[__builtin_ctzll(left)].id;
	return NULL;
}

bool bucket_finish(struct buckets *all, struct bucket *b, struct isolate *iso)
{
	struct min_goal g = { .keep_subject = true, .progress = all->progress };
	static struct scenario s;

	scenario_decode(&s, NULL, b->bytes, b->size);
	switch (min_goal_set(&g, iso, b->sig.subject, &s,
			     strict_quirks(&b->strict, b->sig.subject))) {
	case MIN_GOAL_SET:
		break;
	case MIN_GOAL_INTERRUPTED:
		return false;
	case MIN_GOAL_NO_MEMORY:
		cli_error("%s: %s", b->name, isolate_said(iso));
		return false;
	default:
		cli_error("%s: does not show again: not deterministic", b->name);
		return false;
	}
	if (!signature_same(&g.sig, &b->sig)) {
		cli_error("%s: shows something else when it is run again", b->name);
		return false;
	}
	min_scenario(&g, &s);
	if (isolate_interrupted())
		return false;
	b->verdict = g.last;
	b->ops = s.nr;
	if (!is_smaller(all->dir, b, &s) && !write_whole(all->dir, b, &g, &s))
		return false;
	return bucket_write_inputs(all->dir, b);
}
