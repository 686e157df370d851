# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot: a list of boots, such as ci/bootlogs/boots. A line is five columns with a tab
# between: NAME, KERNEL, MEMORY, further arguments for QEMU or -, CMDLINE. NAME.map beside the list,
# where there is one, is the firmware's map. The log goes to NAME.log.

# read_list FILE: sets listed, one line each, whole
read_list() {
	local line number=0 name kernel memory args rest

	[[ -f $1 && -r $1 ]] || die "cannot read $1"
	listed=()
	while IFS= read -r line || [[ -n $line ]]; do
		number=$((number + 1))
		[[ -n $line && $line != '#'* ]] || continue
		IFS=$'\t' read -r name kernel memory args rest <<<"$line"
		[[ -n $args && $name =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ && $memory =~ ^[1-9][0-9]*[MG]$ ]] ||
			die "$1:$number: expected NAME, KERNEL, MEMORY, QEMU or - and CMDLINE, a tab between"
		listed+=("$line")
	done <"$1"
	((${#listed[@]})) || die "$1: no boots"
}

# Boots what read_list() read: $agree, $differ, $facts and what belongs to random_boots().
listed_boots() {
	local dir each name args k=0 before=

	dir=$(dirname "$list")
	for each in "${listed[@]}"; do
		k=$((k + 1))
		IFS=$'\t' read -r name kernel memory args cmdline <<<"$each"
		qemu_args=()
		[[ $args == - ]] || read -ra qemu_args <<<"$args"
		[[ $kernel == "$before" ]] || find_image >&2
		before=$kernel map=
		if [[ -f $dir/$name.map ]]; then
			map=$dir/$name.map
			read_map "$map"
		fi
		progress "boot $k of ${#listed[@]}: $name"
		boot_and_check "$name"
	done
	tell_boots "${#listed[@]}" "$(shown "$list")"
}
