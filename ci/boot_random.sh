# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot: random command lines and memory sizes. Boot K of seed S is the same whatever the
# number of boots. What a function draws it leaves in R.

rng=0
R=

# seed_rng S K
seed_rng() {
	rng=$((($1 + 1) * 0x9E3779B97F4A7C15 + $2 * 0xBF58476D1CE4E5B))
	draw 1
	draw 1
}

# draw N: R is 0 ... N - 1
draw() {
	rng=$((rng * 6364136223846793005 + 1442695040888963407))
	R=$(((rng >> 33 & 0x7fffffff) % $1))
}

# pick WORD...: R is one of them
pick() {
	draw $#
	shift "$R"
	R=$1
}

# spelled BYTES: R is that number in one of the ways to write it
spelled() {
	local n=$1

	draw 4
	case $R in
	0) R=$(printf '0x%x' "$n") ;;
	1) R=$n ;;
	*)
		if ((n > 0 && n % (1 << 30) == 0)); then
			R=$((n >> 30))G
		elif ((n > 0 && n % (1 << 20) == 0)); then
			R=$((n >> 20))M
		elif ((n > 0 && n % (1 << 10) == 0)); then
			R=$((n >> 10))K
		else
			R=$(printf '0x%X' "$n")
		fi
		;;
	esac
}

# an_address: R is where something may begin: low memory, behind the kernel, the ends of RAM
an_address() {
	local base

	pick 0 $((4 << 10)) $((64 << 10)) $((640 << 10)) $((1 << 20)) $((2 << 20)) $((15 << 20)) \
		$((96 << 20)) $((100 << 20)) $((128 << 20)) $((200 << 20)) $((megabytes / 2 << 20)) \
		$((megabytes - 1 << 20)) $((megabytes << 20)) $((3 << 30)) $((4 << 30)) $((5 << 30)) \
		$((1 << 36)) $((1 << 40))
	base=$R
	draw 8
	case $R in
	0) base=$((base + 4096)) ;;
	1) base=$((base < 4096 ? base : base - 4096)) ;;
	2) base=$((base + 1)) ;;
	3)
		draw 4096
		base=$((base + R * 4096))
		;;
	esac
	spelled "$base"
}

a_size() {
	draw 6
	case $R in
	0) pick 1 512 4095 4096 4097 65535 ;;
	1) pick $((1 << 30)) $((2 << 30)) $((1 << 36)) ;;
	*)
		draw 64
		R=$(((R + 1) << 12 + 2 * (R % 5)))
		;;
	esac
	spelled "$R"
}

a_type() {
	pick 0 1 1 2 2 3 4 5 7 12 13 128 0xefffffff 6
}

nonsense() {
	pick '' 0 x 0x 64 64M@ @64M 1M@1M@1M '1M%' '64K%1M-' '64K%1M+' '64K%1M-1' '64K%1M-1+1' \
		'64K%1M-2+3x' 1M@2Mx exact exactmap@1M 18446744073709551615 0xffffffffffffffff \
		4K@0xfffffffffffff000 16E 1E@15E '4K#-4K' nopentium '64M!' K '1M*1M' '1m#120m' \
		'0x1000@0x6400000' 010@0100000 2P 1k\$0 '0@1M' '0#1M' '0%1M-1+2' off ','
}

# an_item: R is one of a memmap='s list
an_item() {
	local size at old new

	draw 16
	if ((R == 0)); then
		nonsense
		return
	fi
	if ((R == 1)); then
		spelled $((megabytes / 2 + 40 << 20))
		return
	fi
	a_size && size=$R
	an_address && at=$R
	draw 10
	case $R in
	0 | 1) R="$size@$at" ;;
	2 | 3) R="$size\$$at" ;;
	4) R="$size#$at" ;;
	5) R="$size!$at" ;;
	6)
		a_type && old=$R
		a_type && new=$R
		R="$size%$at-$old+$new"
		;;
	7)
		a_type
		R="$size%$at-$R"
		;;
	8)
		a_type
		R="$size%$at+$R"
		;;
	9)
		a_type && new=$R
		R="$size%$at-1+$new"
		;;
	esac
}

# a_parameter: R is mem=... or memmap=...
a_parameter() {
	local text k

	draw 16
	case $R in
	0)
		nonsense
		R="mem=$R"
		;;
	1 | 2 | 3)
		draw 4
		if ((R == 0)); then
			an_address
		else
			draw "$megabytes"
			spelled $(((R + 90) << 20))
		fi
		R="mem=$R"
		;;
	4)
		# Of a map that holds the kernel, mostly.
		draw $((megabytes - 100))
		text="memmap=exactmap,640K@0,$((R + 99))M@1M"
		draw 3
		for ((k = R; k > 0; k--)); do
			an_item
			text+=,$R
		done
		R=$text
		;;
	5)
		R=memmap=exactmap
		;;
	*)
		an_item
		text=memmap=$R
		draw 4
		for ((k = R; k > 1; k--)); do
			an_item
			text+=,$R
		done
		R=$text
		;;
	esac
}

# a_size_of_memory: sets memory and megabytes
a_size_of_memory() {
	draw 2
	if ((R == 0)); then
		pick 256M 300M 384M 512M 513M 768M 1G 1536M 2G 3G 3584M 4G 5G 6G
		memory=$R
	else
		draw $((6144 - 512 + 1))
		memory=$((R + 512))M
	fi
	case $memory in
	*G) megabytes=$((${memory%G} * 1024)) ;;
	*) megabytes=${memory%M} ;;
	esac
}

# a_machine: what QEMU is told in qemu_args: the chipset, which has its own place for the end of low
# memory, at times something to load beside the kernel, and two nodes, at times with a third one that has
# no memory
a_machine() {
	local first

	qemu_args=()
	draw 4
	((R != 0)) || qemu_args+=(-M q35)
	draw 4
	# the kernel would unpack it much later
	((R != 0)) || qemu_args+=(-initrd "${given_image:-$images/$kernel/vmlinuz}")
	draw 2
	((R == 0)) || return 0
	pick 2 3 4 5 6
	first=$((megabytes * R / 8))
	((first >= 120)) || first=120
	draw 5
	qemu_args+=(-smp $((2 + (R == 0)))
		-object "memory-backend-ram,size=${first}M,id=a"
		-object "memory-backend-ram,size=$((megabytes - first))M,id=b"
		-numa "node,nodeid=0,cpus=0,memdev=a" -numa "node,nodeid=1,cpus=1,memdev=b")
	((R != 0)) || qemu_args+=(-numa "node,nodeid=2,cpus=2")
}

# a_fact: R is a parameter that makes a kernel do more with its memory, and say so
a_fact() {
	pick numa=off numa=fake=2 numa=fake=3 numa=fake=4 movable_node crashkernel=64M crashkernel=96M@32M \
		crashkernel=128M,high kernelcore=200M movablecore=128M 'hugepagesz=1G hugepages=1' \
		log_buf_len=1M swiotlb=16384 mem mem memmap memmap memmap
	case $R in
	mem)
		draw "$megabytes"
		R=mem=$((R + 90))M
		;;
	memmap)
		# below 16 MiB, or behind the kernel
		draw 2
		if ((R == 0)); then
			draw 14
			R=memmap=$((R + 1))K\$1M
		else
			draw $((megabytes - 110))
			R=memmap=1M\$$((R + 110))M
		fi
		;;
	esac
}

# random_boot K: sets memory, cmdline and, where none are given, arguments for QEMU
random_boot() {
	local k n

	seed_rng "${seed:-1}" "$1"
	a_size_of_memory
	[[ -n $qemu_given ]] || a_machine
	cmdline=
	draw 4
	n=$R
	draw 3
	if ((R == 0)); then
		for ((k = 0; k <= n; k++)); do
			a_parameter
			cmdline+=${cmdline:+ }$R
		done
	else
		for ((k = 0; k < n; k++)); do
			a_fact
			cmdline+=${cmdline:+ }$R
		done
	fi
}

agree=0 differ=0 panics=0 silent=0 facts=0 whole=0

# boot_and_check NAME: boots $kernel with $cmdline, keeps the log as NAME.log, and counts
boot_and_check() {
	local log=$work/boot.log n

	boot_it "$log" "$cmdline"
	[[ $boot_end != panic ]] || panics=$((panics + 1))
	if [[ $boot_end == silent || $boot_end == endless ]]; then
		silent=$((silent + 1))
		say "$1: $memory, '$cmdline': $(how_it_ended)"
	fi
	if [[ -n $keep ]]; then
		{ mkdir -p "$keep" && cp "$log" "$keep/$1.log"; } 2>/dev/null || die "cannot write $keep"
	fi
	if check_log "$log"; then
		agree=$((agree + 1))
	else
		differ=$((differ + 1))
		say "$1: $memory, '$cmdline':"
		cat "$work/check"
	fi
	n=$(awk '/^[0-9]+ facts agree/ { n += $1 } END { print n + 0 }' "$work/check")
	facts=$((facts + ${n:-0}))
	! grep -Eq "^[0-9]+ ops of a whole boot: .* [1-9][0-9]* pages passed on" "$work/check" ||
		whole=$((whole + 1))
}

# tell_boots N OF: the sum
tell_boots() {
	say "$1 boots of $2 in $SECONDS s: $agree agree in every fact ($facts facts)," \
		"$differ differ; $panics panicked, $silent stopped without a word; $whole whole" \
		"boots up to the page allocator"
	((differ == 0)) || result=1
}

random_boots() {
	local k

	for ((k = 1; k <= random; k++)); do
		random_boot "$k"
		if [[ -n $dry_run ]]; then
			echo "ci/boot --kernel $kernel --memory $memory${qemu_args[*]:+$(printf " --qemu %s" \
				"${qemu_args[@]}")} -- '$cmdline'"
			continue
		fi
		progress "boot $k of $random: $memory, $cmdline"
		boot_and_check "$kernel-${seed:-1}-$k"
	done
	[[ -n $dry_run ]] || tell_boots "$random" "${image_name:-$image}"
}
