# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Part of ci/fidelity: which facts the headers in a folder state. They are not listed by hand:
# the compiler tells its macros (-dD), prototypes (-aux-info), and types and variables (DWARF), each
# with the place where it is stated, so that a fact cannot be forgotten.

# facts_of DIR INCLUDES TOPS FLAGS...: the facts stated by the headers under TOPS (folders, one a
# line) when the file INCLUDES is compiled with FLAGS, to DIR/facts (see
# fidelity_probe.sh). Macros come out as const; probe_sorted tells them apart. Returns 1 with the
# reason in DIR/broken.
facts_of() {
	local dir=$1 includes=$2 tops=$3 top
	shift 3

	mkdir -p "$dir"
	cp "$includes" "$dir/facts.c"
	if ! gcc "$@" -w -E -dD "$dir/facts.c" >"$dir/macros" 2>"$dir/said" ||
		! gcc "$@" -w -c -g -gdwarf-4 -gno-strict-dwarf -fno-eliminate-unused-debug-types \
			-fno-eliminate-unused-debug-symbols -aux-info "$dir/functions" \
			-o "$dir/facts.o" "$dir/facts.c" 2>"$dir/said"; then
		grep -m 1 'error: ' "$dir/said" >"$dir/broken" || head -n 1 "$dir/said" >"$dir/broken"
		return 1
	fi
	readelf --debug-dump=rawline,info "$dir/facts.o" >"$dir/dwarf" 2>/dev/null
	while IFS= read -r top; do
		facts_functions "$top" <"$dir/functions"
		facts_types "$top" <"$dir/dwarf"
		facts_macros "$top" <"$dir/macros"
	done <<<"$tops" | awk -F '\t' '!seen[$1, $2]++' >"$dir/facts"
}

# Macros; one that is but another name of a function of TOP's stands for that function.
facts_macros() {
	awk -v top="$1/" -v OFS='\t' -v functions="$dir/functions" '
	BEGIN {
		while ((getline line < functions) > 0)
			if (split(line, part, /[ *]/) && match(line, /[A-Za-z_][A-Za-z_0-9]* \(/)) {
				name = substr(line, RSTART, RLENGTH - 2)
				prototype[name] = line
			}
	}
	/^# [0-9]+ "/ {
		file = $0
		sub(/^# [0-9]+ "/, "", file)
		sub(/"[ 0-9]*$/, "", file)
		number = $2 - 1
		next
	}
	{ number++ }
	$1 == "#undef" { delete place[$2]; next }
	$1 != "#define" { next }
	{
		name = $2
		params = sub(/\(.*/, "", name)
		body = $0
		sub(/^#define [^ (]*(\([^)]*\))? ?/, "", body)
		if (!(name in place))
			order[++count] = name
		delete place[name]
		if (index(file, top) != 1)
			next
		place[name] = substr(file, length(top) + 1) ":" number
		kind[name] = params ? "fmacro" : body == "" ? "empty" : "const"
		if (kind[name] == "const" && !balanced(body))
			kind[name] = "macro"
		text[name] = body
	}
	# What opens and does not close would swallow the probes after its own.
	function balanced(text) {
		gsub(/"([^"\\]|\\.)*"/, "", text)
		return gsub(/\(/, "", text) == gsub(/\)/, "", text) &&
			gsub(/\{/, "", text) == gsub(/\}/, "", text) &&
			gsub(/\[/, "", text) == gsub(/\]/, "", text)
	}
	END {
		for (i = 1; i <= count; i++) {
			name = order[i]
			if (!(name in place))
				continue
			# The guard against being read twice says nothing.
			if (kind[name] == "empty" && name ~ /_H_*$/)
				continue
			if (text[name] in prototype && kind[name] == "const") {
				line = prototype[text[name]]
				sub(/^\/\*.*\*\/ /, "", line)
				sub(/^static /, "extern ", line)
				sub(/ *\/\*.*\*\/$/, "", line)
				sub(/[A-Za-z_][A-Za-z_0-9]* \(/, "fid_want (", line)
				print "func", name, place[name], line
			} else {
				print kind[name], name, place[name], ""
			}
		}
	}'
}

# gcc -aux-info: "/* FILE:LINE:NC */ extern TYPE NAME (ARGUMENTS);"
facts_functions() {
	awk -v top="$1/" -v OFS='\t' '
	match($0, /^\/\* [^ ]*:[0-9]+:[A-Z]+ \*\/ /) {
		place = substr($0, 4, RLENGTH - 7)
		sub(/:[A-Z]+$/, "", place)
		if (index(place, top) != 1)
			next
		line = substr($0, RLENGTH + 1)
		sub(/^static /, "extern ", line)
		sub(/ *\/\*.*\*\/$/, "", line)
		if (!match(line, /[A-Za-z_][A-Za-z_0-9]* \(/))
			next
		name = substr(line, RSTART, RLENGTH - 2)
		if (name ~ /^__builtin_/)
			next
		line = substr(line, 1, RSTART - 1) "fid_want" substr(line, RSTART + RLENGTH - 2)
		print "func", name, substr(place, length(top) + 1), line
	}'
}

# readelf: the line table names the files, then come the entries, each with its depth and offset.
facts_types() {
	awk -v top="$1/" -v OFS='\t' '
	/^ The Directory Table/ { table = "dir"; next }
	/^ The File Name Table/ { table = "file"; next }
	/^ *$/ && !/Entry/ { if (seen_row) table = ""; seen_row = 0; next }
	/^ (No|The) / { table = ""; next }
	table && /^  [0-9]+\t/ {
		seen_row = 1
		row = $0
		split(row, field, "\t")
		number = field[1] + 0
		if (table == "dir") {
			directory[number] = field[2]
		} else {
			at = field[2] + 0
			file[number] = (at ? directory[at] "/" : "") field[5]
		}
		next
	}
	/^ <[0-9a-f]+><[0-9a-f]+>: Abbrev Number: / {
		split($0, field, /[<>]/)
		depth = field[2] + 0
		die = field[4]
		tag[die] = $0
		sub(/.*\(DW_TAG_/, "", tag[die])
		sub(/\).*/, "", tag[die])
		parent[die] = depth ? at_depth[depth - 1] : ""
		at_depth[depth] = die
		order[++count] = die
		next
	}
	/ DW_AT_name / { name[die] = $NF }
	/ DW_AT_decl_file / { from[die] = $NF }
	/ DW_AT_decl_line / { line[die] = $NF }
	/ DW_AT_type / { type[die] = $NF; gsub(/[<>]|0x/, "", type[die]) }
	/ DW_AT_declaration / { incomplete[die] = 1 }
	/ DW_AT_bit_size / { bits[die] = 1 }
	END {
		for (i = 1; i <= count; i++) {
			die = order[i]
			if (tag[die] == "member")
				members[parent[die]] = members[parent[die]] " " die
		}
		for (i = 1; i <= count; i++) {
			die = order[i]
			stated = tag[die] == "enumerator" ? parent[die] : die
			path = file[from[stated] + 0]
			if (name[die] == "" || index(path, top) != 1)
				continue
			where = substr(path, length(top) + 1) ":" line[stated]
			if (tag[die] == "enumerator")
				print "const", name[die], where, ""
			if (parent[die] != at_depth[0])
				continue
			if (tag[die] == "typedef") {
				print "type", name[die], where, "typedef"
				if (is_struct(type[die]) && name[type[die]] == "")
					tell(name[die], type[die], where)
			}
			if (tag[die] == "enumeration_type")
				print "struct", "enum " name[die], where, ""
			if (is_struct(die) && !incomplete[die]) {
				word = tag[die] == "union_type" ? "union " : "struct "
				print "struct", word name[die], where, ""
				tell(word name[die], die, where)
			}
			if (tag[die] == "variable")
				print "var", name[die], where, ""
		}
	}
	function is_struct(die) { return tag[die] == "structure_type" || tag[die] == "union_type" }
	# Members of members without a name count as members.
	function tell(holder, die, where,	list, n, j) {
		n = split(members[die], list, " ")
		for (j = 1; j <= n; j++) {
			if (name[list[j]] != "")
				print "member", holder "." name[list[j]], where, bits[list[j]] ? "bits" : ""
			else if (is_struct(type[list[j]]))
				tell(holder, type[list[j]], where)
		}
	}'
}
