# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the variables are those of ci/review
#
# For ci/review: which families a change touches, and a build of both kernels with these alone.

touched=()	# listed files whose bytes differ
families=()	# those that are compiled with one of them
untouched=()	# the others that the base has

find_touched() {
	local path

	touched=()
	while read -r path; do
		[[ -e $extracted/base/$path || -e $extracted/head/$path ]] || continue
		cmp -s "$extracted/base/$path" "$extracted/head/$path" || touched+=("$path")
	done <"$work/paths"
}

# included_by FILE: the kernel's files that a wrapper may include, one a line; whatever #if says.
included_by() {
	awk -v roots="$ROOT/extracted $ROOT/extracted/shim/include $ROOT/reference" \
		-v kernels="$extracted/base $extracted/head" '
		function exists(file,	line)
		{
			if (!(file in there)) {
				there[file] = (getline line <file) >= 0
				close(file)
			}
			return there[file]
		}
		function visit(file,	line, name, n, i, dir, next_of, kernel, path)
		{
			if (file in seen)
				return
			seen[file]
			dir = file
			sub(/[^\/]*$/, "", dir)
			n = 0
			while ((getline line <file) > 0)
				if (line ~ /^[ \t]*#[ \t]*include[ \t]*["<]/) {
					sub(/^[^"<]*["<]/, "", line)
					sub(/[">].*/, "", line)
					next_of[++n] = line
				}
			close(file)
			for (name = 1; name <= n; name++) {
				if (exists(dir next_of[name]))
					visit(dir next_of[name])
				for (i = 1; i <= nr_roots; i++)
					if (exists(root[i] "/" next_of[name]))
						visit(root[i] "/" next_of[name])
				for (i = 1; i <= nr_kernels * 3; i++) {
					kernel = kernel_dir[int((i + 2) / 3)]
					path = place[i % 3] next_of[name]
					if (exists(kernel "/" path)) {
						print path
						visit(kernel "/" path)
					}
				}
			}
		}
		BEGIN {
			nr_roots = split(roots, root, " ")
			nr_kernels = split(kernels, kernel_dir, " ")
			place[0] = ""
			place[1] = "include/"
			place[2] = "arch/x86/include/"
			visit(ARGV[1])
		}' "$1" | sort -u
}

# What a wrapper needs of the kernel before it can be: the .c files that it includes itself.
fits() {
	local path

	while read -r path; do
		[[ -e $extracted/base/$path ]] || return 1
	done < <(sed -n 's/^#include "\([a-z][^"]*\/[^"]*\.c\)"$/\1/p' "$1")
}

# Sets families and untouched.
find_families() {
	local wrapper name family path known
	local -A has=() hit=()

	read -ra known < <(known_families)
	for wrapper in "$ROOT"/extracted/*.c; do
		grep -q '^SUBJECT_DEFINE(' "$wrapper" || continue
		fits "$wrapper" || continue
		name=${wrapper##*/}
		name=${name%.c}
		family=
		for path in "${known[@]}"; do
			[[ $name != "$path" && $name != "$path"_* || ${#path} -le ${#family} ]] || family=$path
		done
		[[ -n $family ]] || continue
		has[$family]=1
		included_by "$wrapper" >"$work/included"
		for path in "${touched[@]}"; do
			! grep -qxF "$path" "$work/included" || hit[$family]=1
		done
	done
	families=() untouched=()
	for family in "${known[@]}"; do
		if [[ -n ${hit[$family]:-} ]]; then
			families+=("$family")
		elif [[ -n ${has[$family]:-} ]]; then
			untouched+=("$family")
		fi
	done
}

# --- building ------------------------------------------------------------------------------

# configure: the kernels are always called base and head, only the families differ.
configure() {
	local list

	list=$(IFS=';' && echo "${families[*]}")
	if grep -qxF "EARLYFUZZ_FAMILIES:STRING=$list" "$built/CMakeCache.txt" 2>/dev/null; then
		return 0	# ninja sees for itself whether a file is another
	fi
	# what a patch leaves unused is the compiler's warning, not an error
	attend cmake -S "$ROOT" --preset libfuzzer -B "$built" -DEARLYFUZZ_KERNELS="base;head" \
		-DEARLYFUZZ_EXTRACTED="$extracted" -DEARLYFUZZ_FAMILIES="$list" \
		-DEARLYFUZZ_CANARY_KERNEL=none -DCMAKE_C_FLAGS=-Wno-error
}

build() {
	build_log attend cmake --build "$built" --parallel "$jobs" --target "$@"
}

# build_log COMMAND...: all that it says goes to the log, where a failure is looked for.
build_log() {
	local log=$top/build.log

	"$@" >>"$log" 2>&1 && return 0
	progress_done
	tail -n 20 "$log" >&2
	die "it does not build: the whole log is $(shown "$log")"
}

# The head's subjects alone: an error in the patch is said before all else is built.
build_subjects() {
	local objects

	progress "compiling ${families[*]}"
	build_log configure
	mapfile -t objects < <(cmake --build "$built" -- -t targets all |
		sed -n 's/^\(extracted\/[a-z0-9_]*_\(base\|head\)[a-z0-9_]*\.o\): CUSTOM_COMMAND.*/\1/p')
	build "${objects[@]}"
}

shown() {
	echo "${1#"$ROOT/"}"
}

# Subjects of the head that were left out where the base's is there: the first is the patch's error.
check_subjects() {
	local status base family left=()

	for family in "${families[@]}"; do
		for status in "$built/extracted/${family}_head.status" "$built/extracted/${family}_head_"*.status; do
			[[ -e $status ]] || continue
			base=${status/"${family}_head"/"${family}_base"}
			[[ $(<"$status") != ok ]] || continue
			[[ $(<"$base") == ok ]] || { left+=("$(<"$base")") && continue; }
			compile_error "${status%.status}" "$(<"$status")"
		done
	done
	((!${#left[@]})) || say "${left[0]}$( ((${#left[@]} == 1)) || echo " (and $((${#left[@]} - 1)) more)")"
}

# compile_error OBJECT STATUS: what the compiler said of the head, at the patch's own line. STATUS names
# a symbol that the shims lack.
compile_error() {
	local log=$1.log line file number column what place='' elsewhere='' more subject=${2#subject }

	subject=${subject%% left out*}
	line=$(grep -m 1 -E ':[0-9]+:[0-9]+: (fatal )?error: ' "$log") || line=
	if [[ ! $line =~ ^([^:]+):([0-9]+):([0-9]+):\ (fatal\ )?error:\ (.*)$ ]]; then
		die "the patched kernel does not build: $2"
	fi
	file=${BASH_REMATCH[1]} number=${BASH_REMATCH[2]} column=${BASH_REMATCH[3]} what=${BASH_REMATCH[5]}
	more=$(grep -cE ':[0-9]+:[0-9]+: (fatal )?error: ' "$log")
	file=${file#"$extracted/head/"}
	if [[ $file != /* && ${#part[@]} -gt 0 ]]; then
		place=$(patch_line "$file" "$number")
		[[ -n $place ]] || elsewhere=1
	fi
	case $what in
	*implicit*declaration* | *undeclared* | *'file not found'*)
		# the base was compiled: what is wrong elsewhere now is no matter of the shims
		[[ $2 != *extracted/shim* || -n $elsewhere ]] || what+="; if the kernel has it:${2##*:}"
		;;
	esac
	[[ -z $elsewhere ]] || place=$(patches_of "$file") column+=' (not a line of the patch)'
	die "${place:+$place: }$file:$number:$column: error: $what" \
		"($subject$( ((more == 1)) || echo "; $((more - 1)) more errors: $(shown "$log")"))"
}
