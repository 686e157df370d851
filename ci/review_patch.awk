# SPDX-License-Identifier: GPL-2.0-only
#
# What a patch says, read once for all questions: awk -v mode=MODE -f review_patch.awk PATHS PATCH
#
# PATHS has the paths of the kernel files that count here, one a line; all else in PATCH is another's.
# mode=list prints, separated by tabs:
#
#	F LINE KIND PATH		a file: KIND is change, create, delete, rename, binary or mode;
#					PATH is one of PATHS, or "- NAME" for another
#	H LINE PATH NR			hunk NR of a file among PATHS begins in LINE
#	T LINE WHY			the patch breaks off there
#
# mode=normal prints the patch with the same number of lines: files among PATHS are called a/PATH and
# b/PATH, however the patch was made; all other lines are empty.

FNR == NR { listed[$0]; next }

# The one of PATHS that is meant by a name, or "". A git patch has a prefix of one part or none; the names
# of diff may be anything in front, but tools/ has headers of its own with the kernel's paths.
function canonical(name, git,	i, rest, head)
{
	sub(/\t.*/, "", name)
	sub(/\r$/, "", name)
	gsub(/^"|"$/, "", name)
	rest = name
	while (1) {
		if (rest in listed) {
			head = substr(name, 1, length(name) - length(rest))
			if (git ? gsub(/\//, "/", head) <= 1 : head !~ /(^|\/)tools\/$/)
				return rest
		}
		i = index(rest, "/")
		if (!i)
			return ""
		rest = substr(rest, i + 1)
	}
}

function bare(name)
{
	sub(/\t.*/, "", name)
	sub(/\r$/, "", name)
	sub(/^[abiwco]\//, "", name)
	return name
}

# The file under way is complete: tell it, and its hunks' lines get their last form.
function close_file(	path, name, i, old, new)
{
	if (!open_at)
		return
	old = canonical(old_name, is_git)
	new = canonical(new_name, is_git)
	path = old != "" ? old : new
	if (kind == "change" && is_git && !hunks && !has_names)
		kind = "mode"
	if (kind == "change" && old_name ~ /^\/dev\/null/)
		kind = "create"
	if (kind == "change" && new_name ~ /^\/dev\/null/)
		kind = "delete"
	name = bare(new_name !~ /^\/dev\/null/ && new_name != "" ? new_name : old_name)
	if (mode == "list") {
		printf "F\t%d\t%s\t%s\n", open_at, kind, path != "" ? path : "- " name
		for (i = 1; i <= hunks && path != ""; i++)
			printf "H\t%d\t%s\t%d\n", hunk_at[i], path, i
		return
	}
	for (i = open_at; i < at; i++) {
		if (path == "")
			text[i] = ""
		else if (i in header)
			text[i] = header_of(header[i], path, text[i])
	}
}

function header_of(what, path, line)
{
	if (what == "diff")
		return "diff --git a/" path " b/" path
	if (line ~ /^[-+]+ \/dev\/null/)
		return line
	return what == "old" ? "--- a/" path : "+++ b/" path
}

function open_file(git)
{
	close_file()
	first_open = first_open ? first_open : at
	open_at = at
	is_git = git
	kind = "change"
	old_name = new_name = ""
	hunks = has_names = 0
}

{
	at = FNR
	line = $0
	sub(/\r$/, "", line)
	text[at] = line
}

# Inside a hunk nothing else counts: a removed line "-- x" looks like a header.
left_old > 0 || left_new > 0 {
	sign = substr(line, 1, 1)
	if (sign == " " || line == "")
		both()
	else if (sign == "-")
		left_old--
	else if (sign == "+")
		left_new--
	else if (sign != "\\") {
		broken(at)
		next
	}
	if (left_old < 0 || left_new < 0)
		broken(at)
	next
}

function both()
{
	left_old--
	left_new--
}

function broken(where)
{
	if (mode == "list")
		printf "T\t%d\ta hunk has fewer lines than its head says\n", where
	left_old = left_new = 0
}

line ~ /^diff --git / {
	open_file(1)
	header[at] = "diff"
	# the names of a file that only changes its mode, or is binary
	n = split(line, word, " ")
	old_name = word[3]
	new_name = word[n]
	next
}

line ~ /^@@ -[0-9]+(,[0-9]+)? \+[0-9]+(,[0-9]+)? @@/ && open_at {
	split(line, word, " ")
	left_old = word[2] ~ /,/ ? substr(word[2], index(word[2], ",") + 1) + 0 : 1
	left_new = word[3] ~ /,/ ? substr(word[3], index(word[3], ",") + 1) + 0 : 1
	if (word[3] == "+0,0" && kind == "change")
		kind = "delete"
	if (word[2] == "-0,0" && kind == "change")
		kind = "create"
	hunk_at[++hunks] = at
	next
}

line ~ /^--- / && line !~ /^--- *$/ {
	maybe = substr(line, 5)
	maybe_at = at
	next
}

line ~ /^\+\+\+ / && maybe_at == at - 1 && maybe_at {
	if (!(is_git && open_at && !hunks)) {
		at--
		open_file(0)
		at++
	}
	has_names = 1
	old_name = maybe
	new_name = substr(line, 5)
	header[at - 1] = "old"
	header[at] = "new"
	next
}

line ~ /^Binary files .* and .* differ$/ || line ~ /^GIT binary patch/ {
	if (!(is_git && open_at && !hunks)) {
		open_file(0)
		name = line
		sub(/^Binary files .* and /, "", name)
		sub(/ differ$/, "", name)
		old_name = new_name = name
	}
	kind = "binary"
	next
}

is_git && open_at && !hunks && line ~ /^(rename|copy) (from|to) / {
	kind = line ~ /^rename/ ? "rename" : "copy"
	name = line
	sub(/^(rename|copy) (from|to) /, "", name)
	if (line ~ / from /)
		old_name = "a/" name
	else
		new_name = "b/" name
	next
}
is_git && open_at && !hunks && line ~ /^deleted file mode / { kind = "delete" }
is_git && open_at && !hunks && line ~ /^new file mode / { kind = "create" }

END {
	if (left_old > 0 || left_new > 0)
		broken(at)
	last = at
	at++
	close_file()
	if (mode == "list")
		exit
	for (i = 1; i <= last; i++)
		print (first_open && i >= first_open ? text[i] : "")
}
