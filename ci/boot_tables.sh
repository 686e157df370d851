# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2153,SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot --memblock: memblock's tables as they are at the end. The kernel prints them twice, and
# goes on using memblock after that; so they are read from the machine's memory, where they stay until
# the kernel gives up what it needs at first only. What was doubled is given up before that.

KERNEL_MAP=0xffffffff80000000	# where the kernel's image is mapped, without KASLR
MEMBLOCK_SLOTS=128
MAX_NODES=1024

# Ask for the memory that the kernel's image is in; true when it is there.
tables_saved() {
	if [[ ! -e $work/ram && ! -s $boot_serial.asked ]]; then
		echo asked >"$boot_serial.asked"
		printf 'stop\npmemsave %s %s "%s"\n' "$KERNEL_AT" "$KERNEL_MAX" "$work/ram" >&9
	fi
	[[ $(stat -c %s "$work/ram" 2>/dev/null) == $((KERNEL_MAX)) ]]
}

# words OFFSET COUNT: that many 64-bit numbers from there, in hexadecimal, in the array words
words() {
	mapfile -t words < <(od -An -v -tx8 -w8 -j "$1" -N $(($2 * 8)) "$work/ram" | tr -d ' ')
}

# find_memblock TOTAL: the words of struct memblock from memory's count on, where bytes of memory are
# as many as the kernel has printed
find_memblock() {
	local pattern=$1 at

	le 8 "$((pattern))"
	# shellcheck disable=SC2001 # every two signs
	pattern=$(sed 's/../\\x&/g' <<<"$R")
	while read -r at; do
		((at % 8 == 0 && at >= 16)) || continue
		words $((at - 16)) 10
		# cnt, max, total_size, regions, name of memory, then of reserved
		((0x${words[1]} >= MEMBLOCK_SLOTS && 0x${words[6]} >= MEMBLOCK_SLOTS &&
			0x${words[1]} < 65536 && 0x${words[6]} < 65536 &&
			0x${words[0]} <= 0x${words[1]} && 0x${words[5]} <= 0x${words[6]})) || continue
		[[ ${words[4]} == ffffffff8* && ${words[9]} == ffffffff8* ]] || continue
		found=("${words[@]}")
		return 0
	done < <(LC_ALL=C grep -obUaP -- "$pattern" "$work/ram" | cut -d : -f 1 || :)
	return 1
}

# print_table NAME COUNT SLOTS AT: its lines, as the kernel would print them
print_table() {
	local at=$((0x$4 - KERNEL_MAP - KERNEL_AT)) k base size more node

	(($3 == MEMBLOCK_SLOTS && at >= 0 && at + $2 * 24 <= KERNEL_MAX)) || return 0
	printf ' %s.cnt  = 0x%x\n' "$1" "$2"
	words "$at" $(($2 * 3))
	for ((k = 0; k < $2; k++)); do
		base=$((0x${words[k * 3]})) size=$((0x${words[k * 3 + 1]})) more=0x${words[k * 3 + 2]}
		node=$((more >> 32 & 0xffffffff))
		printf ' %s[0x%x]\t[0x%016x-0x%016x], 0x%016x bytes' "$1" "$k" "$base" \
			$((base + size - 1)) "$size"
		((node >= MAX_NODES)) || printf ' on node %d' "$node"
		printf ' flags: 0x%x\n' $((more & 0xffffffff))
	done
}

# What goes behind the log. Nothing where the kernel has printed no table, or they are not found.
final_tables() {
	local total found

	total=$(sed -n 's/^.* memory size = \(0x[0-9a-f]*\) .*/\1/p' "$boot_serial" | tail -n 1)
	[[ -n $total && -f $work/ram ]] && find_memblock "$total" || return 0
	echo "ci/boot: memblock at the end, read from the machine's memory:"
	printf ' memory size = 0x%s reserved size = 0x%s\n' "${found[2]}" "${found[7]}"
	print_table memory $((0x${found[0]})) $((0x${found[1]})) "${found[3]}"
	print_table reserved $((0x${found[5]})) $((0x${found[6]})) "${found[8]}"
}
