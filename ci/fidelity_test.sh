#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/fidelity: on a made-up kernel, whose headers and shims are told below, and on the
# kernels in build/extracted whose headers are at hand (nothing is downloaded here).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

# A kernel with one fact of each kind, of version 6.1, and shims that state the same.
start() {
	local dir

	mkdir -p tree/include/linux tree/arch/x86/include/asm shims/linux build/extracted/fake
	printf 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nEXTRAVERSION =\n' >tree/Makefile
	cat >tree/include/linux/thing.h <<'END'
#define THING_SHIFT	12
#define THING_TOP	(1UL << 63)
#define THING_NAME	"thing"
#define THING_ALIAS	thing_find
#define thing_up(x)	(((x) + 7) & ~7)
typedef unsigned long long thing_t;
enum thing_kind { THING_ONE = 1, THING_TWO };
struct thing {
	thing_t addr;
	union {
		unsigned int kind;
		int sign;
	};
	unsigned char tail[];
} __attribute__((packed));
extern struct thing first_thing;
extern const char thing_names[];
int thing_find(thing_t from, const struct thing *in);
static inline unsigned long thing_size(struct thing *t) { return sizeof(*t); }
END
	cp tree/include/linux/thing.h shims/linux/thing.h
	for dir in tree/include shims; do
		: >"$dir/linux/types.h"
		: >"$dir/linux/kernel.h"
	done
	echo 'value thing_up(9)' >list
	cat >build/extracted/fake/PROVENANCE <<END
id: fake
source: tree:$T/tree
origin: tree $T/tree
version: 6.1.0
kernel-version-code: $((6 * 65536 + 256))
families: none
END
}

# shellcheck disable=SC2120 # called with options by expect
fidelity() {
	"$CI/fidelity" --build "$T/build" --shims "$T/shims" --list "$T/list" "$@"
}

says() {
	grep -qF -- "$1" "$T/said" || {
		sed 's/^/out: /' "$T/said" >&2
		fail "said nothing of: $1"
	}
}

says_not() {
	! grep -qF -- "$1" "$T/said" || fail "said: $1"
}

# The closing line: AGREE DIFFER CONFIGURATION NOT-CHECKED, spaces for "any".
closes() {
	local line

	line=$(tail -n 1 "$T/said")
	[[ $line == "fake: $1 facts agree, $2 differ, $3 differ by configuration, $4 not checked" ]] ||
		fail "closed with: $line"
}

# The 18 facts of thing.h: 3 constants and strings, a type, an enum and 2 enumerators, a struct and 4
# members, 2 variables, 3 functions (one by another name), and one value for thing_up().
case_agrees() {
	start
	expect 0 fidelity -v
	closes 18 0 0 0
	says 'agrees: const THING_SHIFT (linux/thing.h:1)'
	says 'agrees: str THING_NAME'
	says 'agrees: func THING_ALIAS'
	says 'agrees: flex struct thing.tail'
	says 'agrees: value thing_up(9)'
	expect 0 fidelity
	says_not 'agrees: '
}

# lie TEXT SED: the shims say something else, and the fact is named, with both sides.
lie() {
	cp tree/include/linux/thing.h shims/linux/thing.h
	sed -i "$2" shims/linux/thing.h
	! cmp -s tree/include/linux/thing.h shims/linux/thing.h || fail "no lie: $2"
	expect 1 fidelity
	says "differs: $1"
}

case_lies() {
	start
	lie 'const THING_SHIFT (linux/thing.h:1): ours 13 (int), the kernel'\''s 12 (int)' \
		's/THING_SHIFT	12/THING_SHIFT	13/'
	lie 'const THING_SHIFT (linux/thing.h:1): ours 12 (unsigned int), the kernel'\''s 12 (int)' \
		's/THING_SHIFT	12/THING_SHIFT	12u/'
	lie 'const THING_TOP (linux/thing.h:2): ours 0x4000000000000000 (unsigned long)' 's/<< 63/<< 62/'
	lie 'str THING_NAME (linux/thing.h:3): ours "thinG", the kernel'\''s "thing"' 's/"thing"/"thinG"/'
	lie 'func THING_ALIAS' 's/^\(#define THING_ALIAS	\).*/\1thing_size/'
	lie 'value thing_up(9) (fidelity.list:1): ours 24, the kernel'\''s 16' 's/+ 7/+ 15/'
	lie 'type thing_t (linux/thing.h:6): ours unsigned long, the kernel'\''s unsigned long long' \
		's/unsigned long long thing_t/unsigned long thing_t/'
	lie 'const THING_TWO (linux/thing.h:7): ours 3 (' 's/THING_TWO/THING_TWO = 3/'
	lie 'size of struct thing (linux/thing.h:8): ours 16 bytes, aligned to 8' \
		's/ __attribute__((packed))//'
	lie 'member struct thing.addr (linux/thing.h:8): ours offset 4, unsigned long long' \
		's/^\tthing_t addr;/\tint pad;&/'
	lie 'member struct thing.pad (linux/thing.h:8): ours offset 0, int, the kernel'\''s has no such' \
		's/^\tthing_t addr;/\tint pad;&/'
	lie 'member struct thing.kind (linux/thing.h:8): ours offset 8, int' 's/unsigned int kind/int kind/'
	lie 'flex struct thing.tail' 's/unsigned char tail/unsigned short tail/'
	lie 'var first_thing (linux/thing.h:16): ours int, the kernel'\''s 12 bytes' \
		's/extern struct thing first_thing/extern int first_thing/'
	lie 'array thing_names' 's/const char thing_names/const short thing_names/'
	lie 'func thing_find (linux/thing.h:18): ours extern int thing_find (thing_t, struct thing *);' \
		's/thing_find(thing_t from, const struct/thing_find(thing_t from, struct/'
	lie 'func thing_size' 's/unsigned long thing_size(struct thing \*t)/int thing_size(struct thing *t)/'
}

# A fact without a probe, or that the kernel does not state, is told by name and never agrees.
case_not_checked() {
	start
	: >list
	cat >>shims/linux/thing.h <<'END'
#define THING_MARK
#define THING_OWN 1
#define THING_ODD {
struct thing_bits { unsigned int low:4; };
void thing_own(void);
#define ONLY_HERE_THING_SHIFT 12
END
	echo 'struct thing_bits { unsigned int low:4; };' >>tree/include/linux/thing.h
	expect 0 fidelity
	closes 18 0 0 7
	says "not checked, not stated by the kernel's headers: thing_own, THING_OWN, ONLY_HERE_THING_SHIFT"
	says 'not checked, a macro with arguments, and no value in the list uses it: thing_up'
	says 'not checked, nothing but a mark: empty in the shims: THING_MARK'
	says 'not checked, a macro that is neither a constant nor a type in the shims: THING_ODD'
	says 'not checked, a bit-field: struct thing_bits.low'
}

case_rules() {
	start
	sed -i 's/12$/14/; s/"thing"/"other"/; s/thing_find(/thing_found(/; s/thing_find$/thing_found/' \
		shims/linux/thing.h
	sed -i 's/^\tthing_t addr;/\tint room_one;&/' shims/linux/thing.h
	cat >list <<'END'
# what follows is of this test
value thing_up(9)
config THING_S* : set by THING
skip THING_NAME struct thing.room_* : ours
same thing_found thing_find
same THING_ALIAS thing_find
partial struct thing first_thing : room first
[<6.1] skip THING_TOP : never read
[>=6.1] skip thing_t : read
END
	expect 0 fidelity
	says 'configuration: const THING_SHIFT: ours 14 (int), the kernel'\''s 12 (int): set by THING'
	says 'not checked, ours: struct thing.room_one, THING_NAME'
	says 'room first'
	says 'not checked, read: thing_t'
	says_not 'never read'
	# A partial struct's members keep their types.
	sed -i 's/unsigned int kind/unsigned short kind/' shims/linux/thing.h
	expect 1 fidelity
	says 'differs: member struct thing.kind'
}

# A header of the kernel's that does not compile takes its own facts with it, and is named.
case_broken_header() {
	start
	echo '#error not today' >tree/include/linux/broken.h
	echo '#define BROKEN 1' >shims/linux/broken.h
	expect 0 fidelity
	closes 18 0 0 2
	says 'headers of the kernel that do not compile (include/linux/broken.h:1: #error not'
	says "not stated by the kernel's headers: BROKEN"
}

case_refused() {
	start
	refused "list:1: expected value, include" bad_list 'frobnicate THING'
	refused "list:1: expected value, include" bad_list 'skip THING'
	refused "list:1: expected [<VERSION] or [>=VERSION]" bad_list '[6.1] skip THING : why'
	refused 'cannot read' "$CI/fidelity" --list "$T/nowhere"
	refused 'no folder of shim headers' "$CI/fidelity" --shims "$T/nowhere"
	refused 'no kernel is extracted' "$CI/fidelity" --build "$T/empty"
	refused "kernel 'nix'" "$CI/fidelity" --kernel nix
	refused 'needs an argument' "$CI/fidelity" --kernel
	refused "unknown argument '--nix'" "$CI/fidelity" --nix
	refused "--suite and --logs: one of them" "$CI/fidelity" --suite --logs
	refused "--suite does not take --shims" "$CI/fidelity" --suite --shims "$T/shims"
	rm -r tree/arch
	refused 'has no include/ and arch/x86/include/' fidelity
}

# shellcheck disable=SC2119
bad_list() {
	echo "$1" >list
	fidelity
}

# --- the kernels at hand -------------------------------------------------------------------

# Sets ids to the extracted Debian kernels whose headers are unpacked; skips without any.
at_hand() {
	local file id root=$CI/..

	ids=()
	for file in "$root"/build/extracted/debian-*/PROVENANCE; do
		[[ -f $file ]] || continue
		id=$(basename "${file%/PROVENANCE}")
		if [[ $(sed -n 's/^version: //p' "$root/build/headers/$id/PROVENANCE" 2>/dev/null) == \
			"$(sed -n 's/^origin: package [^ ]* //p' "$file")" ]]; then
			ids+=("$id")
		fi
	done
	((${#ids[@]})) || skip 'no linux-headers in build/headers: ci/setup --for fidelity'
}

case_kernels() {
	local id

	at_hand
	for id in "${ids[@]}"; do
		expect 0 "$CI/fidelity" --kernel "$id"
		says "$id: Linux "
		says ' 0 differ, '
		# Nobody can read a list that grows in silence.
		says_not 'no value in the list uses it'
		says_not 'neither a constant nor a type'
		says_not 'nothing but a mark'
		says_not 'that do not compile'
	done
}

# real_lie TEXT FILE SED: as lie, in a copy of the shims.
real_lie() {
	rm -rf copy
	cp -r "$CI/../extracted/shim/include" copy
	sed -i "$3" "copy/$2"
	! cmp -s "$CI/../extracted/shim/include/$2" "copy/$2" || fail "no lie: $2: $3"
	expect 1 "$CI/fidelity" --shims "$T/copy" --kernel "${ids[0]}"
	says "differs: $1"
}

case_real_lies() {
	at_hand
	real_lie 'const PAGE_SHIFT' asm/page.h 's/PAGE_SHIFT	12/PAGE_SHIFT	13/'
	real_lie 'type u64 (linux/types.h' linux/types.h 's/unsigned long long u64/unsigned long u64/'
	real_lie 'member struct boot_params.e820_table' uapi/asm/bootparam.h 's/0x2d0 - 0x258/0x2d4 - 0x258/'
	real_lie 'str KERN_ERR' linux/printk.h 's/KERN_SOH "3"/KERN_SOH "4"/'
	real_lie 'func memparse' linux/kernel.h 's/^unsigned long long memparse/unsigned long memparse/'
	real_lie 'value round_up' linux/kernel.h 's/- 1)) + 1)$/- 1)) + 2)/'
}

# The boot logs, with a stand-in for what checks them.
case_bootlogs() {
	mkdir -p repo/ci repo/corpus/bootlogs
	cp "$CI"/fidelity "$CI"/fidelity_*.sh "$CI/lib.sh" repo/ci
	cp "$CI"/../corpus/bootlogs/plain-{256m,512m}.log repo/corpus/bootlogs
	mkdir repo/corpus/bootlogs/memblock
	cp repo/corpus/bootlogs/plain-512m.log repo/corpus/bootlogs/memblock/m.log
	mkdir repo/corpus/bootlogs/boot
	cp repo/corpus/bootlogs/plain-512m.log repo/corpus/bootlogs/boot/b.log
	cat >check <<'END_CHECK'
#!/bin/bash
log=${!#}
version=$(sed -n 's/.*Linux version \([0-9.]*\).*/\1/p' "$log" | head -n 1)
[[ ! -e $T/only ]] || version=6.1.0
echo "$log: Linux x, held against e820@x (Linux $version)"
[[ ! -e $T/broken ]] || { echo "cannot read it"; exit 2; }
[[ ! -e $T/differs || $log != */plain-256m.log ]] || { echo "9 facts agree, 1 differ"; exit 1; }
echo "9 facts agree, 0 differ"
[[ $log == */memblock/* || $log == */boot/* ]] || exit 0
echo "$log: Linux x, held against memblock@x (Linux $version)"
echo "12 calls of memblock replayed: 5 printed"
[[ -e $T/unchosen ]] || echo "4 chosen addresses agree, 0 differ"
echo "3 facts agree, 0 differ"
[[ $log == */boot/* && ! -e $T/partial ]] || exit 0
pages=7
[[ ! -e $T/unhanded ]] || pages=0
echo "8 ops of a whole boot: 4 blocks and 0 tables where the log has them, $pages pages passed on, 1 ranges"
echo "5 facts agree, 0 differ"
END_CHECK
	chmod +x check
	export T
	expect 0 repo/ci/fidelity --logs --earlyfuzz "$T/check"
	says '4 boots, of which 0 panicked: 4 agree in every fact (47 facts), 0 differ; 24 calls of'
	says 'memblock replayed, 8 addresses as chosen; 1 whole boots'
	: >unchosen
	expect 1 repo/ci/fidelity --logs --earlyfuzz "$T/check"
	says 'memblock/m: differs'
	rm unchosen
	: >partial
	expect 1 repo/ci/fidelity --logs --earlyfuzz "$T/check"
	says 'boot/b: differs'
	says '1 differ'
	rm partial
	: >unhanded
	expect 1 repo/ci/fidelity --logs --earlyfuzz "$T/check"
	says 'boot/b: differs'
	rm unhanded
	: >differs
	expect 1 repo/ci/fidelity --logs --earlyfuzz "$T/check"
	says 'plain-256m: differs'
	says '1 differ'
	: >only
	expect 0 repo/ci/fidelity --logs --earlyfuzz "$T/check"
	says 'not checked, their kernel is not built:'
	: >broken
	refused 'cannot read it' repo/ci/fidelity --logs --earlyfuzz "$T/check"
	refused 'no earlyfuzz in build/' repo/ci/fidelity --logs --earlyfuzz "$T/nowhere"
	refused '--logs and --all take neither' repo/ci/fidelity --logs --build "$T/build"
}

run_cases "$@"
