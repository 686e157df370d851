# SPDX-License-Identifier: GPL-2.0-only
#
# What is run many times over, and what kernels of all generations must agree in.

if(TARGET earlyfuzz)
	target_sources(earlyfuzz PRIVATE bench_sizes.c many.c)
endif()
if(NOT EARLYFUZZ_ENGINE STREQUAL "none")
	return()
endif()

add_executable(ways_test ways_test.c)
target_link_libraries(ways_test PRIVATE commands)
add_test(NAME fuzz.ways COMMAND ways_test ${CMAKE_SOURCE_DIR}/corpus/seeds/boot)
set_tests_properties(fuzz.ways PROPERTIES TIMEOUT 300)
