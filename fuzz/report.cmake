# SPDX-License-Identifier: GPL-2.0-only

# Crashes of fuzzers, sorted into a directory for each bug.
if(NOT TARGET commands)
	return()
endif()
target_sources(commands PRIVATE crashes.c)
if(TARGET earlyfuzz)
	target_sources(earlyfuzz PRIVATE bucket.c bucket_files.c cmd_report.c crash.c)
endif()

if(NOT EARLYFUZZ_UNIT_TESTS OR NOT COMMAND cli_test)
	return()
endif()
cli_test(narrow narrow.c)
cli_test(origin origin.c)
cli_test(story story.c)
cli_test(crashes crashes.c files.c)

set(script ${CMAKE_CURRENT_SOURCE_DIR}/cli_report_test.sh)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${script})
file(STRINGS ${script} cases REGEX "^case_[a-z_]+\\(\\)")
list(TRANSFORM cases REPLACE "^case_([a-z_]+)\\(\\).*" "\\1")
foreach(case ${cases})
	add_test(NAME cli.report.${case} COMMAND ${script} ${case})
	set_tests_properties(cli.report.${case} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
		ENVIRONMENT "BUILT=${CMAKE_BINARY_DIR};SANITIZERS=${EARLYFUZZ_SANITIZERS}"
		DISABLED ${others})
endforeach()
