# SPDX-License-Identifier: GPL-2.0-only
#
# The reference's own early_res, a subject of every build: `subjects` links it. The allocator's
# coverage guides the fuzzer as a kernel's does, what runs and observes it does not.
add_library(early_res_reference OBJECT early_res.c)
target_link_libraries(early_res_reference PRIVATE ours instrumented)
add_library(reference_subjects STATIC early_res_subject.c $<TARGET_OBJECTS:early_res_reference>)
target_link_libraries(reference_subjects PUBLIC ours host contract)

if(EARLYFUZZ_UNIT_TESTS)
foreach(name early_res bitmap_early_res)
	add_executable(reference_${name}_test ${name}_test.c)
	target_link_libraries(reference_${name}_test PRIVATE reference_subjects bitmap
		PkgConfig::CMOCKA)
	set_target_properties(reference_${name}_test PROPERTIES OUTPUT_NAME ${name}_test)
	add_test(NAME reference.${name} COMMAND reference_${name}_test)
endforeach()
endif()
