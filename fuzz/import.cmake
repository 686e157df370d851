# SPDX-License-Identifier: GPL-2.0-only

# Boot logs and memory maps as scenarios: for the command and for its fuzzing target.
add_library(import STATIC
	import.c
	import_boot_build.c
	import_boot_pages.c
	import_build.c
	import_map.c
	import_dir.c
	import_entry.c
	import_lines.c
	import_memblock.c
	import_memblock_build.c
	import_memblock_lines.c
	import_memblock_nodes.c
	import_memblock_print.c
	import_pattern.c
	import_prefix.c
	import_print.c
	import_tell.c
	import_words.c
	import_zone_lines.c
	import_zones.c)
target_link_libraries(import PUBLIC scenario)
if(EARLYFUZZ_ENGINE STREQUAL "libfuzzer")
	# the target's coverage is that of the parser: other code of ours has none
	target_compile_options(import PRIVATE -fsanitize=fuzzer-no-link)
endif()

fuzz_test(import ${CMAKE_CURRENT_SOURCE_DIR}/testdata/import)
if(EARLYFUZZ_UNIT_TESTS)
	target_link_libraries(import_test PRIVATE import)
endif()
fuzz_test(import_memblock ${CMAKE_CURRENT_SOURCE_DIR}/testdata/import-memblock)
if(EARLYFUZZ_UNIT_TESTS)
	target_link_libraries(import_memblock_test PRIVATE import)
endif()
fuzz_test(import_boot ${CMAKE_CURRENT_SOURCE_DIR}/testdata/import-boot)
fuzz_test(import_zones)
if(EARLYFUZZ_UNIT_TESTS)
	target_link_libraries(import_boot_test PRIVATE import)
	target_link_libraries(import_zones_test PRIVATE import)
endif()
