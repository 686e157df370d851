# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # T and CI are those of testlib.sh
#
# A history for the tests of ci/bisect, made of a kernel's files as they were extracted.

# start: an empty repository `repo`, the kernel's files in it, not committed.
start() {
	local from=debian-6.12

	kernel=$CI/../build/extracted/$from
	[[ -r $kernel/PROVENANCE ]] || skip "$from is not extracted"
	rm -rf repo
	git init -q -b main repo
	take "$from"
}

# take ID: all files as in the kernel ID
take() {
	local from=$CI/../build/extracted/$1 V P S

	(cd repo && git rm -rfq --cached --ignore-unmatch . && rm -rf arch include kernel mm)
	cp -r "$from"/. repo
	rm -f repo/PROVENANCE repo/.stamp
	IFS=. read -r V P S <<<"$(sed -n 's/^version: //p' "$from/PROVENANCE")"
	printf 'VERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = %s\nEXTRAVERSION =\n' "$V" "$P" "${S%%[!0-9]*}" \
		>repo/Makefile
}

# commit SUBJECT: all that there is
commit() {
	git -C repo add -A
	git -C repo commit -q -m "$1"
}

# remark FILE: a change that means nothing
remark() {
	printf '\n/* remark %s */\n' "$((remarks += 1))" >>"repo/$1"
}
remarks=0

# plant FAMILY NAME: a bug of extracted/canaries.list; the file before it is in `clean`
plant() {
	local file

	"$CI/../extracted/plant" "$CI/../extracted/canaries.list" "$1" "$2" repo planted
	file=$(cd planted && find . -type f -printf '%P')
	cp "repo/$file" clean
	cp "planted/$file" "repo/$file"
	rm -r planted
}

# mend FILE
mend() {
	cp clean "repo/$1"
}

rev() {
	git -C repo rev-parse "$1"
}
