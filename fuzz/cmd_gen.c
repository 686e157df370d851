// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "cli.h"
#include "mutate.h"

struct gen_args {
	const struct family *family;
	const char *config, *dir;
	uint64_t seed, ops, count;
};

static const char help[] =
	"  --family F     which family (required)\n"
	"  --seed N       default 1; the same seed gives the same scenario\n"
	"  --ops N        about how many ops, default 32\n"
	"  --config NAME  in this configuration, default: drawn\n"
	"  --count N      as many scenarios, seeds N, N + 1, ...; needs -o\n"
	"  -o DIR         write DIR/FAMILY-SEED.txt instead of standard output\n";

static bool parse(struct gen_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "family", required_argument, NULL, 'f' },
		{ "seed", required_argument, NULL, 's' },
		{ "ops", required_argument, NULL, 'n' },
		{ "config", required_argument, NULL, 'c' },
		{ "count", required_argument, NULL, 'N' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	a->seed = 1;
	a->ops = 32;
	a->count = 1;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'f':
			a->family = cli_family(optarg);
			ok = a->family;
			break;
		case 's':
			ok = cli_number("--seed", optarg, UINT64_MAX, &a->seed);
			break;
		case 'n':
			ok = cli_number("--ops", optarg, SCENARIO_OPS_MAX, &a->ops);
			break;
		case 'c':
			a->config = optarg;
			break;
		case 'N':
			ok = cli_number("--count", optarg, 1000000, &a->count);
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
	else if (!a->family)
		cli_error("gen: --family is required (`earlyfuzz list families` names them)");
	else if (a->count != 1 && !a->dir)
		cli_error("gen: --count needs -o DIR");
	else
		return true;
	return false;
}

static void make(struct scenario *s, const struct gen_args *a, const struct config_desc *config,
		 uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	generate(s, a->family, a->ops, &rng);
	if (config)
		s->config = config;
}

static int gen_main(int argc, char **argv)
{
	static struct gen_args a;
	static struct scenario s;
	const struct config_desc *config = NULL;
	bool ok = parse(&a, argc, argv);

	if (!ok)
		return CLI_FAILED;
	if (a.config) {
		config = family_config_by_name(a.family, a.config);
		if (!config)
			return cli_error("unknown configuration '%s' of family %s", a.config,
					 a.family->name);
	}
	for (uint64_t i = 0; ok && i < a.count; i++) {
		struct output o;
		char path[400];

		make(&s, &a, config, a.seed + i);
		if (a.dir && (size_t)snprintf(path, sizeof(path), "%s/%s-%llu.txt", a.dir,
					      a.family->name, (unsigned long long)(a.seed + i)) >=
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
	.summary = "Print random scenarios",
	.usage = "--family F [OPTION]...",
	.help = help,
	.main = gen_main,
};
