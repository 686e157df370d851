# SPDX-License-Identifier: GPL-2.0-only

# Crashes of fuzzers, sorted into a directory for each bug.
if(NOT TARGET commands)
	return()
endif()
target_sources(commands PRIVATE crashes.c)
if(TARGET earlyfuzz)
	target_sources(earlyfuzz PRIVATE bucket.c bucket_files.c cmd_report.c)
endif()

if(NOT EARLYFUZZ_UNIT_TESTS OR NOT COMMAND cli_test)
	return()
endif()
cli_test(narrow narrow.c)
cli_test(story story.c)
cli_test(crashes crashes.c files.c)
