# SPDX-License-Identifier: GPL-2.0-only

# One scenario on one subject: what the engines' targets link, too.
add_library(runner STATIC gone.c run.c signature.c table_states.c watchdog.c)
target_link_libraries(runner PUBLIC scenario reference)

# Beside libFuzzer targets it is built when it is asked for: ci/review looks at what they found.
if(EARLYFUZZ_ENGINE STREQUAL "afl")
	return()
endif()

# JSON is the 64-bit program's: distributions have jansson for one word size.
if(EARLYFUZZ_BITS EQUAL 32)
	set(JSON json_none.c)
	set(JANSSON "")
else()
	set(JSON "")
	find_library(JANSSON jansson REQUIRED)
endif()

# What both programs say when they are asked for their sources. earlyfuzz32 gets the file of the
# build that it belongs to (cmake/bits32.cmake).
set(EARLYFUZZ_BUILD_ID "" CACHE FILEPATH "C file with the build id; empty: make one")
mark_as_advanced(EARLYFUZZ_BUILD_ID)
set(build_id "${EARLYFUZZ_BUILD_ID}")
if(NOT build_id)
	set(build_id ${CMAKE_CURRENT_BINARY_DIR}/build_id.c)
	file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/reference/*.[ch]
		${CMAKE_SOURCE_DIR}/extracted/*.[ch] ${CMAKE_SOURCE_DIR}/fuzz/*.[ch])
	add_custom_command(OUTPUT ${build_id}
		COMMAND ${CMAKE_SOURCE_DIR}/cmake/build_id ${build_id} ${sources}
		DEPENDS ${CMAKE_SOURCE_DIR}/cmake/build_id ${sources}
		COMMENT "Build id" VERBATIM)
endif()
add_library(build_facts STATIC build_facts.c ${build_id})
target_link_libraries(build_facts PUBLIC ours)
target_include_directories(build_facts PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(build_facts PRIVATE
	EARLYFUZZ_SANITIZERS="${EARLYFUZZ_SANITIZERS}" EARLYFUZZ_NO_BITS32="${NO_BITS32}")

# What the commands are made of, and what their tests link.
add_library(commands STATIC
	alphabet.c
	bench.c
	bits32.c
	brute.c
	crash_place.c
	death.c
	draw.c
	draw_verdict.c
	exhaust.c
	files.c
	finding.c
	isolate.c
	min.c
	min_config.c
	min_cost.c
	min_goal.c
	min_text.c
	narrow.c
	origin.c
	repro.c
	repro_calls.c
	repro_map.c
	seen.c
	serve.c
	shortest.c
	symbols.c
	story.c
	trace.c
	wire.c
	wire_hello.c
	wire_run.c
	words.c)
target_link_libraries(commands PUBLIC build_facts runner subjects bitmap)

add_executable(earlyfuzz
	choose.c
	cli.c
	cmd_bench.c
	cmd_bench_min.c
	cmd_bench_reach.c
	cmd_canary.c
	cmd_diff.c
	cmd_exhaust.c
	cmd_findings.c
	cmd_gen.c
	cmd_import.c
	import_boot_check.c
	import_boot_report.c
	import_check.c
	import_observed.c
	import_replay.c
	import_report.c
	import_memblock_check.c
	import_memblock_observed.c
	import_memblock_report.c
	cmd_list.c
	cmd_min.c
	cmd_repro.c
	cmd_run.c
	min_headers.c
	min_input.c
	min_unstable.c
	cmd_serve.c
	cmd_show.c
	findings_table.c
	inputs.c
	jobs.c
	json.c
	${JSON}
	judge.c
	main.c
	output.c
	reach.c
	report.c
	report_json.c
	sanitizer_defaults.c
	repro_c.c
	repro_c_call.c
	repro_c_check.c
	repro_c_boot.c
	repro_c_memblock.c
	repro_c_names.c
	repro_c_value.c
	repro_mail.c
	repro_memblock_test.c
	repro_patch.c
	repro_text.c
	repro_trace.c
	suite_checks.c
	suite_move.c
	suite_plan.c
	suite_text.c
	stability.c)
target_link_libraries(earlyfuzz PRIVATE commands canaries import ${JANSSON})
if(NOT EARLYFUZZ_ENGINE STREQUAL "none")
	set_target_properties(build_facts commands earlyfuzz PROPERTIES EXCLUDE_FROM_ALL TRUE)
	return()	# its tests are those of the other presets
endif()

if(NOT EARLYFUZZ_UNIT_TESTS)
	return()
endif()

# Unit tests: what drives subjects and models is tested with fakes of both.
add_library(fakes STATIC fake.c)
target_link_libraries(fakes PUBLIC scenario)

# cli_test(NAME SOURCE...) - NAME_test.c with these sources and the fakes, registered as fuzz.NAME
function(cli_test name)
	add_executable(${name}_test ${name}_test.c ${ARGN})
	target_link_libraries(${name}_test PRIVATE fakes ${CMOCKA})
	add_test(NAME fuzz.${name} COMMAND ${name}_test)
	set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 120)
endfunction()

cli_test(gone gone.c run.c table_states.c)
# Runs behind a fork, and those of earlyfuzz32.
set(isolated bits32.c crash_place.c death.c isolate.c run.c serve.c symbols.c table_states.c trace.c
	watchdog.c wire.c wire_hello.c wire_run.c)

cli_test(judge draw.c draw_verdict.c finding.c gone.c judge.c report.c ${isolated})
target_link_libraries(judge_test PRIVATE build_facts)
cli_test(draw draw.c)
cli_test(run run.c table_states.c)
cli_test(suite_move suite_move.c)
cli_test(table_states table_states.c)
cli_test(isolate ${isolated})
target_link_libraries(isolate_test PRIVATE build_facts)
foreach(name bits32 wire)
	cli_test(${name} ${isolated})
	target_link_libraries(${name}_test PRIVATE build_facts)
endforeach()
# not where earlyfuzz32 may lie
set_target_properties(bits32_test PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/alone)
cli_test(exhaust alphabet.c brute.c exhaust.c run.c seen.c table_states.c)
target_link_libraries(exhaust_test PRIVATE bitmap)
cli_test(min min.c min_cost.c min_text.c)
cli_test(min_goal alphabet.c brute.c choose.c draw.c draw_verdict.c exhaust.c finding.c gone.c min.c
	min_config.c min_cost.c min_goal.c min_headers.c
	min_text.c min_unstable.c output.c seen.c shortest.c signature.c ${isolated})
target_link_libraries(min_goal_test PRIVATE bitmap build_facts)
# Real subjects, so no fakes. Minutes with MSan, and what it holds does not depend on the compiler: clang, and
# clang with ASan, everywhere when everything is asked for.
add_executable(min_canaries_test min_canaries_test.c sanitizer_defaults.c)
target_link_libraries(min_canaries_test PRIVATE commands canaries ${CMOCKA})
if(NOT "$ENV{EARLYFUZZ_TEST_ALL}" STREQUAL "" OR (CMAKE_C_COMPILER_ID STREQUAL "Clang" AND
   NOT EARLYFUZZ_SANITIZERS MATCHES "memory"))
	add_test(NAME fuzz.min_canaries COMMAND min_canaries_test)
	set_tests_properties(fuzz.min_canaries PROPERTIES TIMEOUT 300)
endif()
cli_test(death death.c symbols.c)
cli_test(signature signature.c)
cli_test(symbols symbols.c)
cli_test(finding finding.c)

# Every case of the scripts is a test of its own; 77 is a skipped case.
add_executable(json_check json_check.c)
target_compile_options(json_check PRIVATE -Wall -Wextra -Werror)
target_link_libraries(json_check PRIVATE ${JANSSON})	# without sanitizers: jansson has none
# What they expect is what these two kernels do.
set(others TRUE)
if("debian-6.1" IN_LIST EARLYFUZZ_KERNELS AND "debian-6.12" IN_LIST EARLYFUZZ_KERNELS)
	set(others FALSE)
endif()
foreach(script cli cli_bad cli_bits32 cli_import cli_min cli_review)
	set(path ${CMAKE_CURRENT_SOURCE_DIR}/${script}_test.sh)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
	file(STRINGS ${path} cases REGEX "^case_[a-z_]+\\(\\)")
	list(TRANSFORM cases REPLACE "^case_([a-z_]+)\\(\\).*" "\\1")
	string(REPLACE "cli_bad" "cli.badinput" name ${script})
	string(REPLACE "cli_bits32" "cli.bits32" name ${name})
	string(REPLACE "cli_import" "cli" name ${name})
	string(REPLACE "cli_min" "cli" name ${name})
	string(REPLACE "cli_review" "cli.review" name ${name})
	foreach(case ${cases})
		add_test(NAME ${name}.${case} COMMAND ${path} ${case})
		set_tests_properties(${name}.${case} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
			ENVIRONMENT "BUILT=${CMAKE_BINARY_DIR};SANITIZERS=${EARLYFUZZ_SANITIZERS}"
			DISABLED ${others})
	endforeach()
endforeach()
