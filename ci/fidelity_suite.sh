# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/fidelity
#
# Part of ci/fidelity: the kernel's own userspace suite of mm/memblock.c (tools/testing/memblock), out of
# the same source as the kernel's files, built and run as its own Makefile has it.
#
# Which tests must run, and how often, is derived from the suite's source (suite_tests.awk), and what
# the suite says of each of them (-v) must be just that: a test that is left out is no pass.

suite_list=$ROOT/extracted/suite.list
suite_dir=tools/testing/memblock

# NAME, whether with CONFIG_NUMA, arguments of make. numa also runs with movable_node.
suite_variants() {
	cat <<'END'
plain		-
numa		numa	NUMA=1
phys32		numa	32BIT_PHYS_ADDR_T=1 NUMA=1
END
}

# fetch_suite ID: its files to build/suite/ID, from where those in build/extracted/ID came from. Returns 1
# for a kernel without memblock or without the suite, which is said.
fetch_suite() {
	local id=$1 provenance=$extracted_dir/$1/PROVENANCE src origin file

	[[ " $(field families "$provenance") " == *' memblock '* ]] || {
		say "$id: no mm/memblock.c, and so no suite of it"
		return 1
	}
	src=$(field source "$provenance")
	origin=$(field origin "$provenance")
	[[ $origin != 'git commit '* ]] || src=${src%@*}@$(cut -d ' ' -f 3 <<<"$origin")
	suite=$suites_dir/$id
	"$ROOT/ci/extract" --quiet --list "$suite_list" --out "$suites_dir" "$id=$src" 2>"$work_dir/said" || {
		grep -q "has no .*, which family 'memblock' needs\|none of the files" "$work_dir/said" ||
			die "$(sed 's|^ci/extract: ||' "$work_dir/said")"
		say "$id: $src has no $suite_dir"
		return 1
	}
	for file in mm/memblock.c include/linux/memblock.h; do
		cmp -s "$suite/$file" "$extracted_dir/$id/$file" ||
			die "$id: $file is another in $src than in build/extracted/$id (patched?)"
	done
}

# expected_tests NUMA: "COUNT NAME" of the tests in $suite, to standard output, sorted. With NUMA that is all of them:
# one that main() never gets to would be missed.
expected_tests() {
	local numa=
	[[ $1 != numa ]] || numa=1

	(cd "$suite/$suite_dir" && awk -v numa="$numa" -f "$ROOT/ci/suite_tests.awk" main.c tests/*.c tests/*.h) |
		awk -v all="$numa" '$1 || all { print $1 ? $1 : 1, $2 }' | sort -k 2
}

# What a suite that ended early complained of; its words are in DIR.
complaint() {
	grep -ah -m 1 -e Assertion -e 'ERROR: ' -e 'runtime error' "$1/errors" "$1/said" >"$1/complaint" ||
		echo 'no word of it' >"$1/complaint"
	head -n 1 "$1/complaint"
}

# judge_suite WHAT NUMA PROGRAM OPTION...: runs it; adds to suite_ran, and to differing unless all of its
# tests ran and passed.
judge_suite() {
	local what=$1 numa=$2 dir=$work_dir/suite-ran status=0 ran expected
	shift 2

	mkdir -p "$dir"
	expected_tests "$numa" >"$dir/expected"
	attend timeout 120 "$@" -v >"$dir/said" 2>"$dir/errors" </dev/null || status=$?
	sed -n 's/^ok [0-9]* .*: \([A-Za-z_0-9]*\): passed$/\1/p' "$dir/said" | sort | uniq -c |
		awk '{ print $1, $2 }' | sort -k 2 >"$dir/ran"
	ran=$(awk '{ n += $1 } END { print n + 0 }' "$dir/ran")
	expected=$(awk '{ n += $1 } END { print n + 0 }' "$dir/expected")
	((expected)) || die "$suite/$suite_dir: no test in its source"
	if ((status)); then
		# what it had said of earlier tests may be lost in a buffer
		differing=1
		say "$id: the suite, $what, ends with status $status: $(complaint "$dir")"
	elif ! cmp -s "$dir/expected" "$dir/ran"; then
		differing=1
		say "$id: the suite, $what: $ran of $expected tests passed"
		{ diff "$dir/expected" "$dir/ran" || :; } |
			sed -n 's/^< \([0-9]*\) \(.*\)/  \2 is to run \1 times/p
				s/^> \([0-9]*\) \(.*\)/  \2 ran \1 times/p'
	else
		suite_ran+="${suite_ran:+, }${what% on the subject} $ran of $expected"
	fi
}

# Does gcc make programs for 32 bits here?
makes_32bit() {
	echo 'int main(void) { return 0; }' >"$work_dir/32.c"
	gcc -m32 -fsanitize=address,undefined -o "$work_dir/32" "$work_dir/32.c" 2>/dev/null
}

# --- on what is compiled here --------------------------------------------------------------

# As extracted/CMakeLists.txt has it for gcc with ASan and UBSan.
subject_flags=(-std=gnu11 -O1 "-fsanitize=address,undefined" -fno-sanitize-recover=all
	-fno-strict-aliasing -fno-strict-overflow -fno-delete-null-pointer-checks -fno-common
	"-fno-sanitize=signed-integer-overflow,pointer-overflow,null,alignment,nonnull-attribute")

# compile_here DIR: the shim runtime and what a subject takes from the program around it.
compile_here() {
	local file names=() dir=$1

	[[ ! -d $dir ]] || return 0
	mkdir -p "$dir/shim" "$dir/around"
	for file in "$ROOT"/extracted/shim/*.c; do
		[[ $file == *_test.c ]] || names+=("$file")
	done
	(cd "$dir/shim" && gcc "${subject_flags[@]}" -I"$ROOT/extracted/shim/include" -I"$ROOT/extracted" \
		-I"$ROOT/reference" -c "${names[@]}") 2>"$work_dir/said" ||
		die "the shims do not compile: $(first_error "$work_dir/said")"
	(cd "$dir/around" && gcc "${subject_flags[@]}" -I"$ROOT/extracted" -I"$ROOT/reference" -c \
		"$ROOT"/reference/contract/*.c "$ROOT/extracted/host/guard.c" "$ROOT/extracted/suite_host.c") \
		2>"$work_dir/said" || die "what is around subjects does not compile: $(first_error "$work_dir/said")"
}

# suite_objects DIR PHYS32: the suite's tests without its memblock.c and stand-ins, in the array tests. Those
# for 32 bits come from its Makefile as programs of 32 bits: here they are compiled again.
suite_objects() {
	local dir=$1/$suite_dir source

	tests=("$dir/main.o" "$dir"/tests/*.o)
	[[ $2 == phys32 ]] || return 0
	for source in "${tests[@]%.o}"; do
		(cd "$dir" && gcc -I. -I../../include -w -O2 -fsanitize=address,undefined \
			-c -o "$source.o" "$source.c") 2>"$work_dir/said" ||
			die "the suite does not compile (phys32): $(first_error "$work_dir/said")"
	done
}

# suite_here ID NAME DIR: the same objects on a subject of configuration NAME, to the program DIR/here.
suite_here() {
	local id=$1 config=$2 dir=$3 objects here=$work_dir/here subject also name
	local -a tests

	suite_objects "$dir" "$config"
	compile_here "$here"
	[[ $config != numa ]] || config=normal
	subject=$dir/subject.o
	objects=("$here"/shim/*.o)
	"$ROOT/extracted/build-subject" --name suite --id "memblock@$id+suite" --family memblock \
		--config "$config" --wrapper memblock_suite --kernel "$extracted_dir/$id" --out "$subject" \
		"${objects[@]}" -- gcc "${subject_flags[@]}" -DSUITE >"$work_dir/said" 2>&1 ||
		die "the subject for the suite does not build: $(tail -n 1 "$work_dir/said")"
	[[ $(<"${subject%.o}.status") == ok ]] || die "no subject for the suite: $(<"${subject%.o}.status")"
	# the same once more, but what the tests name stays visible
	mapfile -t also < <(comm -12 \
		<(nm -g --undefined-only "${tests[@]}" | awk '$1 == "U" { print $2 }' | sort -u) \
		<(nm -g --defined-only "${subject%.o}.dir/memblock.o" | awk 'NF == 3 { print $3 }' | sort -u))
	"$ROOT/extracted/link-subject" "${also[@]/#/--also=}" --also=suite_reset suite "$subject" \
		"${subject%.o}.dir/memblock.o" "${objects[@]}" 2>"$work_dir/said" ||
		die "the subject for the suite cannot be linked: $(head -n 1 "$work_dir/said")"
	local wraps=(reset_memblock_regions setup_memblock setup_numa_memblock malloc free)
	gcc -fsanitize=address,undefined "${wraps[@]/#/-Wl,--wrap=}" -o "$dir/here" "${tests[@]}" "$subject" \
		"$here"/around/*.o 2>"$work_dir/said" ||
		die "the suite cannot be linked to a subject: $(tail -n 2 "$work_dir/said" | head -n 1)"
}

# --- both ----------------------------------------------------------------------------------

# For 32 bits gcc does not search the folder in which liburcu's headers lie, which are the same.
find_urcu() {
	local folder

	folder=$(echo '#include <urcu/uatomic.h>' | gcc -M -x c - 2>/dev/null |
		tr ' ' '\n' | sed -n 's|/uatomic\.h$||p' | head -n 1)
	[[ -n $folder ]] || die "the suite needs liburcu's headers: ci/setup --for fidelity"
	mkdir -p "$work_dir/urcu"
	ln -sfn "$folder" "$work_dir/urcu/urcu"
}

# run_both ID NAME NUMA MAKE-ARGUMENT...: one variant as it is and on the subject.
run_both() {
	local id=$1 name=$2 numa=$3 dir=$work_dir/suite
	shift 3

	progress "$id: the kernel's own suite, $name"
	rm -rf "$dir"
	cp -r "$suite" "$dir"
	C_INCLUDE_PATH=$work_dir/urcu attend make -j 2 -C "$dir/$suite_dir" "$@" >"$work_dir/make" 2>&1 ||
		die "$id: the suite does not build ($name): $(first_error "$work_dir/make")"
	suite_ran=$ran_own
	judge_suite "$name" "$numa" "$dir/$suite_dir/main"
	[[ $name != numa ]] || judge_suite "$name with movable_node" "$numa" "$dir/$suite_dir/main" --movable-node
	ran_own=$suite_ran
	suite_here "$id" "$name" "$dir"
	suite_ran=$ran_here
	[[ $name != phys32 ]] || numa=-		# this configuration has no nodes
	judge_suite "$name on the subject" "$numa" "$dir/here"
	[[ $name != numa ]] || judge_suite "$name with movable_node on the subject" "$numa" "$dir/here" --movable-node
	ran_here=$suite_ran
}

# check_suite ID: adds to differing.
check_suite() {
	local id=$1 name numa options ran_own='' ran_here='' tool

	suites_dir=$build/suite
	mkdir -p "$suites_dir" 2>/dev/null || die "cannot write $suites_dir"
	for tool in make gcc ld objcopy nm; do
		command -v "$tool" >/dev/null || die "$tool is missing: ci/setup --for fidelity"
	done
	progress "$id: the kernel's own suite"
	fetch_suite "$id" || return 0
	find_urcu
	while read -r -u 7 name numa options; do
		if [[ $name == phys32 ]] && ! makes_32bit; then
			say "$id: the suite for 32 bits is not checked: gcc makes no programs for 32 bits here"
			continue
		fi
		# shellcheck disable=SC2086 # words
		run_both "$id" "$name" "$numa" $options
	done 7< <(suite_variants)
	say "$id: the kernel's own suite of memblock, tests that passed as it is: ${ran_own:-none}"
	say "$id: the same on the subject: ${ran_here:-none}"
}
