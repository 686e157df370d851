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
# seen, each finding once, and searches, which run no kernel's code, are not so deep. Everything on all of
# them when EARLYFUZZ_TEST_ALL is in the environment (ci/test --all).
set(run $<TARGET_FILE:earlyfuzz>)
set(seeds ${CMAKE_SOURCE_DIR}/corpus/seeds)
set(series ${CMAKE_SOURCE_DIR}/corpus/series)
set(machines ${CMAKE_SOURCE_DIR}/corpus/machines)
set(found ${CMAKE_SOURCE_DIR}/corpus/findings)
set(seeds_on "")
set(machines_on "")
set(all_on "")
set(shuffled ${seeds} ${machines} ${found})
set(pairwise FALSE)
set(depth 3)
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
		set(pairwise TRUE)
		set(depth 2)
		set(usual ${EARLYFUZZ_KERNELS})
		if(kernels GREATER 1)
			list(REMOVE_ITEM usual old)	# EARLYFUZZ_OLD_KERNEL: its findings are enough
		endif()
		list(GET usual 0 first)
		list(GET usual -1 last)
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

# faults(NAME) - the test replay.NAME has kernels touch what is not mapped, which valgrind tells before
# the fault is caught: all but that fails
function(faults name)
	if(EARLYFUZZ_VALGRIND)
		set_tests_properties(replay.${name} PROPERTIES FAIL_REGULAR_EXPRESSION
			"==[0-9]+== (Cond|Use|Invalid w|Invalid f|Sysc|Jump|Source|Mismatch|Process)")
	endif()
endfunction()

# 32-bit subjects have tests of their own, so that their absence is seen.
set(words --bits 64)
if(EARLYFUZZ_BITS EQUAL 32)
	set(words --bits 32 --bits 32pae)
endif()
replay(seeds run ${words} ${seeds_on} ${seeds})
replay(series run ${words} ${seeds_on} ${series})
replay(machines run ${words} ${machines_on} ${machines})
if(EARLYFUZZ_BITS EQUAL 32)
	replay(findings run ${words} ${all_on} ${found})
	return()	# what follows is the 64-bit build's
endif()
if(NOT pairwise)
	replay(findings run ${all_on} ${found})
	faults(findings)	# those that have none are held to it below
endif()
replay(stability run --stability ${words} ${all_on} ${shuffled})
set(words --bits 32 --bits 32pae)
if(WITH_BITS32)
	replay(bits32.seeds run ${words} ${seeds_on} ${seeds})
	replay(bits32.series run ${words} ${seeds_on} ${series})
	replay(bits32.machines run ${words} ${machines_on} ${machines})
	if(NOT "$ENV{EARLYFUZZ_TEST_ALL}" STREQUAL "")
		replay(bits32.stability run --stability ${words} ${all_on} ${shuffled})
	endif()
elseif(EARLYFUZZ_BITS32 AND NO_BITS32)
	add_test(NAME replay.bits32 COMMAND ${CMAKE_COMMAND} -E echo "skipped: ${NO_BITS32}")
	set_tests_properties(replay.bits32 PROPERTIES SKIP_REGULAR_EXPRESSION "^skipped: ")
endif()
if(NOT pairwise)
	replay(closes exhaust --family early_res --kernel reference)
	set_tests_properties(replay.closes PROPERTIES PASS_REGULAR_EXPRESSION ": closed: ")
endif()
# with the ops that the search above leaves out: memory and nodes that come during it
replay(complete exhaust --family early_res --kernel reference --all-ops
	--universe 0x1000,0x1080,0x2000,0x3000 --choices 1 --depth ${depth})
set_tests_properties(replay.complete PROPERTIES
	PASS_REGULAR_EXPRESSION ": complete to depth ${depth}: [0-9]+ states")
if(NOT EARLYFUZZ_VALGRIND AND EARLYFUZZ_CANARY_KERNEL IN_LIST EARLYFUZZ_KERNELS)
	replay(canaries canary)
endif()

# What the kernels here are called in the headers of findings: by id, and by release ("v6.12.117").
set(called ${EARLYFUZZ_KERNELS} reference)
foreach(kernel IN LISTS EARLYFUZZ_KERNELS)
	set(provenance ${EARLYFUZZ_EXTRACTED}/${kernel}/PROVENANCE)
	if(EXISTS ${provenance})
		file(STRINGS ${provenance} release REGEX "^version: ")
		string(REGEX REPLACE "^version: *" "v" release "${release}")
		list(APPEND called ${release})
		set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${provenance})
	endif()
endforeach()

# A finding counts on the kernels that its header names. With none of them here nothing would be tested:
# the test is skipped, and says what it lacks.
set(faultless "")
set(faulty "")
file(GLOB findings CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/corpus/findings/*.scn)
foreach(finding IN LISTS findings)
	cmake_path(GET finding STEM name)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${finding})
	file(STRINGS ${finding} kernels REGEX "^# kernels:")
	string(REGEX REPLACE "^# kernels: *" "" kernels "${kernels}")
	separate_arguments(kernels)
	if(NO_BITS32)
		list(FILTER kernels EXCLUDE REGEX "[+]x86_32")
	endif()
	list(TRANSFORM kernels REPLACE "[+].*" "")
	file(STRINGS ${finding} unmapped REGEX "^# expect: unmapped")
	if(pairwise AND unmapped)
		list(APPEND faulty ${finding})
	elseif(pairwise)
		# valgrind takes seconds to begin: once for all of them, those of kernels that are not here, too
		list(APPEND faultless ${finding})
	endif()
	set(here ${kernels})
	list(REMOVE_ITEM here ${called})
	if(NOT here STREQUAL kernels)
		if(pairwise)
			continue()
		endif()
		replay(finding.${name} run ${finding})
		if(unmapped)
			faults(finding.${name})
		endif()
		continue()
	endif()
	set(hint "none of its kernels is here")
	if(NOT kernels)
		set(kernels "32-bit kernels")
		set(hint "${NO_BITS32}")
	endif()
	set(releases ${kernels})
	list(FILTER releases INCLUDE REGEX "^v[0-9]")
	if(releases)
		list(GET releases 0 release)
		set(hint "set EARLYFUZZ_OLD_KERNEL=git:DIR@${release}")
	endif()
	list(JOIN kernels " " kernels)
	add_test(NAME replay.finding.${name}
		COMMAND ${CMAKE_COMMAND} -E echo "skipped: shows on ${kernels}: ${hint}")
	set_tests_properties(replay.finding.${name} PROPERTIES
		SKIP_REGULAR_EXPRESSION "^skipped: ")
endforeach()
if(pairwise)
	replay(faultless run ${all_on} ${faultless})
	replay(findings run ${all_on} ${faulty})
	faults(findings)
endif()
