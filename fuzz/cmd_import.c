// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "import_check.h"
#include "import_memblock_check.h"
#include "json.h"

struct import_args {
	const char *out;
	const char *kernel;
	const struct family *family;
	bool quiet, check, json;
};

static const char help[] =
	"  -o FILE           write there instead of standard output\n"
	"  -q, --quiet       do not tell which lines were skipped\n"
	"  --check           run it on the nearest kernel, compare what the log states\n"
	"  --kernel ID       with --check: on this kernel\n"
	"  --family NAME     e820 or memblock; with --check also both, where the log\n"
	"                    shows both\n"
	"  --json            with --check: output for machines\n"
	"\n"
	"FILE is a boot log (dmesg, journalctl, serial console, quoted in mail; of Linux\n"
	"2.4 to today, of Xen, of SeaBIOS) or /proc/iomem; DIR is /sys/firmware/memmap\n"
	"or a copy of it; - is standard input. Of several boots the last one is taken.\n"
	"The scenario boots the same way: the map, mem= and memmap= of the command line,\n"
	"what the kernel changed, the hand-over to memblock, resources. Lines that were\n"
	"not used are told on standard error. --check tells facts that agree, facts that\n"
	"differ (exit status 1), lines that the scenario is made of, and what is not\n"
	"compared. What a log does not mention is no difference, but for changes of the\n"
	"command line and a panic; nor is what would follow where the log ends.\n"
	"Of a boot with memblock=debug the calls of memblock are made again, and where\n"
	"blocks went, tables and sums are compared.\n";

static bool parse(struct import_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "quiet", no_argument, NULL, 'q' },
		{ "check", no_argument, NULL, 'c' },
		{ "kernel", required_argument, NULL, 'k' },
		{ "family", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'J' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "o:q", options, NULL)) >= 0) {
		switch (c) {
		case 'o':
			a->out = optarg;
			break;
		case 'c':
			a->check = true;
			break;
		case 'k':
			a->kernel = optarg;
			break;
		case 'f':
			a->family = family_by_name(optarg);
			if (a->family == &e820_family || a->family == &memblock_family)
				break;
			cli_error("import: --family '%s', expected e820 or memblock", optarg);
			return false;
		case 'J':
			a->json = true;
			break;
		case 'q':
			a->quiet = true;
			break;
		default:
			return false;
		}
	}
	if (!a->check && (a->kernel || a->json)) {
		cli_error("import: --kernel and --json go with --check");
		return false;
	}
	if (a->check && a->out) {
		cli_error("import: -o does not go with --check");
		return false;
	}
	if (optind + 1 == argc)
		return true;
	cli_error("import: expected one FILE, DIR or -");
	return false;
}

/* So much of one line with NUL bytes, and no map so far: no text, maybe without end (/dev/zero). */
#define BINARY_MAX	(64u << 20)

static bool io_failed;

static bool read_text(struct import *im, FILE *in, char *err)
{
	static char buf[1 << 16];
	size_t n;

	while ((n = fread(buf, 1, sizeof(buf), in))) {
		import_feed(im, buf, n);
		if (im->lines.nul && im->lines.lost > BINARY_MAX && import_map(im) == IMPORT_T_NONE)
			break;
	}
	if (!ferror(in))
		return import_end(im, err);
	io_failed = true;
	snprintf(err, SCENARIO_ERR, "%s: %s", im->name, strerror(errno));
	return false;
}

static bool read_path(struct import *im, struct import_mb *mb, const char *path, char *err)
{
	struct stat st;
	FILE *in;
	bool ok;

	import_mb_begin(mb);
	if (!strcmp(path, "-")) {
		import_begin(im, "-");
		im->mb = mb;
		return read_text(im, stdin, err);
	}
	import_begin(im, path);
	im->mb = mb;
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return import_directory(im, path, err);
	in = fopen(path, "r");
	if (!in) {
		snprintf(err, SCENARIO_ERR, "%.160s: %s", path, strerror(errno));
		return false;
	}
	ok = read_text(im, in, err);
	fclose(in);
	return ok;
}

/* How to check, and what was found: the family's own part. */
struct checks {
	struct import_checked e820;
	struct import_mb_checked memblock;
	const struct subject *e820_on, *memblock_on;
};

static int no_subject(const struct import_args *a, const char *family)
{
	return a->kernel ? cli_error("no %s of kernel '%s' was built in (`earlyfuzz list subjects` "
				     "names them)", family, a->kernel) :
		cli_error("no kernel's %s was built in", family);
}

/*
 * Which families? The one that is asked for; else e820, and memblock where the log shows it at
 * work and a kernel's is at hand.
 */
static bool checks_memblock(const struct import_args *a, const struct import *im)
{
	if (a->family)
		return a->family == &memblock_family;
	return import_mb_there(im->mb) && im->version >= IMPORT_MB_SINCE &&
	       import_nearest(&memblock_family, im->version, a->kernel);
}

static int print_checks(const struct import_args *a, const struct import *im,
			const struct import_mb_script *msc, const struct checks *k)
{
	const struct import_mb_checked *m = &k->memblock;
	json_t *j = NULL, *mj;

	if (a->json) {
		mj = m->subject ? import_mb_report_json(im, im->mb, msc, m) : NULL;
		j = k->e820.subject ? import_report_json(im, &k->e820) : mj;
		if (j != mj && mj)
			json_object_set_new(j, "memblock", mj);
		json_finish(stdout, j);
	} else {
		if (k->e820.subject)
			import_report(stdout, im, &k->e820);
		if (m->subject)
			import_mb_report(stdout, im, im->mb, msc, m);
	}
	return k->e820.differ || m->differ || m->verdict.kind != VERDICT_PASS ? CLI_VERDICT :
									       CLI_OK;
}

static int check(const struct import_args *a, const struct import *im,
		 const struct import_script *sc, const struct import_mb_script *msc)
{
	static struct checks k;
	const struct subject *s;

	if (sc) {
		s = import_nearest(&e820_family, im->version, a->kernel);
		if (!s)
			return no_subject(a, "e820");
		import_check(im, sc, s, &k.e820);
	}
	if (msc) {
		s = import_nearest(&memblock_family, im->version, a->kernel);
		if (!s)
			return no_subject(a, "memblock");
		import_mb_check(im, im->mb, msc, s, &k.memblock);
	}
	if (!a->quiet && sc)
		import_tell_skipped(im, stderr);
	if (!(k.e820.agree + k.e820.differ + k.memblock.agree + k.memblock.differ))
		return cli_error("%s: states nothing that a kernel could be held against", im->name);
	return print_checks(a, im, msc, &k);
}

static int import_main(int argc, char **argv)
{
	static struct import im;
	static struct import_mb mb;
	static struct import_script sc;
	static struct import_mb_script msc;
	struct import_args a = { 0 };
	char err[SCENARIO_ERR];
	bool memblock, e820, read;
	struct output o;

	if (!parse(&a, argc, argv))
		return CLI_FAILED;
	e820 = a.family != &memblock_family;
	read = read_path(&im, &mb, argv[optind], err);
	/* a map is e820's matter */
	if (!read && (e820 || !im.bytes || io_failed))
		return cli_error("%s", err);
	if (e820 && !import_build(&im, &sc, err))
		return cli_error("%s", err);
	memblock = a.check ? checks_memblock(&a, &im) : !e820;
	if (memblock && !import_mb_build(&im, &mb, &msc, err))
		return cli_error("%s", err);
	if (a.check)
		return check(&a, &im, e820 ? &sc : NULL, memblock ? &msc : NULL);
	if (!output_open(&o, a.out))
		return CLI_FAILED;
	if (memblock)
		import_mb_print(o.out, &im, &msc);
	else
		import_print(o.out, &im, &sc);
	if (!output_close(&o))
		return CLI_FAILED;
	if (!a.quiet && !memblock)
		import_tell_skipped(&im, stderr);
	if (!a.quiet && memblock && msc.nr > SCENARIO_OPS_MAX)
		fprintf(stderr, "%s: the first %u calls of %u: a scenario has room for no more "
			"(--check replays all)\n", im.name, SCENARIO_OPS_MAX, msc.nr);
	return CLI_OK;
}

const struct command cmd_import = {
	.name = "import",
	.summary = "Make a scenario of a boot log or a memory map",
	.usage = "FILE|DIR|- [OPTION]...",
	.help = help,
	.main = import_main,
};
