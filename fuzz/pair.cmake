# SPDX-License-Identifier: GPL-2.0-only

# Two kernels side by side: targets that run every input on both, the reviews of patches.
target_sources(runner PRIVATE comparable.c pair.c pair_choose.c pair_log.c pair_same.c)
if(NOT TARGET commands)
	return()
endif()
target_sources(commands PRIVATE pair_min.c)
if(TARGET earlyfuzz)
	target_sources(earlyfuzz PRIVATE cmd_review.c diff_many.c review_json.c review_pairs.c
		review_print.c review_run.c review_write.c sides.c)
endif()

if(NOT EARLYFUZZ_UNIT_TESTS OR NOT COMMAND cli_test)
	return()
endif()
set(pair_sources comparable.c gone.c min.c min_cost.c min_text.c pair.c pair_log.c pair_min.c
	pair_same.c signature.c
	${isolated})
foreach(name IN ITEMS pair pair_form)
	cli_test(${name} ${pair_sources})
	target_link_libraries(${name}_test PRIVATE build_facts)
endforeach()
