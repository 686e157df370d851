// SPDX-License-Identifier: GPL-2.0-only
/* What there is: everything that the tables say of themselves. */
#include <stdlib.h>
#include <string.h>

#include "bits32.h"
#include "cli.h"
#include "contract/model.h"
#include "files.h"
#include "finding.h"
#include "grammar.h"
#include "optable.h"

static const char help[] =
	"  WHAT           families, ops, subjects, findings, quirks, traits or all\n"
	"  --corpus DIR   where findings/ lies, default: corpus\n"
	"  --dictionary   the words of command lines, for fuzzers, one a line\n";

static const char *kind_name(enum arg_kind kind)
{
	static const char *const names[] = {
		[ARG_ADDR] = "address", [ARG_END] = "exclusive end", [ARG_SIZE] = "bytes",
		[ARG_ALIGN] = "alignment", [ARG_PFN] = "page frame", [ARG_COUNT] = "number",
		[ARG_CHOICE] = "choice", [ARG_BOOL] = "0 or 1", [ARG_TEXT] = "text",
	};

	return names[kind];
}

static void list_configs(const char *what, const struct config_desc *c, unsigned int nr)
{
	for (; nr--; c++)
		printf("  %s %s%s: %s\n", what, c->name, c->synthetic ? " (synthetic)" : "", c->cfg);
}

static int list_families(const char *corpus)
{
	(void)corpus;
	for (const struct family *const *f = families; *f; f++) {
		printf("%s: %s, %u ops\n", (*f)->name, (*f)->file, (*f)->nr_ops);
		list_configs("config", (*f)->configs, (*f)->nr_configs);
		list_configs("variant", (*f)->variants, (*f)->nr_variants);
		for (unsigned int i = 0; i < (*f)->nr_tables; i++)
			printf("  table %s: %s\n", (*f)->tables[i].name,
			       (*f)->tables[i].kind == TABLE_MEMORY ? "who owns which byte" :
								      "facts that were reported");
	}
	return CLI_OK;
}

static void list_arg(const struct arg_desc *a)
{
	char max[SCENARIO_NUMBER];

	printf("    %-10s %s", a->name, kind_name(a->kind));
	if (a->kind != ARG_BOOL && a->max)
		printf(", at most %s", scenario_number(max, a->max));
	if (a->choices) {
		const char *between = ":";

		for (const struct choice *c = a->choices; c->name; c++, between = ",")
			printf("%s %s", between, c->name);
	}
	putchar('\n');
}

static void list_args(const struct op_desc *d)
{
	if (op_is_text(d)) {
		printf("    %-10s %s, at most %d bytes\n", d->args[0].name,
		       kind_name(d->args[0].kind), OP_TEXT_MAX);
		return;
	}
	for (unsigned int k = 0; k < d->nr_args; k++)
		list_arg(&d->args[k]);
}

static int list_ops(const char *corpus)
{
	(void)corpus;
	for (const struct family *const *f = families; *f; f++) {
		for (unsigned int i = 0; i < (*f)->nr_ops; i++) {
			const struct op_desc *d = &(*f)->ops[i];

			printf("%s %s: %s\n", (*f)->name, d->name, d->summary);
			if (d->call)
				printf("  calls   %s\n", d->call);
			if (d->call && d->call_old && strcmp(d->call, d->call_old))
				printf("  v2.6.34 %s\n", d->call_old);
			printf("  legal   %s\n  changes %s\n", d->legal, d->frame);
			list_args(d);
		}
	}
	return CLI_OK;
}

static void list_subject(const struct subject *s)
{
	const char *line = s->provenance ? s->provenance : "";

	printf("%s: Linux %s, %s\n", s->id, s->release, s->family->file);
	printf("  config %s%s: %s\n", s->config->name,
	       s->config->synthetic ? " (synthetic)" : "", s->config->cfg);
	if (s->planted)
		printf("  planted bug %s, to be seen as %s\n", s->planted,
		       s->expect ? s->expect : "?");
	while (*line) {
		size_t n = strcspn(line, "\n");

		printf("  from %.*s\n", (int)n, line);
		line += n + (line[n] == '\n');
	}
}

static int list_subjects(const char *corpus)
{
	(void)corpus;
	for (const struct subject *const *s = all_subjects(); *s; s++)
		list_subject(*s);
	for (const struct subject *const *s = canaries; *s; s++)
		list_subject(*s);
	for (const char *const *l = subjects_left_out; *l; l++)
		puts(*l);
	for (const char *const *l = bits32_left_out(); *l; l++)
		puts(*l);
	if (bits32_broken())
		return cli_error("%s", bits32_broken());
	if (bits32_missing())
		printf("no 32-bit subjects: %s\n", bits32_missing());
	return CLI_OK;
}

static void list_finding(const struct finding *f, const char *path)
{
	printf("%s: %s", path, verdict_name(f->expect));
	if (f->legality >= 0)
		printf(" (%s)", legality_name(f->legality));
	if (f->quirk[0])
		printf(", quirk %s", f->quirk);
	printf("\n  on");
	for (unsigned int i = 0; i < f->nr_kernels; i++)
		printf(" %s", f->kernels[i]);
	printf("\n  %s\n", f->summary);
}

/* A finding and its file. */
struct listed {
	struct finding f;
	const char *path;
};

static int by_rank(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	int rank = finding_rank(&x->f, &y->f);

	return rank ? rank : strcmp(x->path, y->path);
}

static int list_findings(const char *corpus)
{
	struct files files = { 0 };
	struct listed *found;
	char path[512], err[SCENARIO_ERR];
	int status = CLI_OK;
	size_t nr = 0;

	snprintf(path, sizeof(path), "%s/findings", corpus);
	if (!files_add(&files, path, err))
		return cli_error("%s (--corpus DIR names another place)", err);
	found = calloc(files.nr + 1, sizeof(*found));
	if (!found)
		status = cli_error("out of memory");
	for (size_t i = 0; i < files.nr && !status; i++) {
		found[nr].path = files.path[i];
		if (!finding_load(&found[nr].f, files.path[i], err))
			status = cli_error("%s", err);
		nr += found[nr].f.is;
	}
	if (!status)
		qsort(found, nr, sizeof(*found), by_rank);
	for (size_t i = 0; i < nr && !status; i++)
		list_finding(&found[i].f, found[i].path);
	free(found);
	files_free(&files);
	return status;
}

/* "v2.6.34", or nothing for 0 */
static const char *version(char *buf, size_t size, const char *word, uint32_t v)
{
	if (!v)
		return "";
	snprintf(buf, size, ", %s v%u.%u", word, v >> 16, v >> 8 & 255);
	if (v & 255)
		snprintf(buf, size, ", %s v%u.%u.%u", word, v >> 16, v >> 8 & 255, v & 255);
	return buf;
}

static int list_quirks(const char *corpus)
{
	static const char *const kinds[] = {
		[QUIRK_EXACT] = "predicted", [QUIRK_CUT] = "ends the scenario",
		[QUIRK_AVOID] = "not executed while fuzzing",
	};

	(void)corpus;
	for (const struct family *const *f = families; *f; f++) {
		const struct model *m = model_of(*f);

		for (unsigned int i = 0; i < m->nr_quirks; i++) {
			const struct quirk *q = &m->quirks[i];
			char since[32], until[32];

			printf("%s (%s, %s%s%s)\n  %s\n", q->id, (*f)->name, kinds[q->kind],
			       version(since, sizeof(since), "since", q->since),
			       version(until, sizeof(until), "until", q->until), q->summary);
		}
	}
	return CLI_OK;
}

static int list_traits(const char *corpus)
{
	(void)corpus;
	for (const struct family *const *f = families; *f; f++) {
		const struct model *m = model_of(*f);

		for (unsigned int i = 0; i < m->nr_traits; i++) {
			const struct trait *t = &m->traits[i];
			char since[32], until[32];

			printf("%s (%s%s%s)\n  %s\n", t->id, (*f)->name,
			       version(since, sizeof(since), "since", t->since),
			       version(until, sizeof(until), "until", t->until), t->source);
		}
	}
	return CLI_OK;
}

static const struct {
	const char *name;
	int (*list)(const char *corpus);
} lists[] = {
	{ "families", list_families },
	{ "ops", list_ops },
	{ "subjects", list_subjects },
	{ "quirks", list_quirks },
	{ "traits", list_traits },
	{ "findings", list_findings },
};

#define NR_LISTS	(sizeof(lists) / sizeof(lists[0]))

static int list_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "corpus", required_argument, NULL, 'c' },
		{ "dictionary", no_argument, NULL, 'd' },
		{ NULL, 0, NULL, 0 },
	};
	const char *corpus = "corpus";
	bool dictionary = false;
	int c, status = CLI_OK;

	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (c == 'd') {
			dictionary = true;
			continue;
		}
		if (c != 'c')
			return CLI_FAILED;
		corpus = optarg;
	}
	if (optind + 1 < argc)
		return cli_error("list: unexpected argument '%s'", argv[optind + 1]);
	if (dictionary) {
		if (optind < argc)
			return cli_error("list: '%s' with --dictionary, expected nothing", argv[optind]);
		grammar_dictionary(stdout);
		return CLI_OK;
	}
	if (optind == argc || !strcmp(argv[optind], "all")) {
		for (unsigned int i = 0; i < NR_LISTS && !status; i++) {
			printf("%s%s:\n\n", i ? "\n" : "", lists[i].name);
			status = lists[i].list(corpus);
		}
		return status;
	}
	for (unsigned int i = 0; i < NR_LISTS; i++)
		if (!strcmp(lists[i].name, argv[optind]))
			return lists[i].list(corpus);
	return cli_error("list: unknown '%s', expected families, ops, subjects, quirks, "
			 "traits or findings",
			 argv[optind]);
}

const struct command cmd_list = {
	.name = "list",
	.summary = "What there is: families, ops, subjects, quirks, traits, findings",
	.usage = "[WHAT | --dictionary] [--corpus DIR]",
	.help = help,
	.main = list_main,
};
