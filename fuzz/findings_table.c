// SPDX-License-Identifier: GPL-2.0-only
/* For people: a row for each finding and word size, those that are alike in one. */
#include <string.h>

#include "bits32.h"
#include "findings.h"
#include "json.h"

#define WIDTH_MAX	99

static const struct {
	const char *word, *meaning;
} cells[CELLS] = {
	[CELL_NOT_HERE] = { "not at hand", "it was not built in" },
	[CELL_NO_OP] = { "n/a", "the kernel lacks the file, the function or the configuration" },
	[CELL_DOES_NOT] = { "does not", "it was run, and the contract holds" },
	[CELL_UNSEEN] = { "unseen", "this build lacks the sanitizer that sees it" },
	[CELL_MASKED] = { "masked", "another known fault of this kernel comes before it" },
	[CELL_OTHER] = { "other", "another verdict than the header says" },
	[CELL_SHOWS] = { "shows it", "it was run, and the verdict is that of the header" },
};

/* Widths of the columns of text. */
struct widths {
	int name, kind, legality, words, kernel[COLUMNS_MAX];
	bool narrow;	/* the name has a line of its own */
};

/* The file's name without directory and ending. */
static const char *name_of(const struct line *l, char *buf, size_t size)
{
	const char *slash = strrchr(l->input->path, '/');
	const char *from = slash ? slash + 1 : l->input->path;

	snprintf(buf, size, "%.*s", (int)strcspn(from, "."), from);
	return buf;
}

static const char *legality_of(const struct finding *f)
{
	return f->legality < 0 ? "-" : legality_name(f->legality);
}

static const char *cell_text(const struct line *l, unsigned int w, unsigned int i, char *buf,
			     size_t size)
{
	snprintf(buf, size, "%s%s", cells[l->cell[w][i]].word, l->variant_only[w][i] ? "*" : "");
	return buf;
}

static bool alike(const struct findings *t, const struct line *l, unsigned int a, unsigned int b)
{
	for (unsigned int i = 0; i < t->nr_columns; i++)
		if (l->cell[a][i] != l->cell[b][i] ||
		    l->variant_only[a][i] != l->variant_only[b][i])
			return false;
	return true;
}

/* The word sizes that are as @first is, "all" of them or a list; a bit mask. */
static unsigned int words_like(const struct findings *t, const struct line *l, unsigned int first,
			       char *buf, size_t size)
{
	unsigned int mask = 0;
	size_t n = 0;

	buf[0] = 0;
	for (unsigned int w = first; w < WORDS; w++) {
		if (!alike(t, l, first, w))
			continue;
		mask |= 1u << w;
		n += snprintf(buf + n, size - n, "%s%s", n ? "," : "", words_name(w));
	}
	if (mask == (1u << WORDS) - 1)
		snprintf(buf, size, "all");
	return mask;
}

static void wider(int *width, const char *text)
{
	if ((int)strlen(text) > *width)
		*width = strlen(text);
}

static void measure(const struct findings *t, struct widths *x)
{
	char buf[128];
	int total;

	*x = (struct widths){
		.name = strlen("finding"), .kind = strlen("verdict"),
		.legality = strlen("legality"), .words = strlen("64,32pae"),
	};
	for (unsigned int i = 0; i < t->nr_columns; i++)
		wider(&x->kernel[i], t->column[i].name);
	for (size_t n = 0; n < t->nr; n++) {
		wider(&x->name, name_of(&t->line[n], buf, sizeof(buf)));
		wider(&x->kind, verdict_name(t->line[n].input->finding->expect));
		for (unsigned int i = 0; i < t->nr_columns; i++)
			for (unsigned int w = 0; w < WORDS; w++)
				wider(&x->kernel[i],
				      cell_text(&t->line[n], w, i, buf, sizeof(buf)));
	}
	total = x->name + 2 + x->kind + 2 + x->legality + 2 + x->words;
	for (unsigned int i = 0; i < t->nr_columns; i++)
		total += 2 + x->kernel[i];
	x->narrow = total > WIDTH_MAX;
}

/* Lines end where their last word ends. */
static void print_padded(const char *text, int width, bool last)
{
	printf("%-*s%s", last ? 0 : width, text, last ? "\n" : "  ");
}

/* What is in front of the kernels' columns. */
static void print_head(const struct findings *t, const struct widths *x, const char *name,
		       const char *kind, const char *legality, const char *words)
{
	if (x->narrow && *name)
		puts(name);
	print_padded(x->narrow ? "" : name, x->narrow ? 0 : x->name, false);
	print_padded(kind, x->kind, false);
	print_padded(legality, x->legality, false);
	print_padded(words, x->words, !t->nr_columns);
}

static void print_line(const struct findings *t, const struct widths *x, const struct line *l)
{
	const struct finding *f = l->input->finding;
	unsigned int done = 0;
	char buf[128], words[64];

	for (unsigned int w = 0; w < WORDS; w++) {
		if (done >> w & 1)
			continue;
		done |= words_like(t, l, w, words, sizeof(words));
		print_head(t, x, w ? "" : name_of(l, buf, sizeof(buf)),
			   w ? "" : verdict_name(f->expect), w ? "" : legality_of(f), words);
		for (unsigned int i = 0; i < t->nr_columns; i++)
			print_padded(cell_text(l, w, i, buf, sizeof(buf)), x->kernel[i],
				     i + 1 == t->nr_columns);
	}
}

/* Is there configuration @c on 32 bits, without PAE at least? */
static bool has_32_form(const struct family *f, const struct config_desc *c)
{
	char name[64] = "x86_32";

	if (c != &f->configs[0])
		snprintf(name, sizeof(name), "x86_32_%s", c->name);
	for (unsigned int i = 0; i < f->nr_variants; i++)
		if (!strcmp(f->variants[i].name, name))
			return true;
	return false;
}

/* Why 32 bits are n/a where 64 are not: each configuration once. */
static void print_formless(const struct findings *t)
{
	const struct config_desc *told[16];
	unsigned int nr = 0;

	for (size_t n = 0; n < t->nr; n++)
		for (unsigned int i = 0; i < t->line[n].nr_ran; i++) {
			const struct subject *s = t->line[n].ran[i].subject;
			unsigned int k = 0;

			while (k < nr && told[k] != s->config)
				k++;
			if (k < nr || nr == sizeof(told) / sizeof(told[0]) ||
			    subject_words(s) != WORDS_64 || has_32_form(s->family, s->config))
				continue;
			told[nr++] = s->config;
			printf("%-11s  on 32 bits: configuration %s of %s has no 32-bit form\n",
			       cells[CELL_NO_OP].word, s->config->name, s->family->name);
		}
}

static void print_legend(const struct findings *t)
{
	bool used[CELLS] = { false }, variant = false;

	putchar('\n');
	for (size_t n = 0; n < t->nr; n++)
		for (unsigned int i = 0; i < t->nr_columns; i++)
			for (unsigned int w = 0; w < WORDS; w++) {
				used[t->line[n].cell[w][i]] = true;
				variant |= t->line[n].variant_only[w][i];
			}
	for (int c = CELLS - 1; c >= 0; c--)
		if (used[c])
			printf("%-11s  %s\n", cells[c].word, cells[c].meaning);
	if (!bits32_missing())
		print_formless(t);
	if (variant)
		printf("%-11s  only in a variant of the configuration (--json names it)\n", "*");
	printf("%-11s  bits of the kernel; 32pae: with PAE\n", "64, 32");
	if (bits32_missing())
		printf("%-11s  not at hand: %s\n", "32, 32pae", bits32_missing());
	for (unsigned int i = 0; i < t->nr_columns; i++)
		if (t->column[i].subject)
			printf("%-11s  Linux %s\n", t->column[i].name,
			       t->column[i].subject->release);
}

void findings_text(const struct findings *t)
{
	struct widths x;

	measure(t, &x);
	print_head(t, &x, "finding", "verdict", "legality", "bits");
	for (unsigned int i = 0; i < t->nr_columns; i++)
		print_padded(t->column[i].name, x.kernel[i], i + 1 == t->nr_columns);
	for (size_t n = 0; n < t->nr; n++)
		print_line(t, &x, &t->line[n]);
	print_legend(t);
}

static json_t *json_words(const struct line *l, unsigned int column)
{
	json_t *words = json_object();

	for (unsigned int w = 0; w < WORDS; w++)
		json_object_set_new(words, words_name(w),
				    json_string(cells[l->cell[w][column]].word));
	return words;
}

static json_t *json_line(const struct findings *t, const struct line *l)
{
	const struct finding *f = l->input->finding;
	json_t *kernels = json_object(), *ran = json_object();
	char buf[128];

	for (unsigned int i = 0; i < t->nr_columns; i++)
		json_object_set_new(kernels, t->column[i].name, json_words(l, i));
	for (unsigned int i = 0; i < l->nr_ran; i++)
		json_object_set_new(ran, l->ran[i].subject->id,
				    json_string(cells[l->ran[i].cell].word));
	return json_pack("{s:o, s:o, s:s, s:i, s:s, s:s, s:o, s:o, s:o}", "finding",
			 json_text(name_of(l, buf, sizeof(buf))), "file",
			 json_text(l->input->path), "verdict", verdict_name(f->expect), "op",
			 f->op, "legality", f->legality < 0 ? "" : legality_name(f->legality),
			 "quirk", f->quirk, "summary", json_text(f->summary), "kernels", kernels,
			 "subjects", ran);
}

static json_t *json_column(const struct column *c)
{
	return json_pack("{s:s, s:b, s:s}", "kernel", c->name, "at_hand", c->subject != NULL,
			 "release", c->subject ? c->subject->release : "");
}

void findings_json(const struct findings *t)
{
	json_t *kernels = json_array(), *findings = json_array(), *wrong = json_array();
	json_t *all;

	for (unsigned int i = 0; i < t->nr_columns; i++)
		json_array_append_new(kernels, json_column(&t->column[i]));
	for (size_t n = 0; n < t->nr; n++)
		json_array_append_new(findings, json_line(t, &t->line[n]));
	for (size_t n = 0; n < t->nr_mismatches; n++)
		json_array_append_new(wrong, json_text(t->mismatch[n]));
	all = json_pack("{s:o, s:o, s:o}", "kernels", kernels, "findings", findings, "mismatches",
			wrong);
	if (bits32_missing())
		json_object_set_new(all, "no_32_bits", json_text(bits32_missing()));
	json_finish(stdout, all);
}
