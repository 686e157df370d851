// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cli.h"
#include "many.h"

struct gen_args {
	struct many many;
	const char *config, *dir;
	uint64_t count, run, jobs;
	bool runs;
};

static const char help[] =
	"  --family F     which family (required)\n"
	"  --seed N       default 1; the same seed gives the same scenario\n"
	"  --ops N        about how many ops, default 32\n"
	"  --config NAME  in this configuration, default: drawn\n"
	"  --count N      as many scenarios, seeds N, N + 1, ...; needs -o\n"
	"  -o DIR         write DIR/FAMILY-SEED.txt instead of standard output\n"
	"\n"
	"  --run N        run the scenarios of N seeds instead, print what deviates: all\n"
	"                 subjects of the family, --ops default 256\n"
	"  --subject ID, --kernel ID   with --run: on these (repeatable)\n"
	"  --strict[=QUIRK]   with --run: known wrong behaviours are told, too\n"
	"  --jobs N       with --run: processes, default 1\n";

static bool parse(struct gen_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "family", required_argument, NULL, 'f' },
		{ "seed", required_argument, NULL, 's' },
		{ "ops", required_argument, NULL, 'n' },
		{ "config", required_argument, NULL, 'c' },
		{ "count", required_argument, NULL, 'N' },
		{ "run", required_argument, NULL, 'r' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "subject", required_argument, NULL, 'S' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "strict", optional_argument, NULL, 'Q' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->many.seed = 1;
	a->many.ops = UINT64_MAX;
	a->many.choice.here = true;
	a->jobs = 1;
	a->count = 1;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'f':
			a->many.family = cli_family(optarg);
			ok = a->many.family;
			break;
		case 's':
			ok = cli_number("--seed", optarg, UINT64_MAX, &a->many.seed);
			break;
		case 'n':
			ok = cli_number("--ops", optarg, SCENARIO_OPS_MAX, &a->many.ops);
			break;
		case 'c':
			a->config = optarg;
			break;
		case 'N':
			ok = cli_number("--count", optarg, 1000000, &a->count);
			break;
		case 'r':
			a->runs = true;
			ok = cli_number("--run", optarg, UINT64_MAX / 2, &a->run);
			break;
		case 'j':
			ok = cli_number("--jobs", optarg, MANY_JOBS_MAX, &a->jobs);
			break;
		case 'S':
			ok = choose_subject(&a->many.choice, optarg);
			break;
		case 'Q':
			ok = strict_add(&a->many.strict, optarg);
			break;
		case 'k':
			ok = choose_kernel(&a->many.choice, optarg);
			break;
		case 'o':
			a->dir = optarg;
			break;
		default:
			ok = false;
		}
		if (!ok)
			return false;
	}
	if (optind < argc)
		cli_error("gen: unexpected argument '%s'", argv[optind]);
	else if (!a->many.family)
		cli_error("gen: --family is required (`earlyfuzz list families` names them)");
	else if (a->runs && !a->run)
		cli_error("gen: --run: expected at least one");
	else if (a->run && (a->count != 1 || a->dir))
		cli_error("gen: --run goes with neither --count nor -o");
	else if (!a->run && (a->many.choice.nr || a->many.choice.nr_kernels ||
			     a->many.strict.all || a->many.strict.nr))
		cli_error("gen: --subject, --kernel and --strict go with --run");
	else if (!a->jobs)
		cli_error("gen: --jobs: expected at least one");
	else if (a->count != 1 && !a->dir)
		cli_error("gen: --count needs -o DIR");
	else
		return true;
	return false;
}

static int gen_main(int argc, char **argv)
{
	static struct gen_args a;
	static struct scenario s;
	bool ok = parse(&a, argc, argv);

	if (!ok)
		return CLI_FAILED;
	if (a.config) {
		a.many.config = family_config_by_name(a.many.family, a.config);
		if (!a.many.config)
			return cli_error("unknown configuration '%s' of family %s", a.config,
					 a.many.family->name);
	}
	if (a.many.ops == UINT64_MAX)
		a.many.ops = a.run ? SCENARIO_OPS_MAX : 32;
	if (a.run) {
		a.many.runs = a.run;
		a.many.jobs = a.jobs;
		return many_run(&a.many);
	}
	for (uint64_t i = 0; ok && i < a.count; i++) {
		struct output o;
		char path[400];

		many_make(&s, &a.many, a.many.seed + i);
		if (a.dir && (size_t)snprintf(path, sizeof(path), "%s/%s-%llu.txt", a.dir,
					      a.many.family->name,
					      (unsigned long long)(a.many.seed + i)) >=
				     sizeof(path))
			return cli_error("%s: name too long", a.dir);
		ok = output_open(&o, a.dir ? path : NULL);
		if (!ok)
			break;
		scenario_print(o.out, &s);
		ok = output_close(&o);
	}
	return ok ? CLI_OK : CLI_FAILED;
}

const struct command cmd_gen = {
	.name = "gen",
	.summary = "Print, or run, random scenarios",
	.usage = "--family F [OPTION]...",
	.help = help,
	.main = gen_main,
};
