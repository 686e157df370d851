// SPDX-License-Identifier: GPL-2.0-only
/* Where kernels are from, for readers elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "origin.h"

#define SUM	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
	const char *provenance, *text, *source;
} table[] = {
	{ NULL, "Linux 6.12.1", "tree:DIR" },
	{ "package linux-source-6.12 6.12.117-1~deb12u1\nkernel/range.c " SUM "\n",
	  "Linux 6.12.1 (package linux-source-6.12 6.12.117-1~deb12u1)", "debian:6.12" },
	{ "git commit 0123456789abcdef0123 in /home/me/linux\n",
	  "Linux 6.12.1 (commit 0123456789ab)", "git:DIR@0123456789ab" },
	{ "tree /home/me/my linux\nkernel/range.c " SUM "\n", "Linux 6.12.1 (tree)", "tree:DIR" },
	{ "tarball linux-6.12.tar.xz sha256 " SUM "\n",
	  "Linux 6.12.1 (tarball linux-6.12.tar.xz sha256 " SUM ")", "tar:linux-6.12.tar.xz" },
	{ "tree /x\npatch " SUM " 0001-a.patch\nmm/memblock.c " SUM "\n",
	  "Linux 6.12.1 (tree) with 0001-a.patch applied", "tree:DIR --patch 0001-a.patch" },
	/* a name that a shell would take apart, or that ends a comment, is none to paste */
	{ "tree /x\npatch " SUM " a.patch\npatch " SUM " b $(c) */.patch\n",
	  "Linux 6.12.1 (tree) with a.patch, b $(c) */.patch applied",
	  "tree:DIR --patch a.patch --patch FILE" },
};

static char *printed(void (*print)(FILE *out, const struct subject *s), const struct subject *s)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	print(out, s);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void all_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct subject s = {
			.release = "6.12.1", .provenance = table[i].provenance,
		};
		char text[ORIGIN_TEXT], *source = printed(origin_source, &s);

		assert_string_equal(origin_text(text, sizeof(text), &s), table[i].text);
		assert_string_equal(source, table[i].source);
		free(source);
	}
}

static void a_small_buffer(void **state)
{
	const struct subject s = {
		.release = "6.12.1", .provenance = table[6].provenance, .planted = "r1",
	};
	char whole[ORIGIN_TEXT], part[ORIGIN_TEXT];

	(void)state;
	origin_text(whole, sizeof(whole), &s);
	for (size_t size = 1; size < strlen(whole) + 2; size++) {
		memset(part, '#', sizeof(part));
		origin_text(part, size, &s);
		assert_true(part[size] == '#');
		assert_int_equal(strlen(part), size - 1 < strlen(whole) ? size - 1 : strlen(whole));
		assert_memory_equal(part, whole, strlen(part));
	}
}

static void patches(void **state)
{
	const struct subject s = { .provenance = table[6].provenance };
	const char *name = NULL, *sum = NULL;

	(void)state;
	assert_int_equal(origin_patch(&s, 1, &name, &sum), strlen("b $(c) */.patch"));
	assert_memory_equal(name, "b $(c) */.patch\n", 16);
	assert_memory_equal(sum, SUM " ", 65);
	assert_int_equal(origin_patch(&s, 2, &name, &sum), 0);
}

static void only_the_kernels_c_files(void **state)
{
	const struct subject s = {
		.provenance = "tree /x\npatch " SUM " a.c\nmm/memblock.c " SUM
			      "\ninclude/linux/memblock.h " SUM "\n",
	};
	char *text = printed(origin_files, &s);

	(void)state;
	assert_string_equal(text, "  mm/memblock.c\n    SHA-256 " SUM "\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_kinds),
		cmocka_unit_test(a_small_buffer),
		cmocka_unit_test(patches),
		cmocka_unit_test(only_the_kernels_c_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
