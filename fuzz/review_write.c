// SPDX-License-Identifier: GPL-2.0-only
/* What was found, in files: DIR/CLASS/NAME/ with the scenario, a drawing, a mail, C. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "contract/model.h"
#include "draw.h"
#include "origin.h"
#include "report.h"
#include "repro.h"
#include "review.h"
#include "sides.h"

/* Formats of reproducers; @changes: also of what nobody is to blame for. */
static const struct {
	const char *format;
	bool changes;
} forms[] = {
	{ "c", true }, { "mail", true }, { "memblock-test", false },
};

/* Whom reproducers are about: who is wrong. */
static const struct subject *accused(const struct review_found *f)
{
	return f->result.apparent == PAIR_FIX ? f->pair->base : f->pair->head;
}

/* Is nobody to blame, as far as is certain? */
static bool is_change(const struct review_found *f)
{
	return f->result.class == PAIR_CHANGE || f->result.class == PAIR_DOUBTFUL;
}

static void print_verdict(FILE *out, const struct subject *s, const struct verdict *v)
{
	if (v->kind == VERDICT_PASS)
		fprintf(out, "# %s: right\n", s->id);
	else
		fprintf(out, "# %s: %s at op %u%s%s\n", s->id, verdict_name(v->kind), v->op,
			v->detail[0] ? ": " : "", v->detail);
}

/* The comments above a scenario: what it is about. No headers of a finding: those are strict. */
static void print_head(FILE *out, const struct review *r, const struct review_found *f)
{
	const struct pair_result *x = &f->result;
	const struct family *family = f->pair->base->family;
	char text[512];

	fprintf(out, "# review of %s against %s: %s\n", r->head, r->base,
		pair_class_name(x->class));
	fprintf(out, "# base: %s\n", origin_text(text, sizeof(text), f->pair->base));
	fprintf(out, "# head: %s\n", origin_text(text, sizeof(text), f->pair->head));
	print_verdict(out, f->pair->base, &x->base);
	print_verdict(out, f->pair->head, &x->head);
	if (x->class == PAIR_CHANGE)
		fprintf(out, "# first difference: %s at op %u\n", x->what, x->op);
	if (x->mended)
		fprintf(out, "# mended: %s\n",
			report_quirks(text, sizeof(text), family, x->mended));
	if (x->known)
		fprintf(out, "# known of %s: %s\n", r->head,
			report_quirks(text, sizeof(text), family, x->known));
	if (x->class == PAIR_DOUBTFUL)
		fprintf(out, "# the form of a table differs before that: it may follow from that\n");
	if (x->class == PAIR_CHANGE && sides_traits(text, sizeof(text), f->pair->base,
						    f->pair->head)[0])
		fprintf(out, "# the kernels' traits differ:%s\n", text);
	fprintf(out, "# first seen in %s\n", f->file);
}

/* How the accused stands to the contract, op by op: what was expected where it goes wrong. */
static void draw_accused(const struct pen *p, const struct review *r,
			 const struct review_found *f, const struct scenario *s)
{
	const struct run_options opt = { .quirks = f->result.quirks, .fuzzing = true };
	struct isolate *iso = r->iso[accused(f) == f->pair->head];
	struct verdict v;

	if (isolate_run(iso, accused(f), s, &opt, true, &v, NULL) != ISOLATE_VERDICT)
		return;
	fprintf(p->out, "\n%s against the contract:\n\n", accused(f)->id);
	draw_verdict(p, s, &v, isolate_trace(iso));
}

/* Run both up to where they part, with what that is called in @what; -1: they do not. */
static int run_both(struct side *side, const struct review *r, const struct review_found *f,
		    const struct scenario *s, char *what)
{
	const struct side *failed;

	for (int i = 0; i < 2; i++)
		side[i] = (struct side){
			.subject = i ? f->pair->head : f->pair->base, .iso = r->iso[i],
			.trace = isolate_trace(r->iso[i]),
		};
	return sides_run(side, s, &failed) <= ISOLATE_VERDICT ? sides_part(side, s, what) : -1;
}

/* What the two do at the end of the scenario of @f. */
static void draw(FILE *out, const struct review *r, const struct review_found *f)
{
	const struct pen pen = { .out = out, .indent = "  " };
	static struct scenario s;
	struct side side[2];
	char what[32];
	int step;

	scenario_decode(&s, NULL, f->bytes, f->size);
	print_head(out, r, f);
	fputc('\n', out);
	scenario_print(out, &s);
	step = run_both(side, r, f, &s, what);
	if (step >= 0) {
		unsigned int op = sides_op(side, step);

		fprintf(out, "\nThey part at op %u: ", op);
		if (op < s.nr)
			scenario_print_op(out, &s, op);
		fputc('\n', out);
		sides_draw(&pen, side, &s, step);
	}
	if (!is_change(f))
		draw_accused(&pen, r, f, &s);
}

static bool make_dir(const char *path)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return true;
	cli_error("%s: cannot make this directory: %s", path, strerror(errno));
	return false;
}

struct place {
	char dir[PATH_MAX - 64];
};

static bool open_in(struct output *o, const struct place *place, const char *file)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", place->dir, file);
	return output_open(o, path);
}

static bool write_scenario(const struct review *r, const struct review_found *f,
			   const struct place *place, const struct scenario *s)
{
	struct output o;

	if (!open_in(&o, place, "scenario.scn"))
		return false;
	print_head(o.out, r, f);
	scenario_print(o.out, s);
	return output_close(&o);
}

static bool write_drawing(const struct review *r, const struct review_found *f,
			  const struct place *place)
{
	struct output o;

	if (!open_in(&o, place, "show.txt"))
		return false;
	draw(o.out, r, f);
	return output_close(&o);
}

static bool write_form(const struct repro *repro, unsigned int form, const struct place *place)
{
	const struct repro_format *format = repro_format_by_name(forms[form].format);
	struct output o;

	if ((repro->passes && !repro->whole && !format->passing) ||
	    (format->refuses && format->refuses(repro)))
		return true;
	if (!open_in(&o, place, format->file))
		return false;
	format->emit(o.out, repro);
	return output_close(&o);
}

/* What both do where they part, for mails; NULL: there is no memory, or they do not. */
static char *draw_parts(const struct review *r, const struct review_found *f,
			const struct scenario *s)
{
	struct pen pen = { .indent = "  " };
	struct side side[2];
	char what[32], *text = NULL;
	size_t size;
	int step = run_both(side, r, f, s, what);

	if (step < 0)
		return NULL;
	pen.out = open_memstream(&text, &size);
	if (!pen.out)
		return NULL;
	for (int i = 0; i < 2; i++)
		side[i].name = i ? "with the patch" : "without the patch";
	sides_draw(&pen, side, s, step);
	fclose(pen.out);
	return text;
}

/*
 * A change is no reproducer of a fault: it is run to the end without a judgement, and no form
 * with a check that fails is made of it.
 */
static bool write_forms(const struct review *r, const struct review_found *f,
			const struct place *place, const struct scenario *s)
{
	struct isolate *iso = r->iso[accused(f) == f->pair->head];
	bool change = is_change(f), ok = true;
	char *parts = change ? draw_parts(r, f, s) : NULL;
	const struct repro_patch patch = { f->pair, &f->result, parts };
	struct repro repro;

	for (unsigned int i = 0; ok && i < sizeof(forms) / sizeof(forms[0]); i++) {
		enum isolate_end end;

		if (change && !forms[i].changes)
			continue;
		end = change ? repro_whole(&repro, iso, "scenario.scn", s, accused(f)) :
			       repro_make(&repro, iso, "scenario.scn", s, accused(f),
					  f->result.quirks, NULL);
		repro.patch = &patch;
		if (end <= ISOLATE_VERDICT)
			ok = write_form(&repro, i, place);
	}
	free(parts);
	return ok;
}

bool review_write(const struct review *r, const struct review_found *f)
{
	static struct scenario s;
	struct place place;

	scenario_decode(&s, NULL, f->bytes, f->size);
	if ((size_t)snprintf(place.dir, sizeof(place.dir), "%s/%s", r->dir,
			     pair_class_name(f->result.class)) >= sizeof(place.dir) - 300) {
		cli_error("%s: name too long", r->dir);
		return false;
	}
	if (!make_dir(place.dir))
		return false;
	snprintf(place.dir + strlen(place.dir), sizeof(place.dir) - strlen(place.dir), "/%s",
		 f->name);
	return make_dir(place.dir) && write_scenario(r, f, &place, &s) &&
	       write_drawing(r, f, &place) && write_forms(r, f, &place, &s);
}
