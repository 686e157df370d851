# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot: a firmware map and setup_data of one's own by way of ci/bootloader, which QEMU loads
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
AT_MORE_ENTRIES=0x300000
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

# le BYTES NUMBER: R is it in hexadecimal, lowest byte first
le() {
	local k n=$2 out=

	for ((k = 0; k < $1; k++, n >>= 8)); do
		printf -v out '%s%02x' "$out" $((n & 255))
	done
	R=$out
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

# map_words "WORD...": a line of a map, into map_entries ("START SIZE TYPE", decimal, signed) or
# map_data ("AT TYPE LEN NEXT BYTES"). An entry's size is END - START + 1 modulo 2^64.
map_words() {
	local words start at type

	read -ra words <<<"$1"
	if [[ ${words[0]} == data ]]; then
		((${#words[@]} == 5 || ${#words[@]} == 6)) ||
			map_wrong "expected data AT TYPE LENGTH NEXT [BYTES]"
		map_number "an address" "${words[1]}" && at=$R
		map_number "a type" "${words[2]}" && type=$R
		map_number "a length" "${words[3]}" && start=$R
		[[ ${words[5]:-} =~ ^([0-9a-f]{2})*$ ]] ||
			map_wrong "'${words[5]}', expected bytes such as 01ff"
		((at >= 4096 && at < 1 << 32)) ||
			map_wrong "'${words[1]}', expected an address from 4096 to 4 GiB"
		[[ ${words[4]} == none ]] || map_number "an address or none" "${words[4]}"
		map_data+=("$at $type $start ${words[4]} ${words[5]:-}")
		return
	fi
	((${#words[@]} == 3)) || map_wrong "expected START END_INCLUSIVE TYPE"
	map_number "a start" "${words[0]}" && start=$R
	map_number "a last byte" "${words[1]}" && at=$R
	map_number "a type" "${words[2]}"
	map_entries+=("$start $((at - start + 1)) $R")
}

# read_map FILE
read_map() {
	local line

	map_shown=$1 map_line=0 map_entries=() map_data=()
	[[ -f $1 && -r $1 ]] || die "cannot read $1"
	while read -r line || [[ -n $line ]]; do
		map_line=$((map_line + 1))
		[[ -z $line || $line == "#"* ]] || map_words "$line"
	done <"$1"
	((${#map_entries[@]})) || die "$map_shown: no entries; expected lines START END_INCLUSIVE TYPE"
	((${#map_entries[@]} <= 5000)) || die "$map_shown: more than 5000 entries"
}

# write AT [BYTES NUMBER]... [HEX]: a write of such numbers, one after the other, and then of HEX
write() {
	local out

	printf -v out '%x ' "$1"
	shift
	while (($# > 1)); do
		le "$1" "$2"
		out+=$R
		shift 2
	done
	echo "$out${1:-}"
}

# entry_words ENTRY...: words is them as write wants them
entry_words() {
	local each start size type

	words=()
	for each; do
		read -r start size type <<<"$each"
		words+=(8 "$start" 8 "$size" 4 "$type")
	done
}

# write_map CMDLINE: the writes for the loader. Entries for which boot_params has no
# room go into a setup_data node of type 1 before the others.
write_map() {
	local cmdline=$1 count=${#map_entries[@]} words each at type len next bytes first=0

	((${#map_data[@]} == 0)) || first=${map_data[0]%% *}
	if ((count > PARAMS_E820_MAX)); then
		entry_words "${map_entries[@]:PARAMS_E820_MAX}"
		write "$AT_MORE_ENTRIES" 8 "$first" 4 1 4 $((20 * (count - PARAMS_E820_MAX))) "${words[@]}"
		count=$PARAMS_E820_MAX
		first=$AT_MORE_ENTRIES
	fi
	write "$PARAMS_E820_COUNT" 1 "$count"
	entry_words "${map_entries[@]:0:count}"
	write "$PARAMS_E820" "${words[@]}"
	write "$PARAMS_SETUP_DATA" 8 "$first"
	write "$PARAMS_CMDLINE" 4 "$AT_CMDLINE"
	write "$AT_CMDLINE" "$(hex "$cmdline")"
	for each in "${map_data[@]}"; do
		read -r at type len next bytes <<<"$each"
		[[ $next != none ]] || next=0
		write "$at" 8 "$next" 4 "$type" 4 "$len" "$bytes"
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
