# SPDX-License-Identifier: GPL-2.0-only
#
# The corpus, run: seeds, machines, each finding by itself, in several orders; and planted bugs,
# without which the silence of all these would mean nothing. The engines' programs replay it in
# tests of their own.

if(NOT EARLYFUZZ_ENGINE STREQUAL "none")
	return()
endif()

option(EARLYFUZZ_VALGRIND "replay the corpus under valgrind" OFF)

# Under valgrind each part of the corpus runs on one kernel, so that all kernels and all parts are
# seen; everything on all of them when EARLYFUZZ_TEST_ALL is in the environment (ci/test --all).
set(run $<TARGET_FILE:earlyfuzz>)
set(seeds ${CMAKE_SOURCE_DIR}/corpus/seeds)
set(machines ${CMAKE_SOURCE_DIR}/corpus/machines)
set(found ${CMAKE_SOURCE_DIR}/corpus/findings)
set(seeds_on "")
set(machines_on "")
set(all_on "")
set(shuffled ${seeds} ${machines} ${found})
list(LENGTH EARLYFUZZ_KERNELS kernels)
if(kernels EQUAL 1)
	# it need not have every configuration: what it lacks is left out
	set(all_on --kernel ${EARLYFUZZ_KERNELS})
	set(seeds_on ${all_on})
	set(machines_on ${all_on})
endif()
if(EARLYFUZZ_VALGRIND)
	find_program(VALGRIND valgrind REQUIRED)
	set(run ${VALGRIND} -q --error-exitcode=9 ${run})
	if("$ENV{EARLYFUZZ_TEST_ALL}" STREQUAL "")
		list(GET EARLYFUZZ_KERNELS 0 first)
		list(GET EARLYFUZZ_KERNELS -1 last)
		set(seeds_on --kernel ${first})
		set(machines_on --kernel ${last})
		set(shuffled ${found})
	endif()
endif()

# replay(NAME ARG...) - the test replay.NAME: earlyfuzz ARG...
function(replay name)
	add_test(NAME replay.${name} COMMAND ${run} ${ARGN})
	if(EARLYFUZZ_VALGRIND)
		# what it says of a worker process does not reach the exit status
		set_tests_properties(replay.${name} PROPERTIES
			FAIL_REGULAR_EXPRESSION "==[0-9]+== ")
	endif()
endfunction()

replay(seeds run ${seeds_on} ${seeds})
replay(machines run ${machines_on} ${machines})
replay(findings run ${all_on} ${found})
replay(stability run --stability ${all_on} ${shuffled})
if(NOT EARLYFUZZ_VALGRIND AND EARLYFUZZ_CANARY_KERNEL IN_LIST EARLYFUZZ_KERNELS)
	replay(canaries canary)
endif()

# A finding counts on the kernels that its header names; with none of them here nothing is tested.
file(GLOB findings CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/corpus/findings/*.scn)
foreach(finding IN LISTS findings)
	cmake_path(GET finding STEM name)
	replay(finding.${name} run ${finding})
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${finding})
	file(STRINGS ${finding} kernels REGEX "^# kernels:")
	string(REGEX REPLACE "^# kernels: *" "" kernels "${kernels}")
	separate_arguments(kernels)
	set(here ${kernels})
	list(REMOVE_ITEM here ${EARLYFUZZ_KERNELS})
	if(here STREQUAL kernels)
		set_tests_properties(replay.finding.${name} PROPERTIES DISABLED TRUE)
	endif()
endforeach()
