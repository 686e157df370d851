# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot: one boot under QEMU, stopped as soon as nothing more is said about memory, and its
# log.

# Before what the user gives, so that nothing of his is printed too early or not at all.
BOOT_CMDLINE='ignore_loglevel console=ttyS0 earlyprintk=serial memblock=debug nokaslr panic=-1'

# The first line after all that is said of the map (its last lines are those of the RAM buffers,
# at the end of the search for PCI devices), or one after which there are no more.
BOOT_LAST='clocksource: Switched to clocksource|---\[ end Kernel panic|-- System halted'
BOOT_LAST+='|PANIC: early exception'

BOOT_LOG_MAX=4000000	# bytes; some 100000 are usual

find_qemu() {
	qemu=$(command -v qemu-system-x86_64) ||
		die "qemu-system-x86_64 is missing (package qemu-system-x86): ci/setup --for boot"
}

# A kernel that hangs before it has a console still writes its log: the line that matches $mute
# is looked for in the first of its memory, and goes to boot_muttered.
KERNEL_AT=0x1000000
KERNEL_MAX=0x4000000

listen_to_the_mute() {
	if [[ ! -e $work/ram && ! -s $boot_serial.asked ]]; then
		echo asked >"$boot_serial.asked"
		echo "pmemsave $KERNEL_AT $KERNEL_MAX \"$work/ram\"" >&9
	elif [[ $(stat -c %s "$work/ram" 2>/dev/null) == $((KERNEL_MAX)) ]]; then
		boot_muttered=$(LC_ALL=C tr -c '[:print:]' '\n' <"$work/ram" |
			grep -aoE -m 1 -e "$mute") || :
		rm -f "$work/ram" "$boot_serial.asked"
	fi
}

# Ends QEMU at the last line that is of use, or at the limit.
boot_tick() {
	[[ -z $mute ]] || listen_to_the_mute
	if [[ -n $boot_muttered ]] ||
		grep -Eaq -e "$BOOT_LAST${after:+|$after}" "$boot_serial" 2>/dev/null; then
		[[ -z $memblock ]] || tables_saved || ((SECONDS - boot_began >= limit)) || return 0
		boot_stop=last
	elif (($(stat -c %s "$boot_serial") > BOOT_LOG_MAX)); then
		boot_stop=endless
	elif ((SECONDS - boot_began >= limit)); then
		boot_stop=limit
	else
		return 0
	fi
	kill -TERM -- "-$1" 2>/dev/null || :
}

# In a function of its own, or what is said of an interruption would go there, too.
start_qemu() {
	exec "$qemu" -accel tcg -nodefaults -display none -monitor stdio -no-reboot "$@" \
		<&9 >"$work/qemu" 2>&1
}

# boot LOG MEMORY QEMU-ARGUMENT...: boots and leaves the log, and how it ended in boot_end:
# facts   all was said that there is to say about memory
# panic   the kernel panicked before that (boot_why: its words)
# endless it said more than any boot does
# silent  it stopped before that without a word, or went on beyond the limit
# Dies when QEMU does not start or the kernel says nothing.
boot() {
	local log=$1 memory=$2 cut status=0
	shift 2

	boot_serial=$work/serial boot_began=$SECONDS boot_stop='' boot_why=
	boot_muttered=
	rm -f "$work/monitor" "$work/ram" "$boot_serial"*
	mkfifo "$work/monitor"
	exec 9<>"$work/monitor"
	: >"$boot_serial"
	ATTEND_TICK=boot_tick attend start_qemu -m "$memory" -serial "file:$boot_serial" "$@" ||
		status=$?
	exec 9>&-
	boot_seconds=$((SECONDS - boot_began))
	[[ -n $boot_stop || $status -eq 0 ]] ||
		die "QEMU did not boot ${image##*/}: $(qemu_words)"
	cut=$(tail -c 1 "$boot_serial")
	# Without the last line where it was cut.
	tr -d '\r' <"$boot_serial" | awk -v cut="$cut" 'NR > 1 { print last }
		{ last = $0 } END { if (cut == "" && NR) print last }' |
		if [[ -n $trim ]]; then trimmed; else cat; fi >"$work/log"
	[[ -z $memblock ]] || final_tables >>"$work/log"
	[[ -n $boot_muttered ]] ||
		grep -aq -e 'Linux version' -e '^\[ *[0-9]*\.[0-9]*\] ' "$boot_serial" ||
		die "${image##*/}: QEMU started it, but no kernel spoke within $boot_seconds s:" \
			"$(boot_last_words)"
	mv "$work/log" "$log" 2>/dev/null || die "cannot write $log"
	boot_why=$(tr -d '\r' <"$boot_serial" | sed -n 's/^.*Kernel panic - not syncing: //p
		s/^.*\(PANIC: early exception.*\)/\1/p' | head -n 1)
	boot_end=silent
	if [[ $boot_stop == endless ]]; then
		boot_end=endless
	elif [[ -n $boot_why ]]; then
		boot_end=panic
	elif [[ $boot_stop == last ]] || grep -Eaq -e "$BOOT_LAST" "$boot_serial"; then
		boot_end=facts
	fi
}

qemu_words() {
	local words

	words=$(grep -am 1 "^qemu-system" "$work/qemu" | sed "s/^[^ ]*: //") || :
	echo "${words:-it ended, and does not say why}"
}

boot_last_words() {
	local words

	words=$(tr -d '\r\033' <"$boot_serial" | grep -a '[^ ]' | tail -n 1 | cut -c 1-120) || :
	echo "${words:-not a word}"
}

# What of a log states facts about memory, as it was printed; with --memblock without the time
# stamps, so that the same boot makes the same log.
trimmed() {
	if [[ -n $memblock ]]; then
		{ grep -Ea -e "$BOOT_FACTS|$BOOT_MEMBLOCK" || :; } | sed 's/^\[ *[0-9]*\.[0-9]*\] //'
	else
		grep -Ea -e "$BOOT_FACTS" || :
	fi
}
BOOT_FACTS='Linux version|[Cc]ommand line:|BIOS-|e820:|user-defined|user:'
BOOT_FACTS+='|[Ee]xtended physical|extended:|setup_data|modified|physical RAM map'
BOOT_FACTS+='|\.text \.data|last_pfn|MEMBLOCK configuration|  memory|  reserved'
BOOT_FACTS+='|e820__memblock_setup|memory size|Registered nosave|NVS|for PCI devices|available gap|Malformed'
BOOT_FACTS+='|[Ee]arly memory node|  node  |Memory:|panic|PANIC|halted|RAM buffer|fixed memory'
BOOT_FACTS+='|too many|overflow|mapped by|Faking a node|NODE_DATA|NUMA|SRAT'
BOOT_MEMBLOCK='memblock_|memblock: |SLUB: |Faking node|Freeing .* memory: |messages dropped'
BOOT_MEMBLOCK+='|Zone ranges|  DMA|  Normal  |  Device  |Movable zone|  Node |Initmem|unavailable ranges|Total pages'
