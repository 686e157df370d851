# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Part of ci/fidelity: what headers state, as a list of facts, and what a fact says on one side.
#
# A fact is a line: KIND, NAME, PLACE and TEXT, separated by tabs. Its number is its line's.
#
#	kind	stated by				what is compared
#	const	#define NAME EXPR, enumerator		value, type
#	str	#define NAME "..."			length, the first 16 characters
#	type	typedef, #define NAME TYPE		size, type
#	struct	struct, union (NAME with the word)	size, alignment
#	member	member of it (NAME = struct S.M)	offset, size, type
#	func	prototype, inline function		the function's type; TEXT is the prototype
#	flex	member that is an array without a size	offset, size and type of an element
#	var	extern variable				size, type
#	value	`value EXPR` in the list		value; NAME is the expression
#	fmacro	#define NAME(...)			nothing: `value` lines cover it
#	empty	#define NAME				nothing
#	macro	any other #define			nothing
#
# No kernel code runs: the compiler folds each probe to constants, which are read from its
# assembler output. A probe that does not compile is left out, and the compiler's words kept.

probe_cc=(gcc -O2 -w -Werror=implicit-function-declaration -ftrack-macro-expansion=0
	-fmax-errors=0 -fno-diagnostics-show-caret -fdiagnostics-color=never -fno-asynchronous-unwind-tables)

# The types that a probe tells apart; what is none of them is told by its size alone.
probe_types=(char 'signed char' 'unsigned char' short 'unsigned short' int 'unsigned int'
	long 'unsigned long' 'long long' 'unsigned long long' _Bool 'void *' 'char *' 'const char *')

# probe_prelude: the macros that the probes are made of.
probe_prelude() {
	local i

	# shellcheck disable=SC2028 # the \n is for the assembler's text
	cat <<'END'
#define FID_U(x) ((unsigned long long)(x))
#define FID_ASM(n, a, b, c) \
	__asm__ volatile("FID " #n " %0 %1 %2" : : "i" (FID_U(a)), "i" (FID_U(b)), "i" (FID_U(c)))
#define FID(n, a, b, c) void fid_##n(void) { FID_ASM(n, a, b, c); }
#define FID_CHAR(x, i) \
	(FID_U((unsigned char)(sizeof(x) > (i) ? (x)[(i) < sizeof(x) ? (i) : 0] : 0)) << (i) % 8 * 8)
#define FID_WORD(x, i) (FID_CHAR(x, i) | FID_CHAR(x, i + 1) | FID_CHAR(x, i + 2) | \
	FID_CHAR(x, i + 3) | FID_CHAR(x, i + 4) | FID_CHAR(x, i + 5) | FID_CHAR(x, i + 6) | \
	FID_CHAR(x, i + 7))
END
	echo "#define FID_TYPE(t) (0 \\"
	for i in "${!probe_types[@]}"; do
		echo "	+ $((i + 1)) * __builtin_types_compatible_p(t, ${probe_types[i]}) \\"
	done
	echo '	)'
}

# probe_lines FACTS LEFT_OUT: one probe a line, of those facts whose number is not in LEFT_OUT.
# The line's number as the compiler sees it is the fact's.
probe_lines() {
	awk -F '\t' -v left_out="$2" '
	BEGIN {
		while ((getline line < left_out) > 0) {
			split(line, field, "\t")
			left[field[1]] = 1
		}
	}
	left[FNR] { next }
	{ probe = "" }
	$1 == "const" { probe = three($2, "FID_TYPE(__typeof__(" $2 "))", "sizeof(" $2 ")") }
	$1 == "value" { probe = three($2, "0", "0") }
	$1 == "str" { probe = three("sizeof(" $2 ")", "FID_WORD(" $2 ", 0)", "FID_WORD(" $2 ", 8)") }
	$1 == "type" { probe = three("sizeof(" $2 ")", "FID_TYPE(" $2 ")", "0") }
	$1 == "struct" { probe = three("sizeof(" $2 ")", "_Alignof(" $2 ")", "0") }
	$1 == "flex" || $1 == "member" {
		dot = index($2, ".")
		type = substr($2, 1, dot - 1)
		name = substr($2, dot + 1)
		member = "((" type " *)0)->" name ($1 == "flex" ? "[0]" : "")
		probe = three("__builtin_offsetof(" type ", " name ")", "sizeof(" member ")",
			      "FID_TYPE(__typeof__(" member "))")
	}
	$1 == "var" { probe = three("sizeof(" $2 ")", "FID_TYPE(__typeof__(" $2 "))", "0") }
	$1 == "array" { probe = three("sizeof(" $2 "[0])", "FID_TYPE(__typeof__(" $2 "[0]))", "0") }
	$1 == "func" {
		print "# " FNR " \"fact\""
		want = $4
		sub(/fid_want/, "fid_want_" FNR, want)
		print "void fid_" FNR "(void) { " want " FID_ASM(" FNR \
			", __builtin_types_compatible_p(__typeof__(" $2 "), __typeof__(fid_want_" FNR ")), 0, 0); }"
	}
	probe { print "# " FNR " \"fact\""; print "FID(" FNR ", " probe ")" }
	function three(a, b, c) { return "(" a "), (" b "), (" c ")" }
	' "$1"
}

# probe FACTS DIR INCLUDES FLAGS...: what each fact says where the headers in the file INCLUDES
# are compiled with FLAGS. Writes DIR/values (NUMBER, three values) and DIR/errors (NUMBER, the
# compiler's words), separated by tabs. Returns 1 with the reason in DIR/broken when the headers
# themselves do not compile.
probe() {
	local facts=$1 dir=$2 includes=$3 round before
	shift 3

	mkdir -p "$dir"
	: >"$dir/errors"
	for ((round = 0; ; round++)); do
		{
			cat "$includes"
			probe_prelude
			probe_lines "$facts" "$dir/errors"
		} >"$dir/probe.c"
		! "${probe_cc[@]}" "$@" -S -o "$dir/probe.s" "$dir/probe.c" 2>"$dir/said" || break
		before=$(wc -l <"$dir/errors")
		# The first word on each fact is kept; each round finds those that the one before hid.
		awk -v errors="$dir/errors" '
		match($0, /^fact:[0-9]+:([0-9]+:)? (fatal )?error: /) {
			split($0, part, ":")
			if (!(part[2] in seen))
				print part[2] "\t" substr($0, RLENGTH + 1) >> errors
			seen[part[2]] = 1
		}' "$dir/said"
		if (($(wc -l <"$dir/errors") == before || round == 20)); then
			grep -m 1 'error: ' "$dir/said" >"$dir/broken" || head -n 1 "$dir/said" >"$dir/broken"
			return 1
		fi
	done
	sed -n 's/^\t*FID \([0-9]*\) \$\([-0-9]*\) \$\([-0-9]*\) \$\([-0-9]*\)$/\1\t\2\t\3\t\4/p' \
		"$dir/probe.s" >"$dir/values"
}

# probe_sorted DIR INCLUDES FLAGS...: probes DIR/facts where they are stated, and sorts macros by
# what they turn out to be: a string, else a constant, else a type, else none of them.
probe_sorted() {
	local dir=$1 includes=$2 step
	shift 2

	for step in const:str str:const const:type type:macro var:array member:flex; do
		if [[ $step == const:str ]]; then
			: >"$dir/values"
		else
			probe "$dir/facts" "$dir" "$includes" "$@" || return 1
		fi
		# The kind changes where there is no value.
		awk -F '\t' -v OFS='\t' -v from="${step%:*}" -v to="${step#*:}" -v values="$dir/values" '
		BEGIN {
			while ((getline line < values) > 0) {
				split(line, field, "\t")
				has[field[1]] = 1
			}
		}
		$1 == from && !has[FNR] { $1 = to }
		{ print }' "$dir/facts" >"$dir/facts.new"
		mv "$dir/facts.new" "$dir/facts"
	done
	probe "$dir/facts" "$dir" "$includes" "$@"
}
