// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "import_check.h"

struct import_args {
	const char *out;
	const char *kernel;
	bool quiet, check, json;
};

static const char help[] =
	"  -o FILE           write there instead of standard output\n"
	"  -q, --quiet       do not tell which lines were skipped\n"
	"  --check           run it on the nearest kernel, compare what the log states\n"
	"  --kernel ID       with --check: on this kernel\n"
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
	"command line and a panic; nor is what would follow where the log ends.\n";

static bool parse(struct import_args *a, int argc, char **argv)
{
	static const struct option options[] = {
		{ "quiet", no_argument, NULL, 'q' },
		{ "check", no_argument, NULL, 'c' },
		{ "kernel", required_argument, NULL, 'k' },
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
	snprintf(err, SCENARIO_ERR, "%s: %s", im->name, strerror(errno));
	return false;
}

static bool read_path(struct import *im, const char *path, char *err)
{
	struct stat st;
	FILE *in;
	bool ok;

	if (!strcmp(path, "-")) {
		import_begin(im, "-");
		return read_text(im, stdin, err);
	}
	import_begin(im, path);
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

static int check(const struct import_args *a, const struct import *im,
		 const struct import_script *sc)
{
	static struct import_checked c;
	const struct subject *s = import_nearest(im->version, a->kernel);

	if (!s)
		return a->kernel ? cli_error("no e820 of kernel '%s' was built in (`earlyfuzz "
					     "list subjects` names them)", a->kernel) :
			cli_error("no kernel's e820 was built in");
	if (!a->quiet)
		import_tell_skipped(im, stderr);
	import_check(im, sc, s, &c);
	if (!c.agree && !c.differ)
		return cli_error("%s: states nothing that a kernel could be held against",
				 im->name);
	if (a->json)
		import_report_json(stdout, im, &c);
	else
		import_report(stdout, im, &c);
	return c.differ ? CLI_VERDICT : CLI_OK;
}

static int import_main(int argc, char **argv)
{
	static struct import im;
	static struct import_script sc;
	struct import_args a = { 0 };
	char err[SCENARIO_ERR];
	struct output o;

	if (!parse(&a, argc, argv))
		return CLI_FAILED;
	if (!read_path(&im, argv[optind], err) || !import_build(&im, &sc, err))
		return cli_error("%s", err);
	if (a.check)
		return check(&a, &im, &sc);
	if (!output_open(&o, a.out))
		return CLI_FAILED;
	import_print(o.out, &im, &sc);
	if (!output_close(&o))
		return CLI_FAILED;
	if (!a.quiet)
		import_tell_skipped(&im, stderr);
	return CLI_OK;
}

const struct command cmd_import = {
	.name = "import",
	.summary = "Make a scenario of a boot log or a memory map",
	.usage = "FILE|DIR|- [OPTION]...",
	.help = help,
	.main = import_main,
};
