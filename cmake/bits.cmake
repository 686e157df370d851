# SPDX-License-Identifier: GPL-2.0-only
#
# EARLYFUZZ_BITS=32: everything is compiled for the i386, with the 32-bit subjects alone (variants
# x86_32 and x86_32_pae). Distributions have cmocka and jansson for one word size: there are no unit
# tests then and no JSON, which are the 64-bit build's.

if(EARLYFUZZ_BITS EQUAL 32)
	# the arithmetic of x86_64: vectors, and doubles without excess precision
	string(APPEND CMAKE_C_FLAGS " -m32 -msse2 -mfpmath=sse")
	set(EARLYFUZZ_UNIT_TESTS FALSE)
	include(CheckCSourceCompiles)
	check_c_source_compiles("#include <stdio.h>\nint main(void) { return sizeof(void *) != 4; }"
		EARLYFUZZ_COMPILES_32)
	if(NOT EARLYFUZZ_COMPILES_32)
		message(FATAL_ERROR "${CMAKE_C_COMPILER} cannot make 32-bit programs here: install "
			"gcc-multilib, and for libFuzzer targets g++-multilib (ci/setup does)")
	endif()
elseif(EARLYFUZZ_BITS EQUAL 64)
	set(EARLYFUZZ_UNIT_TESTS TRUE)
else()
	message(FATAL_ERROR "EARLYFUZZ_BITS=${EARLYFUZZ_BITS}: expected 64 or 32")
endif()
