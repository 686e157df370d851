// SPDX-License-Identifier: GPL-2.0-only
/* The state search, in a child: what it finds may be a sanitizer's report or a crash. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "contract/boot.h"
#include "death.h"
#include "draw.h"
#include "exhaust.h"
#include "isolate.h"
#include "watchdog.h"

struct exhaust_args {
	const struct family *family;
	const char *config;
	struct choice_of_subjects choice;
	struct strictness strict;
	struct universe universe;
	uint64_t depth, max_states;
	bool no_brute;
	bool universe_given, choices_given, empty;
	bool legal;
};

static const char help[] =
	"  --family F        which family (required)\n"
	"  --config NAME     configuration, default: small\n"
	"  --universe N      so many built-in values, default 6; or a list: 0,4K,4G\n"
	"  --choices N       how many types etc. to use, default 2\n"
	"  --inverted        also ranges that are empty or end before they start\n"
	"  --all-ops         also the ops that a family leaves out, since they multiply\n"
	"                    the states: of early_res map, mapped, node, active_ram and\n"
	"                    get_free of a single node; of memblock all but what changes\n"
	"                    memory and reserved: these are tried in every state, and\n"
	"                    not gone on from\n"
	"  --empty           begin with nothing. The search of early_res begins on two\n"
	"                    pieces of RAM and two nodes, with 4 values, --choices 1.\n"
	"                    No table of more slots has room there, or there would be no\n"
	"                    end: growth of the table is not searched. That of memblock\n"
	"                    begins on two nodes and a page far above, for a table that\n"
	"                    doubles, with 4 values: 1 to 30 seconds a configuration\n"
	"  --depth N         no longer sequences than this; default: no limit\n"
	"  --max-states N    end there at the latest, default 20000000\n"
	"  --no-brute        do not ask the brute-force judge, too (three times as fast)\n"
	"  --subject ID, --kernel ID, --strict[=QUIRK], --legal   as for run\n"
	"\n"
	"Every op with every operand of the universe is tried in every state; of e820\n"
	"also a few command lines and chains of setup_data, always the same ones. Other\n"
	"ops with tokens are tried without any. Ends with \"closed: S states, T\n"
	"transitions\", or \"complete to depth K: S states\".\n";

/* What the child leaves behind. */
struct shared {
	struct run_place place;
	struct exhaust_result result;
	enum exhaust_end end;
	bool ended;
};

static struct shared *shared;

static bool set_universe(struct universe *u, const char *text)
{
	const char *wrong = NULL;
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (!*end && !strchr(text, ',')) {
		if (!n || n > UNIVERSE_MAX || !universe_first(u, n))
			wrong = "expected 1 to 16 values, or a list of them";
	} else {
		wrong = universe_parse(u, text);
	}
	if (wrong)
		cli_error("--universe: '%s': %s", text, wrong);
	return !wrong;
}

static bool parse(struct exhaust_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "family", required_argument, NULL, 'f' },
		{ "config", required_argument, NULL, 'c' },
		{ "universe", required_argument, NULL, 'u' },
		{ "choices", required_argument, NULL, 'C' },
		{ "all-ops", no_argument, NULL, 'a' },
		{ "empty", no_argument, NULL, 'e' },
		{ "inverted", no_argument, NULL, 'i' },
		{ "depth", required_argument, NULL, 'd' },
		{ "max-states", required_argument, NULL, 'm' },
		{ "no-brute", no_argument, NULL, 'b' },
		{ "subject", required_argument, NULL, 's' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "strict", optional_argument, NULL, 'S' },
		{ "legal", no_argument, NULL, 'l' },
		{ NULL, 0, NULL, 0 },
	};
	uint64_t n;
	int c;

	a->config = "small";
	a->max_states = 20000000;
	a->choice.here = true;
	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		bool ok = true;

		switch (c) {
		case 'f':
			a->family = cli_family(optarg);
			ok = a->family;
			break;
		case 'c':
			a->config = optarg;
			break;
		case 'u':
			ok = set_universe(&a->universe, optarg);
			a->universe_given = true;
			break;
		case 'C':
			ok = cli_number("--choices", optarg, 64, &n);
			a->universe.choices = ok ? n : 0;
			a->choices_given = true;
			break;
		case 'a':
			a->universe.all_ops = true;
			break;
		case 'e':
			a->empty = true;
			break;
		case 'b':
			a->no_brute = true;
			break;
		case 'i':
			a->universe.inverted = true;
			break;
		case 'd':
			ok = cli_number("--depth", optarg, SCENARIO_OPS_MAX - 1, &a->depth);
			break;
		case 'm':
			ok = cli_number("--max-states", optarg, 1u << 31, &a->max_states);
			break;
		case 's':
			ok = choose_subject(&a->choice, optarg);
			break;
		case 'k':
			ok = choose_kernel(&a->choice, optarg);
			break;
		case 'S':
			ok = strict_add(&a->strict, optarg);
			break;
		case 'l':
			a->legal = true;
			break;
		default:
			ok = false;
		}
		if (!ok)
			return false;
	}
	if (optind < argc)
		cli_error("exhaust: unexpected argument '%s'", argv[optind]);
	else if (!a->family)
		cli_error("exhaust: --family is required (`earlyfuzz list families` names them)");
	else
		return true;
	return false;
}

/* What was not asked for is the family's choice. */
static void fill_in(struct exhaust_args *a, struct exhaust *x)
{
	const struct search_start *search = a->family->search;

	if (!a->universe_given)
		universe_of_family(&a->universe, a->family);
	if (!a->choices_given)
		a->universe.choices = search && search->choices ? search->choices : 2;
	if (search && !a->universe.all_ops)
		x->leaves = search->leaves;
	if (search && !a->empty) {
		x->start = search->op;
		x->nr_start = search->nr_ops;
	}
}

static bool progress(uint64_t states, uint64_t transitions, unsigned int depth)
{
	if (!(states & 0xfff) && isatty(STDERR_FILENO))
		fprintf(stderr, "\rdepth %u: %llu states, %llu transitions ", depth,
			(unsigned long long)states, (unsigned long long)transitions);
	return isolate_interrupted();
}

static void print_found(const struct scenario *s, const struct verdict *v)
{
	const struct pen pen = { .out = stdout, .colour = cli_colours(stdout), .indent = "  " };

	draw_verdict(&pen, s, v, NULL);
	puts("  how to get there:");
	scenario_print(stdout, s);
}

static int report(const struct exhaust_args *a, const struct subject *subject, int status,
		  const char *said)
{
	struct exhaust_result *r = &shared->result;
	unsigned long long states = r->states, transitions = r->transitions;
	bool ends_line = *said && said[strlen(said) - 1] == '\n';

	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
	if (!shared->ended && isolate_interrupted())
		shared->end = EXHAUST_STOPPED;
	else if (!shared->ended && !shared->place.in_subject)
		return cli_error("%s: the search died: %.*s", subject->id,
				 (int)(strlen(said) - ends_line), said);
	printf("%s: ", subject->id);
	if (!shared->ended && !isolate_interrupted()) {
		r->verdict.op = shared->place.op;
		r->verdict.legality = shared->place.legality;
		r->verdict.table = -1;
		death_classify(said, status, subject->family->file, &r->verdict);
		shared->end = EXHAUST_VERDICT;
	}
	switch (shared->end) {
	case EXHAUST_CLOSED:
		printf("closed: %llu states, %llu transitions\n", states, transitions);
		return CLI_OK;
	case EXHAUST_DEPTH:
		printf("complete to depth %u: %llu states, %llu transitions\n", r->depth, states,
		       transitions);
		return CLI_OK;
	case EXHAUST_STATES:
		printf("complete to depth %u; ended at %llu states (--max-states %llu), "
		       "%llu transitions\n",
		       r->depth, states, (unsigned long long)a->max_states, transitions);
		return CLI_OK;
	case EXHAUST_VERDICT:
		printf("%s after %llu states, %llu transitions\n", verdict_name(r->verdict.kind),
		       states, transitions);
		print_found(&r->path, &r->verdict);
		return CLI_VERDICT;
	case EXHAUST_JUDGES:
		printf("internal error: the judges disagree after %llu states, %llu transitions\n",
		       states, transitions);
		printf("  the brute-force judge: %s\n  how to get there:\n", r->why);
		scenario_print(stdout, &r->path);
		return CLI_VERDICT;
	case EXHAUST_STOPPED:
		printf("complete to depth %u; %llu states, %llu transitions\n", r->depth, states,
		       transitions);
		return cli_interrupted("the search is not complete");
	default:
		putchar('\n');
		return cli_error("%s: out of memory after %llu states", subject->id, states);
	}
}

static void child(const struct exhaust *x, int said)
{
	dup2(said, STDERR_FILENO);
	run_place_use(&shared->place);
	watchdog_start(WATCHDOG_MS);
	shared->end = exhaust(x, &shared->result);
	shared->ended = true;
	watchdog_stop();
	exit(0);
}

/* Until the child's @pipe is closed. In slices: a signal just before poll() does not wake it. */
static int wait_child(pid_t pid, int pipe)
{
	struct pollfd p = { .fd = pipe, .events = POLLIN };
	bool told = false;
	int status = 0;

	while (poll(&p, 1, 100) <= 0) {
		if (isolate_interrupted() && !told)
			told = !kill(pid, SIGTERM);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static int search_one(const struct exhaust_args *a, const struct exhaust *x)
{
	static char text[16 * 1024];
	FILE *said = tmpfile();
	int status, ends[2];
	pid_t pid;
	size_t n;

	if (!said || pipe(ends)) {
		if (said)
			fclose(said);
		return cli_error("cannot prepare a process: %s", strerror(errno));
	}
	memset(shared, 0, sizeof(*shared));
	fflush(NULL);
	pid = fork();
	if (!pid)
		child(x, isatty(STDERR_FILENO) ? STDERR_FILENO : fileno(said));
	close(ends[1]);
	status = pid > 0 ? wait_child(pid, ends[0]) : 0;
	close(ends[0]);
	rewind(said);
	n = fread(text, 1, sizeof(text) - 1, said);
	text[n] = 0;
	fclose(said);
	if (pid < 0)
		return cli_error("cannot start a process");
	return report(a, x->subject, status, text);
}

static int search_all(struct exhaust_args *a, const struct scenario *s,
		      const struct subject *const *fit, unsigned int nr)
{
	struct op *alphabet = malloc(ALPHABET_MAX * sizeof(*alphabet));
	struct exhaust x = {
		.op = alphabet, .depth = a->depth, .max_states = a->max_states,
		.legal_only = a->legal, .progress = progress,
	};
	static struct brute brute;
	int status = CLI_OK;

	fill_in(a, &x);
	x.nr_ops = alphabet ? alphabet_make(s->family, s->config, &a->universe, alphabet) : 0;
	if (!alphabet)
		status = cli_error("out of memory");
	else if (!x.nr_ops)
		status = cli_error("exhaust: more than %u ops and operands: use a smaller universe",
				   ALPHABET_MAX);
	for (unsigned int i = 0; i < nr && status != CLI_FAILED; i++) {
		int one;

		x.subject = fit[i];
		x.quirks = strict_quirks(&a->strict, fit[i]);
		x.brute = a->no_brute ? NULL : &brute;
		if (x.brute && s->family == &boot_family) {
			status = cli_error("exhaust: boot has no brute-force judge: --no-brute");
			break;
		}
		if (x.brute && !brute_init(x.brute, fit[i], &a->universe)) {
			status = cli_error("exhaust: no universe for the brute-force judge");
			break;
		}
		one = search_one(a, &x);
		status = one > status ? one : status;
	}
	free(alphabet);
	return status;
}

static int exhaust_main(int argc, char **argv)
{
	const struct subject *fit[CLI_SUBJECTS_MAX];
	static struct exhaust_args a;
	static struct scenario s;
	unsigned int nr;

	if (!parse(&a, argc, argv))
		return CLI_FAILED;
	scenario_init(&s, a.family);
	s.config = family_config_by_name(a.family, a.config);
	if (!s.config)
		return cli_error("unknown configuration '%s' of family %s", a.config,
				 a.family->name);
	nr = chosen(&a.choice, &s, fit);
	if (!nr)
		return nothing_chosen("exhaust", &s);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED)
		return cli_error("exhaust: %s", strerror(errno));
	cli_catch_interrupt();
	return search_all(&a, &s, fit, nr);
}

const struct command cmd_exhaust = {
	.name = "exhaust",
	.summary = "Search all states that a small universe of operands can reach",
	.usage = "--family F [OPTION]...",
	.help = help,
	.main = exhaust_main,
};
