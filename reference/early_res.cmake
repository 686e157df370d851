# SPDX-License-Identifier: GPL-2.0-only
#
# The reference's own early_res, a subject of every build: `subjects` links it. The allocator's
# coverage guides the fuzzer as a kernel's does, what runs and observes it does not.
add_library(early_res_reference OBJECT early_res.c)
target_link_libraries(early_res_reference PRIVATE ours instrumented)
add_library(reference_subjects STATIC early_res_subject.c $<TARGET_OBJECTS:early_res_reference>)
target_link_libraries(reference_subjects PUBLIC ours host contract)

add_executable(reference_early_res_test early_res_test.c)
target_link_libraries(reference_early_res_test PRIVATE reference_subjects bitmap PkgConfig::CMOCKA)
set_target_properties(reference_early_res_test PROPERTIES OUTPUT_NAME early_res_test)
add_test(NAME reference.early_res COMMAND reference_early_res_test)
