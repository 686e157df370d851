# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot: a firmware's map and setup_data of one's own, by way of ci/bootloader, which QEMU loads
# instead of the kernel. Here the writes to memory are made that it asks for.

loader=$ROOT/build/bootloader/loader.elf

# Offsets in boot_params, and where things go in memory (bytes). The kernel is loaded at 16 MiB, the
# loader at 112 MiB, with the image behind it: the first 16 MiB are free.
PARAMS_E820_COUNT=0x1e8
PARAMS_CMDLINE=0x228
PARAMS_SETUP_DATA=0x250
PARAMS_E820=0x2d0
PARAMS_E820_MAX=128
AT_CMDLINE=0x91000
AT_MORE_ENTRIES=0x92000
LOADER_NEEDS=192	# MiB of RAM

make_loader() {
	local dir=$ROOT/ci/bootloader new

	[[ ! -e $loader || $dir/loader.c -nt $loader || $dir/start.S -nt $loader ]] ||
		return 0
	command -v gcc >/dev/null || die "gcc is missing, --map wants a boot loader: ci/setup"
	mkdir -p "${loader%/*}" 2>/dev/null || die "cannot make ${loader%/*}"
	new=$loader.$$
	gcc -m32 -Os -Wall -Wextra -Werror -ffreestanding -fno-pic -fno-stack-protector \
		-fcf-protection=none -fno-asynchronous-unwind-tables -mno-sse -mno-mmx -nostdlib \
		-static -no-pie -Wl,-n,-Ttext=0x7000000,-e,start,--build-id=none \
		-o "$new" "$dir/start.S" "$dir/loader.c" 2>"$work/gcc" ||
		die "the boot loader does not build: $(grep -m 1 error "$work/gcc")"
	mv "$new" "$loader"
}

# le BYTES NUMBER: hexadecimal, lowest byte first
le() {
	local k out=

	for ((k = 0; k < $1; k++)); do
		printf -v out '%s%02x' "$out" $(($2 >> 8 * k & 255))
	done
	echo "$out"
}

# hex TEXT: its bytes and a zero byte
hex() {
	printf '%s\0' "$1" | od -An -v -tx1 | tr -d ' \n'
}

map_wrong() {
	die "$map_shown:$map_line: $*"
}

# map_number WHAT WORD: sets R
map_number() {
	[[ $2 =~ ^(0[xX][0-9a-fA-F]{1,16}|0|[1-9][0-9]{0,18})$ ]] ||
		map_wrong "'$2', expected $1 as a number such as 0x1000"
	R=$(($2))
}

# read_map FILE: sets map_entries ("START SIZE TYPE", decimal, maybe negative) and map_data ("AT TYPE
# LEN NEXT BYTES"). An entry's size is END - START + 1 modulo 2^64.
read_map() {
	local words start at type

	map_shown=$1 map_line=0 map_entries=() map_data=()
	[[ -f $1 && -r $1 ]] || die "cannot read $1"
	while read -ra words || ((${#words[@]})); do
		map_line=$((map_line + 1))
		[[ -n ${words[0]:-} && ${words[0]} != '#'* ]] || continue
		if [[ ${words[0]} == data ]]; then
			((${#words[@]} == 5 || ${#words[@]} == 6)) ||
				map_wrong "expected data AT TYPE LENGTH NEXT [BYTES]"
			map_number "an address" "${words[1]}" && at=$R
			map_number "a type" "${words[2]}" && type=$R
			map_number "a length" "${words[3]}"
			[[ ${words[5]:-} =~ ^([0-9a-f]{2})*$ ]] ||
				map_wrong "'${words[5]}', expected bytes such as 01ff"
			((at >= 4096 && at < 1 << 32)) ||
				map_wrong "'${words[1]}', expected an address from 4096 to 4 GiB"
			map_data+=("$at $type $R ${words[4]} ${words[5]:-}")
			[[ ${words[4]} == none ]] || map_number "an address or none" "${words[4]}"
			continue
		fi
		((${#words[@]} == 3)) || map_wrong "expected START END_INCLUSIVE TYPE"
		map_number "a start" "${words[0]}" && start=$R
		map_number "a last byte" "${words[1]}" && at=$R
		map_number "a type" "${words[2]}"
		map_entries+=("$start $((at - start + 1)) $R")
	done <"$1"
	((${#map_entries[@]})) || die "$map_shown: no entries; expected lines START END_INCLUSIVE TYPE"
	((${#map_entries[@]} <= 1000)) || die "$map_shown: more than 1000 entries"
}

entries_hex() {
	local each start size type

	for each; do
		read -r start size type <<<"$each"
		echo -n "$(le 8 "$start")$(le 8 "$size")$(le 4 "$type")"
	done
}

# write_map CMDLINE: the writes for the loader, on standard output. Entries for which boot_params has no
# room go into a setup_data node of type 1 before the others.
write_map() {
	local cmdline=$1 count=${#map_entries[@]} more=() each at type len next bytes first=0

	if ((count > PARAMS_E820_MAX)); then
		more=("${map_entries[@]:PARAMS_E820_MAX}")
		count=$PARAMS_E820_MAX
	fi
	((${#map_data[@]} == 0)) || first=${map_data[0]%% *}
	if ((${#more[@]})); then
		printf '%x %s\n' "$AT_MORE_ENTRIES" \
			"$(le 8 "$first")$(le 4 1)$(le 4 $((20 * ${#more[@]})))$(entries_hex "${more[@]}")"
		first=$((AT_MORE_ENTRIES))
	fi
	printf '%x %s\n' "$PARAMS_E820_COUNT" "$(le 1 "$count")"
	printf '%x %s\n' "$PARAMS_E820" "$(entries_hex "${map_entries[@]:0:count}")"
	printf '%x %s\n' "$PARAMS_SETUP_DATA" "$(le 8 "$first")"
	printf '%x %s\n' "$PARAMS_CMDLINE" "$(le 4 "$AT_CMDLINE")"
	printf '%x %s\n' "$AT_CMDLINE" "$(hex "$cmdline")"
	for each in "${map_data[@]}"; do
		read -r at type len next bytes <<<"$each"
		[[ $next != none ]] || next=0
		printf '%x %s\n' "$at" "$(le 8 "$next")$(le 4 "$type")$(le 4 "$len")$bytes"
	done
}

# boot_with_map LOG MEMORY CMDLINE QEMU-ARGUMENT...: boot() of a kernel with what read_map() read
boot_with_map() {
	local log=$1 memory=$2 cmdline=$3
	shift 3

	[[ $memory == *G || ${memory%M} -ge $LOADER_NEEDS ]] ||
		die "--memory $memory: with a map of one's own the machine needs ${LOADER_NEEDS}M"
	make_loader
	write_map "$cmdline" >"$work/writes"
	# A comma separates QEMU's modules.
	ln -sf "$(realpath "$image")" "$work/image"
	boot "$log" "$memory" -kernel "$loader" -initrd "$work/image,$work/writes" "$@"
}
