// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "gone.h"

uint64_t quirks_gone(uint64_t enabled, uint64_t fired,
		     bool (*again)(void *arg, uint64_t quirks, uint64_t *fired), void *arg)
{
	uint64_t off = 0, more = fired & enabled, none;

	while (more & ~off) {
		off |= more;
		more = 0;
		if (again(arg, enabled & ~off, &more))
			return off;
		more &= enabled;
	}
	if (!(off & (off - 1)))
		return 0;	/* one: that was it */
	for (unsigned int i = 0; i < 64; i++) {
		uint64_t one = off & 1ull << i;

		if (one && again(arg, enabled & ~one, &none))
			return one;
	}
	return 0;
}

bool quirks_are_known_for(const struct subject *s)
{
	return !strncmp(s->kernel, "debian-", strlen("debian-")) &&
	       !strstr(s->kernel, "-patched");
}
