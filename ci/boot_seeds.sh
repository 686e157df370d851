# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# For ci/import-maps --boot: from the map of a scenario of family e820 a whole boot, with what is
# taken where real boots take it:
#
#	kernel image at 16 MiB, or at 1 MiB; initrd below the end of the largest block of RAM
#	below 2 GiB; BIOS area from the end of the lowest RAM to 1 MiB; ACPI tables at the
#	beginning of their entries; [0, 64 KiB); then, where there is room: trampoline below
#	1 MiB, page tables, crash kernel, data of nodes, nodes
#
# Every other map is searched from below, so that all kernels find the same places; nodes are by
# turns none, one, adjacent, interleaved, and one without memory.

# entries FILE: those of the map, one a line, START SIZE TYPE in hexadecimal
entries() {
	awk '
		$1 ~ /^(entry|add)$/ { print $2, $3, $4 }
		$1 ~ /^(append|memory_setup)$/ && ++maps > 1 { exit }' "$1" | while read -r start size type; do
		printf '0x%x 0x%x %s\n' "$(number "$start")" "$(number "$size")" "$type"
	done
}

# number TEXT: without its suffix K, M, G or T
number() {
	local shift=0

	case $1 in
	*K) shift=10 ;; *M) shift=20 ;; *G) shift=30 ;; *T) shift=40 ;;
	esac
	echo $((${1%[KMGT]} << shift))
}

# Is [$1, $1 + $2) inside of one block of RAM?
in_ram() {
	local i

	for i in "${!ram_start[@]}"; do
		((ram_start[i] > $1 || ram_end[i] < $1 + $2)) || return 0
	done
	return 1
}

# Boots that kernels end with different pages, by traits or quirks of theirs (fuzz/ways_test.c).
declare -A boots_differ=(
	[log_debian-6.1-11-6]=e820-memmap-lists [log_map-long]=early_res-handoff-slots
)

taken=()

# reserve START SIZE NAME: a line, unless it meets what is taken
reserve() {
	local t

	for t in "${taken[@]}"; do
		(($1 >= ${t#* } || $1 + $2 <= ${t% *})) || return 0
	done
	taken+=("$(($1)) $(($1 + $2))")
	printf 'reserve 0x%x 0x%x %s\n' "$1" "$2" "$3"
}

put_initrd() {
	local i start end size=0x1d5e123 most=0 at=0

	for i in "${!ram_start[@]}"; do
		start=${ram_start[i]}
		end=$((ram_end[i] < 1 << 31 ? ram_end[i] : 1 << 31))
		((start >= 0x100000 && end - start > most)) || continue
		most=$((end - start)) at=$end
	done
	((most >= 4 * size)) || size=0x7e11
	((most < 4 * size)) || reserve $(((at - size) & ~0xfff)) "$size" chars15
}

put_acpi() {
	local start size type n=0

	while read -r start size type; do
		[[ $type == acpi ]] || continue
		((start >= 0x100000 && size > 0 && n++ < 4)) || continue
		reserve "$start" $((size < 0x1f74 ? size : 0x1f74)) chars14
	done <<<"$1"
}

put_nodes() {
	local pages=$1 half

	((pages)) || return 0

	half=$((pages / 2 & ~0x7f))
	case $2 in
	0) return ;;
	1) printf 'node node0 0 0x%x\n' "$pages" ;;
	2)
		printf 'node node0 0 0x%x\n' "$half"
		printf 'node node1 0x%x 0x%x\n' "$half" "$pages"
		;;
	3)
		printf 'node node0 0 0x%x\n' $((half / 2))
		printf 'node node1 0x%x 0x%x\n' $((half / 2)) "$half"
		printf 'node node0 0x%x 0x%x\n' "$half" $((half + half / 2))
		printf 'node node1 0x%x 0x%x\n' $((half + half / 2)) "$pages"
		;;
	4)
		printf 'node node1 0 0x%x\n' "$pages"
		printf 'node node0 0x%x 0x%x\n' "$pages" $((pages + 0x8000))
		;;
	esac
}

# boot_scenario FILE NUMBER NAME: the boot from that map, on standard output
boot_scenario() {
	local file=$1 turn=$2 name=$3 map firmware start size type bios=0x9f000 last=0 low=0 mapped
	local ram_start=() ram_end=()

	taken=()
	map=$(entries "$file")
	firmware=$(sed -n '/^memory_setup /{s///p;q}' "$file")
	[[ -n $map$firmware ]] || die "$file: no map, expected a scenario of family e820 with one"
	while read -r start size type; do
		[[ $type == ram ]] || continue
		((start >= 0 && size > 0 && start + size > 0)) || continue
		ram_start+=($((start))) ram_end+=($((start + size)))
		((start + size <= last)) || last=$((start + size))
		((start + size > 0x100000000 || start + size <= low)) || low=$((start + size))
		((start > 0xffff || start + size > 0xa0000)) || bios=$(((start + size) & ~0xfff))
	done <<<"$map"

	sed -n '/^#/!q;/^# one entry: added/!p' "$file"
	echo "# a boot from it: what is reserved and allocated is made up"
	[[ -z ${boots_differ[$name]:-} ]] || echo "# ways: ${boots_differ[$name]}"
	echo "scenario boot config=normal"
	((turn % 2)) || echo "bottom_up 1"
	if in_ram $((16 << 20)) 0x1803210; then
		reserve $((16 << 20)) 0x1803210 short
		reserve 0x2804000 0x22c short
	elif in_ram $((1 << 20)) 0x400000; then
		reserve $((1 << 20)) 0x3f1234 short
	fi
	put_initrd
	((bios < 0x10000)) || reserve "$bios" $((0x100000 - bios)) short
	if [[ -n $firmware ]]; then
		echo "firmware $firmware"
	elif [[ $map == *$'\n'* ]]; then
		printf 'firmware %d 0 0\n' "$(wc -l <<<"$map")"
	else # of one entry: firmware of that kind says how much memory lies above 1 MiB, too
		printf 'firmware 1 0x%x 0\n' $((last > 0x100000 ? (last >> 10) - 1024 : 0))
	fi
	[[ -z $map ]] || printf '  entry %s\n' "${map//$'\n'/$'\n  entry '}"
	sed -n '/^cmdline/,/^[a-z]/{/^cmdline/p;/^ /p}' "$file"
	! grep -q '^finish_early_params' "$file" || echo finish
	echo bios
	reserve 0 0x10000 short
	put_acpi "$map"
	echo setup
	mapped=$(((last + 0xfff) >> 12))
	((mapped == 0)) || printf 'mapped 0x%x\n' $((mapped > 1 << 24 ? 1 << 24 : mapped))
	echo "alloc 24K 4K 4K 1M"
	((last < 32 << 20)) || echo "alloc 88K 4K 0x8000 0"
	((low < 768 << 20)) || echo "alloc 256M 16M 16M 4G"
	printf '%s\n' "alloc 176K 4K 1M 0" "alloc 64K 4K 1M 0" "alloc 0x2c0 64 1M 0"
	put_nodes $(((last + 0xfff) >> 12)) $((turn / 2 % 5))
	echo "find 16M 4G 2M 2M"
	# what each generation of kernels has of its own, or searches in a direction of its own
	((turn % 2 == 0)) ||
		printf '%s\n' "alloc_node 176K 64 node0" "alloc_node 2M 2M node1" "alloc_reserved 4K 64"
	((bios < 0x10000)) || printf 'free 0x%x 0x1000\n' "$bios"
	printf '%s\n' handoff discard
}
