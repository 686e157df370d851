// SPDX-License-Identifier: GPL-2.0-only
#include "contract/e820.h"
#include "shim.h"

/* reserve_resources makes a call per entry of two tables. */
static struct row rows[E820_REPORT_MAX] SHIM_SCRATCH;
static unsigned int nr;

void shim_record_flags(uint32_t type, uint64_t start, uint64_t size, uint32_t flags)
{
	shim_tick();
	if (nr < sizeof(rows) / sizeof(rows[0]))
		rows[nr++] = (struct row){
			.start = start, .size = size, .type = type, .flags = flags,
		};
}

void shim_record(uint32_t type, uint64_t start, uint64_t size)
{
	shim_record_flags(type, start, size, 0);
}

void shim_recorded(struct table *t)
{
	t->nr = nr;
	t->rows = rows;
}

void shim_record_clear(void)
{
	nr = 0;
}
