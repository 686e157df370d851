# SPDX-License-Identifier: GPL-2.0-only

add_library(scenario STATIC
	bytes.c
	header.c
	load.c
	number.c
	quoted.c
	scenario.c
	text.c
	text_error.c
	text_print.c

	dictionary.c
	draw_boot.c
	draw_memblock.c
	draw_range.c
	generate.c
	generate_boot.c
	generate_boot_map.c
	generate_memblock.c
	grammar.c
	grammar_mutate.c
	grammar_named.c
	groups.c
	mutate.c
	mutate_args.c
	mutate_ops.c
	operand.c
	shape.c
	rng.c)
target_include_directories(scenario PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(scenario PUBLIC contract ours)

fuzz_test(scenario)
fuzz_test(bytes)
fuzz_test(text)
fuzz_test(load)
fuzz_test(grammar)
fuzz_test(mutate)
fuzz_test(draw_boot)
fuzz_test(draw_memblock)
fuzz_test(corpus ${CMAKE_SOURCE_DIR}/corpus)
