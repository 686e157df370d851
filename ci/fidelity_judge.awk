# SPDX-License-Identifier: GPL-2.0-only
#
# Part of ci/fidelity (see fidelity_report.sh): one line of judgement for each fact.
# Input: the facts, FS and OFS a tab; -v dir: where rules and both sides' answers are.

function read_side(side,	line, field) {
	while ((getline line < (dir "/" side "/values")) > 0) {
		split(line, field, "\t")
		said[side, field[1]] = field[2] " " field[3] " " field[4]
	}
	while ((getline line < (dir "/" side "/errors")) > 0) {
		split(line, field, "\t")
		error[side, field[1]] = field[2]
	}
}

# A shell pattern as a regular expression.
function pattern(glob) {
	gsub(/[.+()^$|{}\\]/, "[&]", glob)
	gsub(/\*/, ".*", glob)
	gsub(/\?/, ".", glob)
	return "^" glob "$"
}

function read_rules(line, field, word, n, i) {
	while ((getline line < (dir "/rules")) > 0) {
		split(line, field, "\t")
		if (field[2] == "value")
			values = values " " field[3] " "
		if (field[4] == "")
			continue
		n = split_names(field[3], word)
		for (i = 1; i <= n; i++) {
			rules++
			verb[rules] = field[2]
			match_name[rules] = pattern(word[i])
			because[rules] = field[4]
		}
	}
}

# "struct a struct b.c name": names of structs are two words.
function split_names(text, word,	part, n, i, count) {
	n = split(text, part, " ")
	for (i = 1; i <= n; i++)
		if (part[i] ~ /^(struct|union|enum)$/ && i < n)
			word[++count] = part[i] " " part[++i]
		else
			word[++count] = part[i]
	return count
}

# Why a rule with this verb holds for a name; nothing if none does.
function why(wanted, name,	i) {
	for (i = 1; i <= rules; i++)
		if (verb[i] == wanted && name ~ match_name[i])
			return because[i]
	return ""
}

function read_kernel(line, word) {
	while ((getline line < (dir "/kernel/macros")) > 0) {
		split(line, word, /[ (]/)
		is_macro[word[2]] = 1
	}
	while ((getline line < (dir "/kernel/functions")) > 0) {
		sub(/^\/\*.*:[A-Z]+ \*\/ /, "", line)
		sub(/ *\/\*.*\*\/$/, "", line)
		if (match(line, /[A-Za-z_][A-Za-z_0-9]* \(/))
			prototype[substr(line, RSTART, RLENGTH - 2)] = line
	}
	while ((getline line < (dir "/kernel/facts")) > 0) {
		split(line, word, "\t")
		kernel_name[++kernel_count] = word[2]
	}
}

BEGIN {
	read_side("shim")
	read_side("kernel")
	read_rules()
	read_kernel()
}

function tell(status, ours, theirs, reason) {
	print status, $1, $2, $3, ours, theirs, reason
}

function unchecked(reason) {
	tell("unchecked", "", "", reason)
}

# The holder of a member: "struct S" of "struct S.M.N", "struct S.M" of it, and so on.
function partial_holder(name,	holder, reason) {
	holder = name
	while (sub(/\.[^.]*$/, "", holder))
		if ((reason = why("partial", holder)) != "")
			return reason
	return ""
}

{
	ours = said["shim", FNR]
	theirs = said["kernel", FNR]
	trouble = error["kernel", FNR]
	name = kernel_name[FNR]
}

(reason = why("skip", $2)) != "" { unchecked(reason); next }
# The kernel's own headers state these themselves; what the shims have to do with them shows in facts.
$3 ~ /^(include|arch)\// && ($1 == "fmacro" || $1 == "empty" || $1 == "macro") { next }
$1 == "fmacro" {
	if (values !~ "[^A-Za-z_0-9]" $2 "[^A-Za-z_0-9]")
		unchecked("a macro with arguments, and no value in the list uses it")
	next
}
$1 == "header" {
	unchecked("headers of the " $3 ($3 == "shim" ? "s" : "") " that do not compile (" $4 ")")
	next
}
$1 == "empty" { unchecked("nothing but a mark: empty in the shims"); next }
$1 == "macro" && $4 == "typedef" { unchecked("an incomplete type in the shims"); next }
$1 == "macro" { unchecked("a macro that is neither a constant nor a type in the shims"); next }
ours == "" {
	unchecked($4 == "bits" ? "a bit-field" : "no constant in the shims (" error["shim", FNR] ")")
	next
}

# A fact that the kernel's headers do not state is no lie, but what they state otherwise is.
theirs == "" && (trouble ~ /has no member named/) {
	if ((reason = why("config", $2)) != "")
		tell("config", ours, "!has no such member", reason)
	else
		tell("differs", ours, "!has no such member", "")
	next
}
theirs == "" && $2 ~ /^CONFIG_/ { tell("config", ours, "!is not set", "a CONFIG_ option"); next }
theirs == "" && $1 == "func" && (name in is_macro) {
	unchecked("a macro in the kernel's headers")
	next
}
theirs == "" && trouble ~ /undeclared|undefined type|incomplete type|unknown type|implicit decl/ {
	unchecked("not stated by the kernel's headers")
	next
}
theirs == "" && (trouble == "" || trouble ~ /impossible constraint/) {
	unchecked("no constant in the kernel's headers")
	next
}
theirs == "" { unchecked("does not compile with the kernel's headers (" trouble ")"); next }

$1 == "func" && theirs != "1 0 0" {
	shown = $4
	sub(/fid_want/, $2, shown)
	tell("differs", "!" shown, "!" (name in prototype ? prototype[name] : "has another type"), "")
	next
}
ours == theirs { tell("agrees", ours, theirs, ""); next }
$2 ~ /^CONFIG_/ { tell("config", ours, theirs, "a CONFIG_ option"); next }
(reason = why("config", $2)) != "" { tell("config", ours, theirs, reason); next }
($1 == "struct" || $1 == "var") && (reason = why("partial", $2)) != "" { unchecked(reason); next }
$1 == "member" || $1 == "flex" {
	split(ours, mine, " ")
	split(theirs, its, " ")
	# A partial struct's members keep their types, a partial member its place.
	if ((partial_holder($2) != "" || mine[1] == its[1]) &&
	    ((mine[2] == its[2] && mine[3] == its[3]) || why("partial", $2) != "")) {
		unchecked("place or size: " (partial_holder($2) != "" ? partial_holder($2) \
			: why("partial", $2)))
		next
	}
}
{ tell("differs", ours, theirs, "") }
