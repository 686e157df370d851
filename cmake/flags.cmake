# SPDX-License-Identifier: GPL-2.0-only
#
# Interface libraries that every target of ours takes its flags from:
#
#   ours          warnings as errors, sanitizers, no coverage instrumentation (the oracle must not
#                 inflate the fuzzers' coverage)
#   instrumented  for code whose coverage guides the fuzzer and for the kernel's files: sanitizers
#                 plus the engine's or llvm-cov's instrumentation; no warnings
#
# Object files that end up in one program must agree on the sanitizers.

add_library(sanitized INTERFACE)
target_compile_options(sanitized INTERFACE -g -fno-omit-frame-pointer)
if(EARLYFUZZ_SANITIZERS)
	target_compile_options(sanitized INTERFACE
		-fsanitize=${EARLYFUZZ_SANITIZERS} -fno-sanitize-recover=all)
	target_link_options(sanitized INTERFACE -fsanitize=${EARLYFUZZ_SANITIZERS})
endif()

add_library(ours INTERFACE)
target_compile_options(ours INTERFACE -Wall -Wextra -Werror)
target_include_directories(ours INTERFACE ${CMAKE_SOURCE_DIR}/reference)
target_link_libraries(ours INTERFACE sanitized)

add_library(instrumented INTERFACE)
target_link_libraries(instrumented INTERFACE sanitized)
if(EARLYFUZZ_ENGINE STREQUAL "libfuzzer")
	# an unrolled loop has the same edges many times: the small tables would fill the corpus
	target_compile_options(instrumented INTERFACE -fsanitize=fuzzer-no-link -fno-unroll-loops)
elseif(EARLYFUZZ_ENGINE STREQUAL "afl")
	# afl-clang-fast instruments everything unless the launcher tells it not to
	target_compile_definitions(instrumented INTERFACE EARLYFUZZ_INSTRUMENTED)
	# afl-cc drops -fno-unroll-loops
	target_compile_options(instrumented INTERFACE -Os)
	list(PREPEND CMAKE_C_COMPILER_LAUNCHER ${CMAKE_SOURCE_DIR}/cmake/afl_launch)
elseif(NOT EARLYFUZZ_ENGINE STREQUAL "none")
	message(FATAL_ERROR "EARLYFUZZ_ENGINE=${EARLYFUZZ_ENGINE}: expected none, libfuzzer or afl")
endif()
if(EARLYFUZZ_COVERAGE)
	set(CMAKE_C_COMPILER_LAUNCHER "")	# ccache: objects name the directory that they were made in
	target_compile_options(instrumented INTERFACE -fprofile-instr-generate -fcoverage-mapping)
	target_link_options(sanitized INTERFACE -fprofile-instr-generate)
endif()
