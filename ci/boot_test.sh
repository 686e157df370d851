#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/boot with stand-ins for QEMU, apt and earlyfuzz, in a copy of ci/.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

tool() {
	{ echo '#!/bin/bash' && cat; } >"bin/$1"
	chmod +x "bin/$1"
}

# A machine whose QEMU says what $T/serial holds, and then ends, or hangs when there is $T/hangs.
machine() {
	mkdir -p repo/ci repo/corpus/findings repo/build/extracted/debian-6.1 bin tmp
	cp -r "$CI"/boot "$CI"/boot_*.sh "$CI"/boot_findings.list "$CI/bootloader" "$CI/lib.sh" repo/ci
	printf 'source: debian:6.1\norigin: package linux-source-6.1 6.1.5-1\n' \
		>repo/build/extracted/debian-6.1/PROVENANCE
	mkdir -p repo/build/images/debian-6.1
	printf 'version: 6.1.5-1\npackage: linux-image-x 6.1.5-1\n' \
		>repo/build/images/debian-6.1/PROVENANCE
	echo image >repo/build/images/debian-6.1/vmlinuz
	export T PATH=$T/bin:$PATH TMPDIR=$T/tmp
	tool qemu-system-x86_64 <<'END_QEMU'
printf '%s\n' "$@" >"$T/args"
while (($#)); do
	case $1 in
	-serial) serial=${2#file:} ;;
	-initrd) cp "${2#*,}" "$T/writes" ;;
	esac
	shift
done
# last: what it says may end it at once
cp "$T/serial" "$serial"
[[ ! -e $T/fails ]] || { cat "$T/fails" >&2; exit 1; }
[[ ! -e $T/hangs ]] || { echo "$$" >"$T/hangs"; exec cat; }
END_QEMU
	printf '\r\n%s\r\n' '[    0.000000] Linux version 6.1.5' \
		'[    0.000000] user: [mem 0x0-0xfff] usable' '[    0.001000] something else' \
		'[    0.100000] clocksource: Switched to clocksource tsc' >serial
}

boot() {
	"$T/repo/ci/boot" "$@"
}

# --- bad input ---------------------------------------------------------------------------------

case_help() {
	machine
	expect 0 boot --help
	says said 'Usage: ci/boot'
}

case_options() {
	machine
	refused "unknown argument 'mem=1G'" boot mem=1G
	refused 'needs an argument' boot --memory
	refused "--memory '1T'" boot --memory 1T
	refused "option --random: '-1'" boot --random -1
	refused "option --random: '0': expected at least 1" boot --random 0
	refused "option --limit: '0': expected at least 1" boot --limit 0
	refused 'cannot write nowhere/log' boot -o nowhere/log
	refused '--random makes its own' boot --random 1 -- x
	refused 'want --random' boot --seed 1
	refused 'wants --random' boot --keep x
	refused 'for one boot' boot --random 1 -o x
	refused 'exclude each other' boot --kernel debian-6.1 --image x
	refused 'more than one line' boot -- $'a\nb'
	refused 'too long' boot -- "$(printf '%2047s' '' | tr ' ' x)"
	refused 'cannot run' boot --earlyfuzz "$T/nowhere" --check
	refused '--list says what to boot' boot --list x --kernel debian-6.1
	refused 'its own command line' boot --finding x -- mem=1G
	[[ ! -e args ]] || fail 'QEMU was started'
}

case_no_qemu() {
	local each

	machine
	rm bin/qemu-system-x86_64
	for each in bash dirname mktemp rm mkdir sed grep awk cut cat wc; do
		ln -s "$(command -v "$each")" "bin/$each"
	done
	PATH=$T/bin refused 'package qemu-system-x86): ci/setup --for boot' boot
}

case_kernels() {
	machine
	refused "kernel id 'nix=tree:/nowhere'" boot --kernel nix=tree:/nowhere
	refused "kernel 'nix'" boot --kernel nix
	tool dpkg-query <<<'exit 1'
	refused 'kernel debian-9.9 is not at hand: run ci/extract debian-9.9' boot --kernel debian-9.9
	mkdir repo/build/extracted/mine
	echo 'source: tree:/x' >repo/build/extracted/mine/PROVENANCE
	refused 'give a bzImage of it: --image' boot --kernel mine
}

case_image_that_does_not_boot() {
	machine
	refused 'cannot read' boot --image "$T/nowhere"
	echo text >text
	refused 'text is no bzImage' boot --image "$T/text"
	[[ ! -e args ]] || fail 'QEMU was started'
	printf '%514sHdrS' '' >text
	: >serial
	echo "qemu-system-x86_64: invalid kernel header" >fails
	refused 'QEMU did not boot text: invalid kernel header' boot --image "$T/text"
	echo 'it dies' >fails
	refused 'QEMU did not boot text: it ended, and does not say why' boot --image "$T/text"
	rm fails
	refused 'text: QEMU started it, but no kernel spoke' boot --image "$T/text"
	echo 'no disk' >serial
	refused 'no disk' boot --image "$T/text"
}

case_apt() {
	machine
	echo 'version: 6.1.4-1' >repo/build/images/debian-6.1/PROVENANCE
	tool apt-cache <<'END_APT'
case $1 in
search)
	echo 'linux-image-6.1.0-4-amd64-unsigned - x'
	echo 'linux-image-6.1.0-5-amd64-unsigned - x'
	echo 'linux-image-6.1.0-5-rt-amd64-unsigned - x'
	;;
show)
	shift
	for name; do
		printf 'Package: %s\nVersion: 6.1.%s-1\n\n' "$name" "$(cut -d - -f 4 <<<"$name")"
	done
	;;
esac
END_APT
	tool apt-get <<'END_APT'
[[ ! -e $T/offline ]] || { echo 'E: no network'; exit 100; }
name=${!#}
mkdir -p deb/DEBIAN deb/boot
echo "$name" >deb/boot/vmlinuz-6.1
printf 'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n' >deb/DEBIAN/control
dpkg-deb -b deb "${name%=*}_1_all.deb" >/dev/null
rm -r deb
END_APT
	command -v dpkg-deb >/dev/null || skip 'no dpkg-deb'
	: >offline
	expect 2 boot
	says errors 'the download of linux-image-6.1.0-5-amd64-unsigned failed: E: no network'
	says repo/build/images/debian-6.1/PROVENANCE 6.1.4-1
	rm offline
	expect 0 boot
	says repo/build/images/debian-6.1/PROVENANCE 'package: linux-image-6.1.0-5-amd64-unsigned 6.1.5-1'
	says repo/build/images/debian-6.1/vmlinuz linux-image-6.1.0-5-amd64-unsigned=6.1.5-1
	says_not said downloading
	echo 'origin: package linux-source-6.1 6.1.9-1' >repo/build/extracted/debian-6.1/PROVENANCE
	refused 'no linux-image of version 6.1.9-1' boot
	[[ $(ls -A repo/build/images) == debian-6.1 ]] || fail 'something was left behind'
}

# --- boots -------------------------------------------------------------------------------------

case_log() {
	machine
	: >hangs
	printf 'cut li' >>serial
	# shellcheck disable=SC2016
	expect 0 boot --memory 3G -- mem=1G 'memmap="1K$1M"'
	says said '[    0.001000] something else'
	says_not said $'\r'
	says_not said 'cut li'
	# shellcheck disable=SC2016
	says args 'nokaslr panic=-1 mem=1G memmap="1K$1M"'
	says args 3G
	[[ -z $(ls -A tmp) ]] || fail 'the temporary folder is still there'
}

case_output_and_trim() {
	machine
	expect 0 boot --trim --output log
	says log 'user: [mem 0x0-0xfff] usable'
	says_not log 'something else'
	says said 'all facts after'
	refused 'cannot write' boot --output "$T/nowhere/log"
}

case_panic() {
	machine
	echo '[    0.0] Kernel panic - not syncing: no map' >>serial
	expect 0 boot -o log
	says said 'panicked after'
	says said 'no map'
}

case_interrupted() {
	local pid

	machine
	grep -v clocksource serial >quiet
	mv quiet serial
	mkfifo hangs
	"$T/repo/ci/boot" -o log >said 2>errors &
	read -r pid <hangs
	kill -TERM $!
	wait $! && fail 'it ended well'
	says errors 'ci/boot: interrupted'
	! kill -0 "$pid" 2>/dev/null || fail 'QEMU still runs'
	[[ ! -e log && -z $(ls -A tmp) ]] || fail 'something was left behind'
}

case_random_is_repeatable() {
	machine
	expect 0 boot --random 20 --seed 7 --dry-run
	cp said first
	expect 0 boot --random 10 --seed 7 --dry-run
	cmp said <(head -n 10 first) || fail 'boot 10 depends on how many there are'
	expect 0 boot --random 20 --seed 8 --dry-run
	! cmp -s said first || fail 'another seed, the same boots'
	[[ $(sort -u first | wc -l) -ge 19 ]] || fail 'boots repeat themselves'
	grep -q 'memmap=.*[@#$!%]' first || fail 'no memmap='
	grep -q -- "-numa" first || fail 'no nodes'
	grep -vq -- "-numa" first || fail 'nodes in each'
	# the nodes have all of the memory
	! awk '/-numa/ {
		split($0, part, "size=")
		match($0, /--memory [0-9]+/)
		all = substr($0, RSTART + 9, RLENGTH - 9)
		all *= $0 ~ /--memory [0-9]+G/ ? 1024 : 1
		if (part[2] + part[3] != all) print
	}' first | grep . || fail 'nodes have other memory than the machine'
	expect 0 boot --random 20 --seed 7 --qemu -M --qemu q35 --dry-run
	! grep -q -- "-numa" said || fail 'a machine that was given is changed'
	grep -c -- "--qemu -M --qemu q35 --" said | grep -qx 20 || fail 'it is not said'
	[[ ! -e args ]] || fail 'something was booted'
}

case_checked() {
	machine
	tool check <<'END_CHECK'
[[ $1 == import && $2 == --check && -s $3 ]] || exit 2
echo '7 facts agree, 0 differ'
echo '8 ops of a whole boot: 4 blocks and 0 tables where the log has them, 7 pages passed on, 1 ranges'
[[ ! -e $T/differs ]] || exit 1
END_CHECK
	expect 0 boot --random 3 --earlyfuzz "$T/bin/check" --keep logs
	says said '3 boots of linux-image-x'
	says said '3 agree in every fact (21 facts), 0 differ'
	says said '3 whole boots up to the page allocator'
	[[ $(ls logs) == "$(printf 'debian-6.1-1-%d.log\n' 1 2 3)" ]] || fail 'logs are missing'
	: >differs
	expect 1 boot --random 1 --earlyfuzz "$T/bin/check"
	says said '1 differ'
	expect 1 boot --check --earlyfuzz "$T/bin/check"
	printf 'a\tdebian-6.1\t1G\t-\tmem=300M\nb\tdebian-6.1\t2G\t-M q35\t\n' >boots
	expect 1 boot --list boots --earlyfuzz "$T/bin/check" --keep kept
	says said '2 boots'
	says args q35
	[[ $(ls kept) == $'a.log\nb.log' ]] || fail 'logs are missing'
	printf 'a debian-6.1 1G - mem=300M\n' >boots
	refused 'boots:1: expected NAME, KERNEL' boot --list boots --earlyfuzz "$T/bin/check"
	expect 2 boot --check
	says errors 'no earlyfuzz in build/'
}

# word NUMBER...: eight bytes each, lowest first
word() {
	local n k

	for n; do
		for ((k = 0; k < 64; k += 8)); do
			# shellcheck disable=SC2059 # a byte
			printf "\\x$(printf %02x $((n >> k & 255)))"
		done
	done
}

# put OFFSET NUMBER...: into the made-up memory of a machine
put() {
	word "${@:2}" | dd of=memory bs=8 seek=$(($1 / 8)) conv=notrunc status=none
}

# A machine that stops and saves its memory when it is asked to.
case_memblock_tables() {
	local image=$((0xffffffff80000000 + 0x1000000))

	machine
	tool qemu-system-x86_64 <<'END_QEMU'
while (($#)); do
	[[ $1 != -serial ]] || cp "$T/serial" "${2#file:}"
	shift
done
stopped=
while read -r what _ _ file; do
	[[ $what != stop ]] || stopped=1
	[[ $what != pmemsave || -z $stopped ]] || cp "$T/memory" "${file//\"/}"
done
END_QEMU
	sed -i '/something else/a [    0.002000] memblock_add: [0x0-0xffffff] x+0x1/0x2\n[    0.002000]  memory size = 0x0000000001000000 reserved size = 0x0000000000003000' serial
	truncate -s 64M memory
	# the same number elsewhere, and where it is
	put 4096 0x1000000 0x1000000 7
	put 8192 2 128 0x1000000 $((image + 12288)) "$image" 3 128 0x3000 $((image + 16384)) "$image"
	put 12288 0 0x800000 $((1 << 32)) 0x800000 0x800000 $((-1 << 32 | 1))
	put 16384 0x1000 0x1000 0 0x3000 0x1000 $((1024 << 32)) 0x5000 0x1000 $((5 << 32 | 16))
	expect 0 boot --memblock --trim -o log
	grep -q '^memblock_add: ' log || fail 'no call, or a time stamp'
	! grep -q 'something else' log || fail 'not trimmed'
	sed '1,/^ci.boot: memblock at the end/d' log >tables
	diff - tables <<'END_TABLES' || fail 'other tables'
 memory size = 0x0000000001000000 reserved size = 0x0000000000003000
 memory.cnt  = 0x2
 memory[0x0]	[0x0000000000000000-0x00000000007fffff], 0x0000000000800000 bytes on node 1 flags: 0x0
 memory[0x1]	[0x0000000000800000-0x0000000000ffffff], 0x0000000000800000 bytes flags: 0x1
 reserved.cnt  = 0x3
 reserved[0x0]	[0x0000000000001000-0x0000000000001fff], 0x0000000000001000 bytes on node 0 flags: 0x0
 reserved[0x1]	[0x0000000000003000-0x0000000000003fff], 0x0000000000001000 bytes flags: 0x0
 reserved[0x2]	[0x0000000000005000-0x0000000000005fff], 0x0000000000001000 bytes on node 5 flags: 0x10
END_TABLES
	# a table that was doubled is gone
	put 8192 2 256
	expect 0 boot --memblock --trim -o log
	sed '1,/^ci.boot: memblock at the end/d' log >tables
	[[ $(grep -c 'memory\[' tables) == 0 && $(grep -c 'reserved\[' tables) == 3 ]] ||
		fail 'another table than reserved'
	# no such thing in memory
	put 8208 5
	expect 0 boot --memblock --trim -o log
	! grep -q 'at the end' log || fail 'tables of nothing'
	expect 0 boot --trim -o log
	! grep -q memblock_add log || fail 'memblock without being asked'
}

# --- maps --------------------------------------------------------------------------------------

case_map_refused() {
	machine
	refused 'cannot read' boot --map "$T/nowhere"
	echo '# nothing' >map
	refused 'map: no entries' boot --map map
	printf '0 0xfff 1\n0 x 1\n' >map
	refused "map:2: 'x', expected a last byte" boot --map map
	printf '0 0xfff\n' >map
	refused 'map:1: expected START' boot --map map
	printf '0 0xfff 1\ndata 0 1 2 none\n' >map
	refused 'expected an address from 4096' boot --map map
	printf 'data 0x1000 1 2 none zz\n' >map
	refused 'expected bytes such as 01ff' boot --map map
	printf '0 0xfff 1\n' >map
	refused 'needs 192M' boot --map map --memory 64M
}

case_map() {
	command -v gcc >/dev/null || skip 'no gcc'
	machine
	cat >map <<'END_MAP'
0 0x9ffff 1
0xfffffffffffff000 0xffffffffffffffff 2
0x2000 0x1fff 0xefffffff
data 0x200000 9 3 0x300000 0a0b0c
data 0x300000 5 16 none
END_MAP
	expect 0 boot --map map -- mem=1G
	cat >want <<'END_WANT'
1e8 03
2d0 000000000000000000000a00000000000100000000f0ffffffffffff00100000000000000200000000200000000000000000000000000000ffffffef
250 0000200000000000
228 00100900
200000 000030000000000009000000030000000a0b0c
300000 00000000000000000500000010000000
END_WANT
	grep -v '^91000 ' writes | diff want - || fail 'other writes than those'
	[[ $(sed -n 's/^91000 //p' writes) == *6d656d3d314700 ]] || fail 'no command line'
	says args "$T/repo/build/bootloader/loader.elf"
	for ((k = 0; k < 130; k++)); do
		echo "$k $k 1"
	done >map
	expect 0 boot --map map
	says writes '1e8 80'
	says writes '250 0000300000000000'
	says writes "300000 00000000000000000100000028000000800000000000000001000000000000000100000081"
}

# --- findings ----------------------------------------------------------------------------------

case_findings_refused() {
	machine
	refused "no finding 'nix'" boot --finding nix
	: >repo/corpus/findings/range-x.scn
	refused 'how to boot it is not known' boot --finding range-x
	refused 'cannot be shown by a boot: who asks prints nothing' boot --finding e820-query-top-entry
	[[ ! -e args ]] || fail 'QEMU was started'
}

case_findings() {
	machine
	echo '[    0.0] Kernel panic - not syncing: Invalid user supplied memory map' >>serial
	expect 0 boot --finding e820-one-entry-refused
	says said 'Kernel panic - not syncing: Invalid user supplied memory map'
	says said 'e820-one-entry-refused: confirmed on linux-image-x'
	says said 'machine: 512M; command line: memmap=exactmap,511M@1M'
	says args 'memmap=exactmap,511M@1M'
	sed -i /panic/d serial
	expect 1 boot --finding e820-one-entry-refused
	says said 'e820-one-entry-refused: not confirmed'
	says said 'no line matches'
	cat >repo/ci/boot_findings.list <<'END_LIST'
finding a b
cmdline x
show user:
never something
finding c
show user:
never nothing
END_LIST
	expect 1 boot --finding b
	says said 'but: something else'
	expect 0 boot --finding c
	grep -v clocksource serial >quiet
	mv quiet serial
	expect 1 boot --finding c
	says said 'the boot ended before it could be seen'
	echo 'nonsense x' >>repo/ci/boot_findings.list
	refused 'boot_findings.list:8' boot --finding c
}

# Each finding of e820 has its stanza, and only what there is has one.
case_findings_are_listed() {
	local file name

	for file in "$CI"/../corpus/findings/e820-*.scn; do
		name=$(basename "$file" .scn)
		grep -Eq "^finding (.* )?$name( |$)" "$CI/boot_findings.list" ||
			fail "ci/boot_findings.list says nothing of $name"
	done
	for name in $(sed -n 's,^finding ,,p' "$CI/boot_findings.list" | paste -sd ' '); do
		[[ -f $CI/../corpus/findings/$name.scn ]] || fail "there is no finding $name"
	done
}

run_cases "$@"
