// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "import_boot_check.h"
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
	"  --family NAME     e820, memblock or boot; with --check all of them that a\n"
	"                    log shows\n"
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
	"blocks went, tables, zones and sums are compared. Where all of it is told, from\n"
	"the firmware's map to what is available, it is one scenario of family boot:\n"
	"what is passed to the page allocator is compared, too, page by page where\n"
	"ci/boot has added memblock's tables.\n";

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
			if (a->family == &e820_family || a->family == &memblock_family ||
			    a->family == &boot_family)
				break;
			cli_error("import: --family '%s', expected e820, memblock or boot", optarg);
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

/* What is made of the log, and what was found. */
struct work {
	struct import im;
	struct import_mb mb;
	struct import_script map;
	struct import_mb_script calls;
	struct import_boot_script boot;
	struct import_checked e820;
	struct import_mb_checked memblock;
	struct import_boot_checked whole;
};

/* Which families? */
struct wanted {
	bool e820, memblock, boot;
};

static int no_subject(const struct import_args *a, const char *family)
{
	return a->kernel ? cli_error("no %s of kernel '%s' was built in (`earlyfuzz list subjects` "
				     "names them)", family, a->kernel) :
		cli_error("no kernel's %s was built in", family);
}

/*
 * The one that is asked for; else e820, and for a check memblock and boot where the log shows
 * memblock at work and a kernel's is at hand.
 */
static struct wanted wants(const struct import_args *a, const struct import *im)
{
	struct wanted w = { a->family == &e820_family, a->family == &memblock_family,
			    a->family == &boot_family };

	if (a->family)
		return w;
	w.e820 = true;
	if (!a->check || !import_mb_there(im->mb) || im->version < IMPORT_MB_SINCE)
		return w;
	w.memblock = import_nearest(&memblock_family, im->version, a->kernel);
	w.boot = import_nearest(&boot_family, im->version, a->kernel);
	return w;
}

static int print_checks(const struct import_args *a, const struct work *k, const struct wanted *w)
{
	const struct import_mb_checked *m = &k->memblock;
	json_t *j = NULL;

	if (a->json) {
		json_t *mj = w->memblock ? import_mb_report_json(&k->im, &k->mb, &k->calls, m) :
					   NULL;
		json_t *bj = w->boot ? import_boot_report_json(&k->im, &k->boot, &k->whole) : NULL;

		j = w->e820 ? import_report_json(&k->im, &k->e820) : mj ? mj : bj;
		if (mj && j != mj)
			json_object_set_new(j, "memblock", mj);
		if (bj && j != bj)
			json_object_set_new(j, "boot", bj);
		json_finish(stdout, j);
	} else {
		if (w->e820)
			import_report(stdout, &k->im, &k->e820);
		if (w->memblock)
			import_mb_report(stdout, &k->im, &k->mb, &k->calls, m);
		if (w->boot)
			import_boot_report(stdout, &k->im, &k->boot, &k->whole);
	}
	return k->e820.differ || m->differ || m->verdict.kind != VERDICT_PASS || k->whole.differ ||
	       k->whole.verdict.kind != VERDICT_PASS ? CLI_VERDICT : CLI_OK;
}

static int check(const struct import_args *a, struct work *k, const struct wanted *w)
{
	const struct subject *s;

	if (w->e820) {
		s = import_nearest(&e820_family, k->im.version, a->kernel);
		if (!s)
			return no_subject(a, "e820");
		import_check(&k->im, &k->map, s, &k->e820);
	}
	if (w->memblock) {
		s = import_nearest(&memblock_family, k->im.version, a->kernel);
		if (!s)
			return no_subject(a, "memblock");
		import_mb_check(&k->im, &k->mb, &k->calls, s, &k->memblock);
	}
	if (w->boot && !k->boot.why) {
		s = import_nearest(&boot_family, k->im.version, a->kernel);
		if (!s || boot_on_early_res(s->version))
			return no_subject(a, "boot with memblock");
		import_boot_check(&k->im, &k->mb, &k->calls, &k->boot, s, &k->whole);
	}
	if (!a->quiet && w->e820)
		import_tell_skipped(&k->im, stderr);
	if (!(k->e820.agree + k->e820.differ + k->memblock.agree + k->memblock.differ +
	      k->whole.agree + k->whole.differ))
		return cli_error("%s: states nothing that a kernel could be held against",
				 k->im.name);
	return print_checks(a, k, w);
}

static int print(const struct import_args *a, const struct work *k, const struct wanted *w)
{
	unsigned int n = w->memblock ? k->calls.nr : w->boot ? k->boot.nr : 0;
	struct output o;

	if (!output_open(&o, a->out))
		return CLI_FAILED;
	if (w->memblock)
		import_mb_print(o.out, &k->im, &k->calls);
	else if (w->boot)
		import_boot_print(o.out, &k->im, &k->boot);
	else
		import_print(o.out, &k->im, &k->map);
	if (!output_close(&o))
		return CLI_FAILED;
	if (!a->quiet && w->e820)
		import_tell_skipped(&k->im, stderr);
	if (!a->quiet && n > SCENARIO_OPS_MAX)
		fprintf(stderr, "%s: the first %u %s of %u: a scenario has room for no more "
			"(--check replays all)\n", k->im.name, SCENARIO_OPS_MAX,
			w->boot ? "ops" : "calls", n);
	return CLI_OK;
}

/* Why there is no whole boot, as a message. */
static int no_boot(const struct work *k)
{
	return k->boot.why_line ? cli_error("%s:%u:1: no whole boot: %s", k->im.name,
					    k->boot.why_line, k->boot.why) :
				  cli_error("%s: no whole boot: %s", k->im.name, k->boot.why);
}

static int import_main(int argc, char **argv)
{
	static struct work k;
	struct import_args a = { 0 };
	char err[SCENARIO_ERR];
	struct wanted w;
	bool read;

	if (!parse(&a, argc, argv))
		return CLI_FAILED;
	read = read_path(&k.im, &k.mb, argv[optind], err);
	/* a map is not memblock's matter */
	if (!read && (a.family != &memblock_family || !k.im.bytes || io_failed))
		return cli_error("%s", err);
	w = wants(&a, &k.im);
	if ((w.e820 || w.boot) && !import_build(&k.im, &k.map, err))
		return cli_error("%s", err);
	if ((w.memblock || w.boot) && !import_mb_build(&k.im, &k.mb, &k.calls, err))
		return cli_error("%s", err);
	if (w.boot)
		import_boot_build(&k.im, &k.map, &k.mb, &k.calls, &k.boot);
	if (a.family == &boot_family && k.boot.why)
		return no_boot(&k);
	return a.check ? check(&a, &k, &w) : print(&a, &k, &w);
}

const struct command cmd_import = {
	.name = "import",
	.summary = "Make a scenario of a boot log or a memory map",
	.usage = "FILE|DIR|- [OPTION]...",
	.help = help,
	.main = import_main,
};
