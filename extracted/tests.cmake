# SPDX-License-Identifier: GPL-2.0-only

if(NOT EARLYFUZZ_UNIT_TESTS)
	return()
endif()

find_library(CMOCKA cmocka REQUIRED)

# The shim runtime as a plain library: a unit test takes what it needs of it.
add_library(shim_plain STATIC $<TARGET_OBJECTS:shim>)
target_link_libraries(shim_plain PUBLIC ours host contract)

foreach(name format log sort facts memblock_facts parse string)
	add_executable(shim_${name}_test shim/${name}_test.c)
	target_link_libraries(shim_${name}_test PRIVATE shim_plain ${CMOCKA})
	target_include_directories(shim_${name}_test BEFORE PRIVATE
		${CMAKE_CURRENT_SOURCE_DIR}/shim/include)
	add_test(NAME extracted.${name} COMMAND shim_${name}_test)
endforeach()

add_executable(nodes_test nodes_test.c)
target_link_libraries(nodes_test PRIVATE ours contract ${CMOCKA})
target_include_directories(nodes_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
add_test(NAME extracted.nodes COMMAND nodes_test)

add_executable(resource_tree_test resource_tree_test.c)
target_link_libraries(resource_tree_test PRIVATE ours ${CMOCKA})
target_include_directories(resource_tree_test BEFORE PRIVATE
	${CMAKE_CURRENT_SOURCE_DIR}/shim/include ${CMAKE_CURRENT_SOURCE_DIR})
add_test(NAME extracted.resource_tree COMMAND resource_tree_test)

# Two subjects of the same probe, made with the flags of this build.
set(probes "")
foreach(probe probe_a probe_b)
	add_library(isolation_${probe} OBJECT isolation_probe.c)
	target_link_libraries(isolation_${probe} PRIVATE instrumented kernel_flags)
	target_compile_definitions(isolation_${probe} PRIVATE SUBJECT_SYMBOL=subject_${probe})
	target_include_directories(isolation_${probe} BEFORE PRIVATE
		shim/include . ${CMAKE_SOURCE_DIR}/reference)
	add_custom_command(OUTPUT ${probe}.o
		COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/link-subject ${probe} ${probe}.o
			$<TARGET_OBJECTS:isolation_${probe}> $<TARGET_OBJECTS:shim>
		DEPENDS link-subject isolation_${probe} shim
			$<TARGET_OBJECTS:isolation_${probe}> $<TARGET_OBJECTS:shim>
		COMMENT "Linking ${probe}" COMMAND_EXPAND_LISTS VERBATIM)
	list(APPEND probes ${CMAKE_CURRENT_BINARY_DIR}/${probe}.o)
endforeach()
add_executable(isolation_test isolation_test.c ${probes})
set_source_files_properties(${probes} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
target_link_libraries(isolation_test PRIVATE host contract ${CMOCKA})
add_test(NAME extracted.isolation COMMAND isolation_test)

foreach(name subjects e820_subjects memblock_subjects boot_subjects)
	add_executable(${name}_test ${name}_test.c)
	target_link_libraries(${name}_test PRIVATE subjects canaries ${CMOCKA})
	add_test(NAME extracted.${name} COMMAND ${name}_test)
endforeach()

# Every case of a NAME_test.sh is a test; 77 is a skipped case. They bring their own compilers and
# flags, and know nothing of this build: one preset is enough.
set(scripts "")
if(EARLYFUZZ_ENGINE STREQUAL "none" AND NOT EARLYFUZZ_SANITIZERS AND NOT EARLYFUZZ_COVERAGE AND
   CMAKE_C_COMPILER_ID STREQUAL "Clang" AND CMAKE_BUILD_TYPE STREQUAL "Release")
	list(APPEND scripts link_subject build_subject plant isolation_matrix)
endif()
foreach(script IN LISTS scripts)
	set(path ${CMAKE_CURRENT_SOURCE_DIR}/${script}_test.sh)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
	execute_process(COMMAND ${path} --list OUTPUT_VARIABLE cases COMMAND_ERROR_IS_FATAL ANY)
	string(REGEX MATCHALL "[^\n]+" cases "${cases}")
	foreach(case IN LISTS cases)
		add_test(NAME extracted.${script}.${case} COMMAND ${path} ${case})
		set_tests_properties(extracted.${script}.${case} PROPERTIES SKIP_RETURN_CODE 77
			LABELS scripts TIMEOUT 300)
	endforeach()
endforeach()
