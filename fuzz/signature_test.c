// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "contract/boot.h"
#include "contract/e820.h"
#include "contract/memblock.h"
#include "contract/range.h"
#include "signature.h"

static const struct subject today = {
	.id = "e820@debian-6.12+small", .kernel = "debian-6.12", .family = &e820_family,
	.version = (6 << 16) + (12 << 8),
};
static const struct subject planted = {
	.id = "e820@debian-6.12+small!e7", .kernel = "debian-6.12", .family = &e820_family,
	.version = (6 << 16) + (12 << 8), .planted = "E7",
};
static const struct subject old = {
	.id = "e820@v2.6.34", .kernel = "v2.6.34", .family = &e820_family,
	.version = (2 << 16) + (6 << 8) + 34,
};

static struct scenario s;
static struct verdict v;
static struct signature sig;

static void fill(void)
{
	scenario_init(&s, &e820_family);
	s.nr = 2;
	s.ops[0].id = E820_ADD;
	s.ops[1].id = E820_UPDATE_TABLE;
	v = (struct verdict){ .kind = VERDICT_SILENT_LOSS, .op = 1 };
}

static const char *name(const struct subject *subject)
{
	static char buf[SIGNATURE_NAME];

	signature_of(&sig, subject, &s, &v);
	return signature_name(buf, sizeof(buf), &sig);
}

static void is_named_for_the_ops_own_call(void **state)
{
	(void)state;
	fill();
	assert_string_equal(name(&today), "e820-silent-loss-update_table-e820__update_table"
			    "@debian-6.12+small");
	assert_string_equal(name(&planted), "e820-silent-loss-update_table-e820__update_table"
			    "@debian-6.12+small!e7");
	assert_string_equal(name(&old), "e820-silent-loss-update_table-sanitize_e820_map@v2.6.34");
}

static void is_named_for_the_function_that_a_report_names(void **state)
{
	(void)state;
	fill();
	v.kind = VERDICT_OUT_OF_BOUNDS;
	strcpy(v.function, "__e820__range_add.isra.0");	/* as compilers name copies */
	assert_string_equal(name(&today), "e820-out-of-bounds-update_table-__e820__range_add"
			    "@debian-6.12+small");
}

static void every_part_tells_apart(void **state)
{
	struct signature a, b;

	(void)state;
	fill();
	signature_of(&a, &today, &s, &v);
	signature_of(&b, &today, &s, &v);
	assert_true(signature_same(&a, &b));
	b.op ^= 1;
	assert_false(signature_same(&a, &b));
	signature_of(&b, &planted, &s, &v);
	assert_false(signature_same(&a, &b));
	v.op = 0;
	signature_of(&b, &today, &s, &v);
	assert_false(signature_same(&a, &b));
	v.op = 1;
	v.kind = VERDICT_STRAY;
	signature_of(&b, &today, &s, &v);
	assert_false(signature_same(&a, &b));
	v.kind = VERDICT_SILENT_LOSS;
	strcpy(v.function, "other");
	signature_of(&b, &today, &s, &v);
	assert_false(signature_same(&a, &b));
}

/* Words that are no single function become one name that directories can have. */
static void every_op_of_every_family_has_a_name(void **state)
{
	static const struct {
		const struct family *f;
		uint8_t id;
		uint32_t version;
		const char *call;
	} cases[] = {
		{ &boot_family, B_BIOS, 6 << 16, "trim_bios_range" },
		{ &boot_family, B_RESERVE, 6 << 16, "memblock_reserve" },
		{ &boot_family, B_RESERVE, (2 << 16) + (6 << 8) + 36, "reserve_early" },
		{ &boot_family, B_RESERVE, (2 << 16) + (6 << 8) + 37, "memblock_reserve" },
		{ &boot_family, B_FIRMWARE, (4 << 16) + (11 << 8), "setup_memory_map" },
		{ &boot_family, B_FIRMWARE, (4 << 16) + (12 << 8), "e820__memory_setup" },
		{ &memblock_family, M_ADD, (2 << 16) + (6 << 8) + 35, "memblock_add" },
	};
	char call[64];

	(void)state;
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		kernel_function(call, sizeof(call), cases[i].f, cases[i].id, cases[i].version);
		assert_string_equal(call, cases[i].call);
	}
	for (const struct family *const *f = families; *f; f++)
		for (unsigned int i = 0; i < (*f)->nr_ops; i++) {
			const struct op_desc *d = &(*f)->ops[i];

			kernel_function(call, sizeof(call), *f, d->id, 6 << 16);
			if (!(d->flags & OP_TOKEN) && d->call)
				assert_true(call[0]);
			assert_null(strpbrk(call, "/ ,:()="));
		}
}

static void without_an_op_it_has_a_name_all_the_same(void **state)
{
	(void)state;
	fill();
	s.nr = 0;
	v.op = 0;
	assert_non_null(strstr(name(&today), "e820-silent-loss-"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_named_for_the_ops_own_call),
		cmocka_unit_test(is_named_for_the_function_that_a_report_names),
		cmocka_unit_test(every_part_tells_apart),
		cmocka_unit_test(every_op_of_every_family_has_a_name),
		cmocka_unit_test(without_an_op_it_has_a_name_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
