# SPDX-License-Identifier: GPL-2.0-only
#
# The tests of the kernel's memblock suite, out of its source: for every test function the name that
# it reports itself by, and how often main() gets to it, one "COUNT NAME FUNCTION" a line.
#
#	awk [-v numa=1] -f ci/suite_tests.awk main.c tests/*.c tests/*.h
#
# A test function is one that reports that it passed. How often it runs follows from who names
# whom: without CONFIG_NUMA the functions __..._numa_checks are not called.
FNR == 1 { in_function = "" }

/^(static )?(inline )?(int|void) [A-Za-z_0-9]+\([^;]*$/ {
	in_function = $0
	sub(/\(.*/, "", in_function)
	sub(/.* /, "", in_function)
	body[in_function] = body[in_function] " "
	next
}

/^}/ { in_function = "" }

in_function != "" {
	body[in_function] = body[in_function] " " $0
	if (/[^A-Za-z_0-9]test_pass(_pop)?\(\)/)
		reports[in_function] = 1
	if (match($0, /[^A-Za-z_0-9]prefix_push\("[^"]*"\)/))
		called[in_function] = substr($0, RSTART + 14, RLENGTH - 16)
	if (/PREFIX_PUSH\(\)/)
		called[in_function] = in_function
}

function walk(name,   words, n, i) {
	if (!numa && name ~ /^__.*_numa_checks$/)
		return
	if (name in reports) {
		count[name]++
		return
	}
	if (++depth > 20) {
		print "the suite calls itself: " name
		exit 1
	}
	n = split(body[name], words, /[^A-Za-z_0-9]+/)
	for (i = 1; i <= n; i++)
		if (words[i] in body && words[i] != name)
			walk(words[i])
	depth--
}

END {
	delete reports["test_pass"]
	delete reports["test_pass_pop"]
	walk("main")
	for (name in reports)
		print count[name] + 0, called[name], name
}
