# SPDX-License-Identifier: GPL-2.0-only
#
# fuzz/earlyfuzz32 beside fuzz/earlyfuzz: the same sources, configured once more with
# EARLYFUZZ_BITS=32 in a directory of its own inside this one. Where the compiler makes no 32-bit
# programs all else is built, and earlyfuzz says why it has no 32-bit subjects (NO_BITS32).

set(WITH_BITS32 FALSE)
set(NO_BITS32 "")
if(NOT EARLYFUZZ_BITS EQUAL 64 OR NOT EARLYFUZZ_ENGINE STREQUAL "none")
	return()
endif()

set(default ON)
if(EARLYFUZZ_COVERAGE OR EARLYFUZZ_VALGRIND OR EARLYFUZZ_SANITIZERS MATCHES "memory")
	set(default OFF)	# MSan has no 32 bits; the others look at one program
endif()
option(EARLYFUZZ_BITS32 "build earlyfuzz32, too: 32-bit subjects" ${default})
if(NOT EARLYFUZZ_BITS32)
	set(NO_BITS32 "EARLYFUZZ_BITS32 is OFF in this build")
	file(REMOVE ${CMAKE_BINARY_DIR}/fuzz/earlyfuzz32)	# one of before
	return()
endif()

# Sanitizers need 32-bit libraries of their own. Tried at each configuration: what was missing may
# have come.
set(probe ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/bits32.c)
file(WRITE ${probe} "#include <stdio.h>\nint main(void) { return puts(\"\") < 0; }\n")
set(flags -m32)
if(EARLYFUZZ_SANITIZERS)
	list(APPEND flags -fsanitize=${EARLYFUZZ_SANITIZERS})
endif()
execute_process(COMMAND ${CMAKE_C_COMPILER} ${flags} ${probe} -o ${probe}.out
	RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
if(failed)
	set(NO_BITS32 "the compiler made no 32-bit programs when this was configured: install gcc-multilib, \
g++-multilib and libc6-dev-i386 (ci/setup does), then configure and build again")
	file(REMOVE ${CMAKE_BINARY_DIR}/fuzz/earlyfuzz32)
	message(WARNING "no earlyfuzz32: ${CMAKE_C_COMPILER} makes no 32-bit programs. "
		"Install gcc-multilib, g++-multilib and libc6-dev-i386 (ci/setup does); "
		"all else is built.")
	return()
endif()

set(WITH_BITS32 TRUE)

# bits32_build() - the target earlyfuzz32, once fuzz/ has been read
function(bits32_build)
	include(ExternalProject)
	set(program ${CMAKE_BINARY_DIR}/fuzz/earlyfuzz32)
	list(JOIN EARLYFUZZ_KERNELS "|" kernels)
	list(JOIN EARLYFUZZ_FAMILIES "|" families)
	list(JOIN EARLYFUZZ_CONFIGS "|" configs)
	ExternalProject_Add(bits32
		SOURCE_DIR ${CMAKE_SOURCE_DIR}
		BINARY_DIR ${CMAKE_BINARY_DIR}/bits32
		PREFIX ${CMAKE_BINARY_DIR}/CMakeFiles/bits32
		LIST_SEPARATOR "|"
		CMAKE_ARGS
			-DEARLYFUZZ_BITS=32
			-DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}
			-DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
			-DEARLYFUZZ_KERNELS=${kernels}
			-DEARLYFUZZ_FAMILIES=${families}
			-DEARLYFUZZ_CONFIGS=${configs}
			-DEARLYFUZZ_EXTRACTED=${EARLYFUZZ_EXTRACTED}
			-DEARLYFUZZ_SANITIZERS=${EARLYFUZZ_SANITIZERS}
			-DEARLYFUZZ_CANARY_KERNEL=none
			-DEARLYFUZZ_BUILD_ID=${CMAKE_BINARY_DIR}/fuzz/build_id.c
		BUILD_COMMAND ${CMAKE_COMMAND} --build <BINARY_DIR> --parallel 2 --target earlyfuzz
		COMMAND ${CMAKE_COMMAND} -E copy_if_different <BINARY_DIR>/fuzz/earlyfuzz ${program}
		BUILD_ALWAYS TRUE
		BUILD_BYPRODUCTS ${program}
		INSTALL_COMMAND ""
		TEST_COMMAND "")
	# not beside our own compilers: both would want every processor
	ExternalProject_Add_StepDependencies(bits32 build earlyfuzz)
endfunction()
