// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "bench_sizes.h"
#include "contract/boot.h"

/* A machine of 3 GiB below 4 GiB, and more above; what its boot does is the same for any size. */
static const char boot[] =
	"scenario boot config=%s\n"
	"reserve 16M 24M short\n"
	"reserve 2G 32M short\n"
	"reserve 636K 388K short\n"
	"firmware 4 0 0\n"
	"  entry 0 636K ram\n"
	"  entry 960K 64K reserved\n"
	"  entry 1M 3071M ram\n"
	"  entry 4G %s ram\n"
	"bios\n"
	"setup\n"
	"mapped 0x140000\n"
	"alloc 24K 4K 4K 1M\n"
	"alloc 88K 4K 1M 0\n"
	"alloc 256M 16M 16M 4G\n"
	"node node0 0 0x80000\n"
	"node node1 0x80000 0x400000000\n"
	"alloc 64K 4K 0 0\n"
	"free 636K 4K\n"
	"handoff\n";

static bool measure(struct bench *b, const struct subject *subject, const char *above,
		    double seconds, bool (*stop)(void))
{
	static struct scenario s;
	char text[sizeof(boot) + 64], err[SCENARIO_ERR];

	memset(b, 0, sizeof(*b));
	b->subject = subject;
	snprintf(text, sizeof(text), boot, subject->config->name, above);
	if (!scenario_parse(&s, "boot", text, err) || !bench_take(b, &s))
		return false;
	bench_run(b, seconds, stop);
	return true;
}

bool bench_sizes(struct bench_sizes *out, const struct subject *subject, double seconds,
		 bool (*stop)(void))
{
	static struct bench small, large;

	if (subject->family != &boot_family ||
	    !measure(&small, subject, "1G", seconds / 2, stop) ||
	    !measure(&large, subject, "25T", seconds / 2, stop))
		return false;
	out->alone = large.alone / small.alone;
	out->oracle = large.oracle / small.oracle;
	return true;
}
