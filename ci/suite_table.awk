# SPDX-License-Identifier: GPL-2.0-only
#
# Holds ci/suite_cases.list against the tests of a suite, the ops that there are, and the scenarios:
#
#	awk -v seeds=DIR -f ci/suite_table.awk TESTS OPS TABLE
#
#   TESTS  names of test functions, one a line
#   OPS    names of ops, one a line
#
# Says what is wrong, one line each, and how many tests have a scenario.
FNR == 1 { part++ }
part == 1 { tests[$1] = 1; next }
part == 2 { ops[$1] = 1; next }

/^#/ || NF == 0 { next }

$1 == "renamed" && NF == 3 {
	renamed[$2] = $3
	next
}

NF < 3 {
	bad("expected TEST SCENARIO OP...")
	next
}

{
	read_scenario($2)
	if (!($2 in read))
		bad("no scenario " $2)
	else if (!(($2, $1) in named))
		bad("scenario " $2 " has no line \"# " $1 ": ...\"")
	for (i = 3; i <= NF; i++) {
		if (!($i in ops))
			bad("no op " $i)
		else if (!(($2, $i) in used))
			bad("scenario " $2 " has no op " $i)
	}
	listed[$1] = FNR
}

function bad(what) {
	print FILENAME ":" FNR ": " what
}

function read_scenario(name,   file, line, word) {
	if (name in read)
		return
	file = seeds "/" name ".scn"
	while ((getline line < file) > 0) {
		read[name] = 1
		split(line, word)
		if (word[1] == "#" && sub(/:$/, "", word[2]))
			named[name, word[2]] = 1
		else
			used[name, word[1]] = 1
	}
	close(file)
}

END {
	for (test in tests) {
		now = test
		for (old in renamed)
			if (index(test, old) == 1 && !(test in listed))
				now = renamed[old] substr(test, length(old) + 1)
		if (now in listed)
			count++
		else
			print "no scenario for " test
	}
	print count + 0 " tests have a scenario"
}
