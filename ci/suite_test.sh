#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/fidelity --suite: the kernels' own suites of memblock on the kernels in build/extracted, one
# with a bug, and a made-up suite that leaves tests out.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

TOP=$(dirname "$CI")

# --- the kernels at hand -------------------------------------------------------------------

# Sets ids to the extracted kernels that have the suite: those of Debian's.
at_hand() {
	local file

	ids=()
	for file in "$TOP"/build/extracted/debian-*/PROVENANCE; do
		[[ ! -f $file ]] || ! grep -q '^families: .*memblock' "$file" ||
			ids+=("$(basename "${file%/PROVENANCE}")")
	done
	((${#ids[@]})) || fail 'no kernel of Debian is extracted: run ci/extract debian-6.12'
}

# Neither Debian has a test that fails, so all that counts is that they ran: at least as many as v6.1 has.
case_kernels() {
	local id line what

	at_hand
	for id in "${ids[@]}"; do
		expect 0 "$CI/fidelity" --suite --kernel "$id"
		for what in 'tests that passed as it is' 'the same on the subject'; do
			line=$(grep "^ci/fidelity: $id: .*$what: " said) || fail "said nothing of: $what"
			[[ $line =~ :\ plain\ ([0-9]+)\ of\ ([0-9]+),\ numa\ ([0-9]+)\ of\ ([0-9]+), ]] ||
				fail "$line"
			((BASH_REMATCH[1] >= 150 && BASH_REMATCH[1] == BASH_REMATCH[2])) || fail "$line"
			((BASH_REMATCH[3] >= 202 && BASH_REMATCH[3] == BASH_REMATCH[4])) || fail "$line"
			[[ $line == *', numa with movable_node '*', phys32 '* ]] || fail "$line"
		done
	done
}

# A kernel whose memblock merges regions that do not touch: the suite says so, here and there.
case_bug() {
	local id file

	at_hand
	id=${ids[0]}
	expect 0 "$CI/extract" -q --list "$TOP/extracted/suite.list" --out "$TOP/build/suite" \
		"$id=debian:${id#debian-}"
	cp -r "$TOP/build/extracted/$id" bug
	cp -r "$TOP/build/suite/$id/." bug
	printf '%s\n' 'VERSION = 6' 'PATCHLEVEL = 1' 'SUBLEVEL = 9' 'EXTRAVERSION =' >bug/Makefile
	file=bug/mm/memblock.c
	sed -i '/^static void .*memblock_merge_regions/,/^}/s/this->base + this->size != next->base/false/' \
		"$file"
	! cmp -s "$file" "$TOP/build/extracted/$id/mm/memblock.c" || fail 'nothing was planted'
	expect 1 "$CI/fidelity" --suite --kernel "bug=tree:$T/bug" --build "$T/build"
	says said 'bug: the suite, plain, ends with status 134: '
	says said 'bug: the suite, numa on the subject, ends with status 134: '
	says said 'bug: the same on the subject: none'
	# another file than the one that was extracted
	echo '/* */' >>"$file"
	refused 'mm/memblock.c is another in' \
		"$CI/fidelity" --suite --kernel bug --build "$T/build"
	rm -r bug/tools/testing
	expect 0 "$CI/fidelity" --suite --kernel bug --build "$T/build"
	says said 'has no tools/testing/memblock'
}

# --- what counts as passed -----------------------------------------------------------------

# A suite of two tests, one of them twice and one with CONFIG_NUMA, and a program that says what $1 has.
made_up() {
	mkdir -p suite/tools/testing/memblock/tests
	cat >suite/tools/testing/memblock/main.c <<'END'
int main(int argc, char **argv)
{
	one_checks();
	return 0;
}
END
	cat >suite/tools/testing/memblock/tests/one.c <<'END'
static int one_check(void)
{
	PREFIX_PUSH();
	test_pass_pop();
	return 0;
}

static int two_check(void)
{
	prefix_push("two");
	test_pass_pop();
	return 0;
}

int __one_numa_checks(void)
{
	two_check();
	return 0;
}

int one_checks(void)
{
	run_top_down(one_check);
	run_bottom_up(one_check);
	__one_numa_checks();
	return 0;
}
END
	echo "int one_checks(void);" >suite/tools/testing/memblock/tests/one.h
	cat >judge <<END
#!/bin/bash
set -euo pipefail
. "$CI/lib.sh"
. "$CI/fidelity_suite.sh"
id=x work_dir=$T suite=$T/suite suite_ran= differing=
judge_suite "\$1" "\$2" ./program
echo "passed: \${suite_ran:-none}\${differing:+, differs}"
END
	chmod +x judge
}

# program STATUS LINE...
program() {
	{
		echo '#!/bin/bash'
		printf 'echo "%s"\n' "${@:2}"
		echo "exit $1"
	} >program
	chmod +x program
}

case_counts() {
	local once='ok 1 : f: top-down: one_check: passed' twice='ok 2 : f: bottom-up: one_check: passed'

	made_up
	program 0 "$once" 'Running two' "$twice"
	expect 0 ./judge plain -
	says said 'passed: plain 2 of 2'
	says_not said differs
	# with nodes there is one more
	expect 0 ./judge numa numa
	says said 'the suite, numa: 2 of 3 tests passed'
	says said '  two is to run 1 times'
	says said 'passed: none, differs'
	program 0 "$once" "$twice" 'ok 3 : two: passed'
	expect 0 ./judge numa numa
	says said 'passed: numa 3 of 3'
	# not as often as in the source, another one, and one that failed
	program 0 "$once"
	expect 0 ./judge plain -
	says said 'one_check is to run 2 times'
	says said 'one_check ran 1 times'
	says said differs
	program 0 "$once" 'ok 2 : f: two_check: passed'
	expect 0 ./judge plain -
	says said 'two_check ran 1 times'
	program 0 "$once" 'not ok 2 : f: one_check: failed'
	expect 0 ./judge plain -
	says said 'passed: none, differs'
	# all of them, and then it dies
	program 134 "$once" "$twice" 'main: Assertion was wrong'
	expect 0 ./judge plain -
	says said 'the suite, plain, ends with status 134: main: Assertion was wrong'
	says said 'passed: none, differs'
	# a test that nobody calls
	sed -i '/^	two_check/d' suite/tools/testing/memblock/tests/one.c
	program 0 "$once" "$twice"
	expect 0 ./judge numa numa
	says said '  two is to run 1 times'
	says said differs
	sed -i '/test_pass/d' suite/tools/testing/memblock/tests/one.c
	refused 'no test in its source' ./judge plain -
}

# --- ci/suite_cases.list --------------------------------------------------------------

# Sets earlyfuzz: the build says which, by hand it is the newest.
find_earlyfuzz() {
	local each

	earlyfuzz=${EARLYFUZZ_PROGRAM:-}
	[[ -z $earlyfuzz ]] || return 0
	for each in "$TOP"/build/{release,asan,replay,debug,gcc-asan}/fuzz/earlyfuzz; do
		[[ ! -x $each || ($earlyfuzz && $earlyfuzz -nt $each) ]] || earlyfuzz=$each
	done
	[[ $earlyfuzz ]] || fail 'no earlyfuzz in build/: cmake --preset release; cmake --build --preset release'
}

# table FILE: what is wrong in it for the tests in $T/tests, or how many have a scenario
table() {
	awk -v seeds="$TOP/corpus/seeds/memblock" -f "$CI/suite_table.awk" tests ops "$1"
}

# doctored TEXT SED: a table that is wrong is told.
doctored() {
	sed "$2" "$CI/suite_cases.list" >list
	! cmp -s list "$CI/suite_cases.list" || fail "nothing was doctored: $2"
	table list >said
	says said "$1"
}

case_table() {
	local id

	at_hand
	find_earlyfuzz
	"$earlyfuzz" list --corpus "$TOP/corpus" | awk '$1 == "memblock" { sub(/:$/, "", $2); print $2 }' >ops
	(($(wc -l <ops) >= 60)) || fail "ops of memblock: $(paste -sd ' ' ops)"
	for id in "${ids[@]}"; do
		"$CI/extract" -q --list "$TOP/extracted/suite.list" --out "$TOP/build/suite" "$id=debian:${id#debian-}"
		(cd "$TOP/build/suite/$id/tools/testing/memblock" &&
			awk -v numa=1 -f "$CI/suite_tests.awk" main.c tests/*.c tests/*.h) | cut -d ' ' -f 3 >tests
		(($(wc -l <tests) >= 108)) || fail "$id: only $(wc -l <tests) tests"
		table "$CI/suite_cases.list" >said
		[[ $(<said) == "$(wc -l <tests) tests have a scenario" ]] || fail "$(<said)"
	done
	doctored 'no scenario for memblock_add_twice_check' '/^memblock_add_twice_check/d'
	doctored 'no op frobnicate' 's/^\(memblock_add_twice_check .*\) add$/\1 frobnicate/'
	doctored 'scenario suite_add has no op trim' 's/^\(memblock_add_twice_check .*\) add$/\1 trim/'
	doctored 'no scenario suite_nowhere' 's/^\(memblock_add_twice_check\) suite_add/\1 suite_nowhere/'
	doctored 'scenario suite_free has no line "# memblock_add_twice_check: ..."' \
		's/^\(memblock_add_twice_check\) suite_add/\1 suite_free/'
	doctored 'expected TEST SCENARIO OP' 's/^memblock_add_twice_check.*/memblock_add_twice_check/'
	echo alloc_try_nid_top_down_simple_check >tests
	doctored 'no scenario for alloc_try_nid_top_down_simple_check' '/^renamed/d'
}

# Those scenarios pass on every kernel at hand.
case_scenarios() {
	local name subjects n=0

	find_earlyfuzz
	subjects=$("$earlyfuzz" list subjects | grep -c '^memblock@[^+! ]*: Linux ') ||
		fail "no subject of memblock: $earlyfuzz"
	while read -r name; do
		expect 0 "$earlyfuzz" run "$TOP/corpus/seeds/memblock/$name.scn"
		(($(grep -c "^pass .*/$name.scn memblock@" said) >= subjects)) || fail "$name: $(<said)"
		n=$((n + 1))
	done < <(awk '!/^#/ && NF > 2 && $1 != "renamed" { print $2 }' "$CI/suite_cases.list" | sort -u)
	((n >= 31)) || fail "only $n scenarios"
}

run_cases "$@"
