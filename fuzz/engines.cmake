# SPDX-License-Identifier: GPL-2.0-only
#
# The fuzzing engines' programs, for every family: fuzz_FAMILY (libFuzzer) or afl_FAMILY (AFL++),
# and with either, libearlyfuzz_mutator_FAMILY.so.

if(EARLYFUZZ_ENGINE STREQUAL "none")
	return()
endif()

function(fuzz_target name family)
	add_executable(${name} ${ARGN}
		files.c
		symbols.c
		target.c
		target_family.c
		target_mutate.c
		target_pair.c
		target_replay.c
		target_report.c
		target_stats.c)
	target_compile_definitions(${name} PRIVATE TARGET_FAMILY=${family}_family)
	target_link_libraries(${name} PRIVATE runner subjects canaries scenario)
endfunction()

# afl-fuzz loads it: nothing of it may be sanitized or instrumented, so its sources are compiled
# once more, without `ours`.
function(fuzz_mutator family)
	set(mutator earlyfuzz_mutator_${family})
	get_target_property(scenario_sources scenario SOURCES)
	get_target_property(contract_sources contract SOURCES)
	list(TRANSFORM contract_sources PREPEND ${CMAKE_SOURCE_DIR}/reference/)
	add_library(${mutator} MODULE afl_mutator.c target_family.c target_mutate.c
		${scenario_sources} ${contract_sources})
	target_compile_definitions(${mutator} PRIVATE TARGET_FAMILY=${family}_family)
	target_compile_options(${mutator} PRIVATE -Wall -Wextra -Werror -fvisibility=default)
	target_include_directories(${mutator} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}
		${CMAKE_SOURCE_DIR}/reference)
	target_link_options(${mutator} PRIVATE -Wl,-Bsymbolic)
endfunction()

foreach(family ${FAMILIES})
	if(EARLYFUZZ_ENGINE STREQUAL "libfuzzer")
		fuzz_target(fuzz_${family} ${family} target_libfuzzer.c)
		target_link_options(fuzz_${family} PRIVATE -fsanitize=fuzzer)
	else()
		fuzz_target(afl_${family} ${family} afl_main.c)
	endif()
	fuzz_mutator(${family})
endforeach()

# Cases of engines_test.sh that this engine has: engines.CASE
set(script ${CMAKE_CURRENT_SOURCE_DIR}/engines_test.sh)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${script})
execute_process(COMMAND ${script} --list OUTPUT_VARIABLE cases COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${cases}" cases)
string(REPLACE "\n" ";" cases "${cases}")
if(EARLYFUZZ_ENGINE STREQUAL "libfuzzer")
	list(FILTER cases EXCLUDE REGEX "^afl_")
else()
	list(FILTER cases EXCLUDE REGEX "^libfuzzer_")
endif()
foreach(case ${cases})
	add_test(NAME engines.${case} COMMAND ${script} ${case})
	set_tests_properties(engines.${case} PROPERTIES
		SKIP_RETURN_CODE 77 LABELS engines TIMEOUT 600
		ENVIRONMENT "BUILT=${CMAKE_BINARY_DIR};ENGINE=${EARLYFUZZ_ENGINE}")
endforeach()
# the one that takes longest first
if(libfuzzer_planted IN_LIST cases)
	set_tests_properties(engines.libfuzzer_planted PROPERTIES COST 100)
endif()

# Boot logs as input: import's parser alone, without a kernel. The forms of logs are its seeds.
if(EARLYFUZZ_ENGINE STREQUAL "libfuzzer")
	add_executable(fuzz_import target_import.c)
	target_link_libraries(fuzz_import PRIVATE import)
	target_link_options(fuzz_import PRIVATE -fsanitize=fuzzer)
	file(GLOB logs CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/testdata/import*/*.log
		${CMAKE_CURRENT_SOURCE_DIR}/testdata/import*/*.txt
		${CMAKE_SOURCE_DIR}/corpus/bootlogs/*.log
		${CMAKE_SOURCE_DIR}/corpus/bootlogs/memblock/*.log)
	add_test(NAME engines.import_replay COMMAND fuzz_import -runs=1 ${logs})
	set(found ${CMAKE_CURRENT_BINARY_DIR}/import_corpus)
	add_test(NAME engines.import_mutates COMMAND sh -c "rm -rf ${found} && mkdir ${found} && \
		exec $<TARGET_FILE:fuzz_import> -runs=20000 -seed=1 -max_len=4096 \
		-dict=${CMAKE_CURRENT_SOURCE_DIR}/import.dict -artifact_prefix=${found}/ \
		${found} ${CMAKE_CURRENT_SOURCE_DIR}/testdata/import \
		${CMAKE_CURRENT_SOURCE_DIR}/testdata/import-memblock")
	set_tests_properties(engines.import_replay engines.import_mutates PROPERTIES
		LABELS engines TIMEOUT 600)
endif()
