#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of ci/setup with stand-ins for apt-get, apt-cache, dpkg-query and id, in a copy of ci/.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/testlib.sh"

# --- a made-up machine: $T/installed and $T/known hold "PACKAGE VERSION SIZE" lines,
# --- $T/calls what apt-get was called for -------------------------------------------------

machine() {
	mkdir -p repo/ci bin
	cp "$CI/setup" "$CI/lib.sh" repo/ci
	echo 'ID=debian' >os-release
	export EARLYFUZZ_OS_RELEASE=$T/os-release T PATH=$T/bin:$PATH
	: >installed
	: >calls
	cat >known <<'END'
git 2.39 1000
tar 1.34 1000
xz-utils 5.4 1000
gcc 12 1000
libc6-dev 2.36 1000
binutils 2.40 1000
clang 14 1000
libclang-rt-dev 14 1000
llvm 14 30000000
cmake 3.25 1000
ninja-build 1.11 1000
pkg-config 1.8 1000
libjansson-dev 2.14 1000
libcmocka-dev 1.1 1000
afl++ 4.04 1000
clang-tidy 14 1000
cppcheck 2.10 1000
shellcheck 0.9 1000
qemu-system-x86 7.2 1000
valgrind 3.19 1000
ccache 4.7 1000
make 4.3 1000
liburcu-dev 0.13 1000
gcc-multilib 12.2 1000
g++-multilib 12.2 1000
bzip2 1.0 1000
linux-source-6.1 6.1.5-1 139000000
linux-source-6.12 6.12.7-1 153000000
linux-headers-6.1.0-4-common 6.1.4-1 1000
linux-headers-6.1.0-4-amd64 6.1.4-1 1000
linux-headers-6.1.0-5-common 6.1.5-1 1000
linux-headers-6.1.0-5-common-rt 6.1.5-1 1000
linux-headers-6.1.0-5-amd64 6.1.5-1 1000
linux-headers-6.12.7+x-common 6.12.7-1 1000
linux-headers-6.12.7+x-amd64 6.12.7-1 1000
linux-headers-6.12-amd64 6.12.7-1 1000
END
	tool id <<'END'
case $1 in
-u) cat "$T/uid" ;;
-un) echo someone ;;
esac
END
	echo 0 >uid
	tool dpkg-query <<'END'
[[ $1 == -W && $2 == -f ]] || exit 9
format=$3
shift 3
status=0
for name; do
	version=$(sed -n "s/^${name//+/\\+} \([^ ]*\) .*/\1/p" "$T/installed")
	version=$(awk -v n="$name" '$1 == n { print $2 }' "$T/installed")
	[[ -n $version ]] || { status=1; echo "no packages found matching $name" >&2; continue; }
	format_=${format//'${db:Status-Status}'/installed}
	format_=${format_//'${Package}'/$name}
	printf "${format_//'${Version}'/$version}"
done
exit $status
END
	tool apt-cache <<'END'
command=$1
shift
case $command in
policy)
	for name; do
		awk -v n="$name" '$1 == n { print n ":"; print "  Candidate: " $2 }' "$T/known"
	done
	;;
show)
	for name; do
		awk -v n="$name" '$1 == n { print "Package: " n; print "Version: " $2
			print "Size: " $3; print "" }' "$T/known"
	done
	;;
search) awk '/^linux-headers/ { print $1 " - headers" }' "$T/known" ;;
esac
END
	tool apt-get <<'END'
echo "$*" >>"$T/calls"
[[ -e $T/said_before ]] || cp "$T/said" "$T/said_before" 2>/dev/null
words=()
command=
for word; do
	case $word in
	update | install | download) command=$word ;;
	--download-only | --print-uris) command+=$word ;;
	-o) skip=1 ;;
	-*) ;;
	*) [[ -n ${skip:-} ]] || words+=("$word"); skip= ;;
	esac
done
case " $* " in
*' --print-uris '*) command=print-uris ;;
*' --download-only '*) command=download-only ;;
esac
[[ ! -e $T/wait_$command ]] || { echo "$$" >"$T/wait_$command"; read -r _ <"$T/wait_$command"; }
[[ ! -e $T/fail_$command ]] || { cat "$T/fail_$command"; exit 100; }
case $command in
print-uris) printf "'http://x/%s' x 50000000 MD5\n" "${words[@]}" ;;
install)
	for word in "${words[@]}"; do
		grep "^${word//+/\\+} " "$T/known" || awk -v n="$word" '$1 == n' "$T/known"
	done | sort -u >>"$T/installed"
	;;
download)
	for word in "${words[@]}"; do
		mkdir -p deb/DEBIAN "deb/usr/src/${word%=*}"
		echo "$word" >"deb/usr/src/${word%=*}/README"
		printf 'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n' \
			>deb/DEBIAN/control
		dpkg-deb -b deb "${word%=*}_1_all.deb"
		rm -r deb
	done
	;;
esac
exit 0
END
}

tool() {
	{ echo '#!/bin/bash' && cat; } >"bin/$1"
	chmod +x "bin/$1"
}

all_installed() {
	grep -v linux-headers known >installed
}

setup() {
	"$T/repo/ci/setup" "$@"
}

# --- saying what is missing ----------------------------------------------------------------

case_dry_run() {
	machine
	echo 1000 >uid
	expect 0 setup --dry-run
	says said 'to install with apt-get: git, tar,'
	says said 'llvm (30 MB),'
	says said 'linux-source-6.1 (139 MB), linux-source-6.12 (153 MB)'
	says said 'linux-headers for debian-6.1 debian-6.12'
	[[ ! -s calls && ! -e repo/build ]] || fail 'something was done'
}

case_sizes_without_lists() {
	machine
	: >known
	expect 0 setup --dry-run
	says said 'linux-source-6.12 (about 150 MB)'
}

case_for() {
	machine
	expect 0 setup --dry-run --for fuzz
	says said afl++
	says_not said valgrind
	says_not said linux-headers
	expect 0 setup --dry-run --for=coverage
	says said llvm
	says_not said afl++
	says_not said liburcu
	expect 0 setup --dry-run --for test
	says said valgrind
	says said liburcu-dev
	says said linux-headers
	expect 0 setup --dry-run --for lint
	says said shellcheck
	says_not said valgrind
	expect 0 setup --dry-run --for boot
	says said qemu-system-x86
	says_not said shellcheck
	expect 0 setup --dry-run --for test
	says_not said qemu
	expect 0 setup --dry-run --for coverage --for fidelity
	says said linux-headers
	says_not said valgrind
}

case_kernels() {
	machine
	expect 0 setup --dry-run --kernel debian-6.1
	says said linux-source-6.1
	says_not said linux-source-6.12
	expect 0 setup --dry-run --kernel mine=tree:/somewhere --kernel x=debian:6.12
	says said linux-source-6.12
	says_not said 'linux-source-6.1 '
	says said 'linux-headers for x'
	expect 0 setup --dry-run --kernel mine=tar:linux.tar.bz2
	says said bzip2
	says_not said linux-
}

# --- installing ----------------------------------------------------------------------------

case_says_before_it_installs() {
	machine
	expect 0 setup --kernel debian-6.1 --for fuzz
	says said_before 'to install with apt-get: git, tar,'
	says said_before 'linux-source-6.1 (139 MB)'
	says said '900 MB to download'
	says calls 'install git tar xz-utils'
	says_not calls valgrind
	says_not calls linux-source-6.12
	says_not calls 'linux-headers'
	[[ $(sed 's/.* \(update\|install\) *.*/\1/' calls | uniq | paste -sd ' ') == 'update install' ]]
	: >calls
	expect 0 setup --kernel debian-6.1 --for fuzz
	says said 'nothing to install'
	[[ ! -s calls ]] || fail 'apt-get was called again'
}

case_installs_only_what_is_missing() {
	machine
	all_installed
	sed -i /valgrind/d installed
	expect 0 setup --for fuzz --for test --kernel mine=tree:x
	says calls 'install valgrind'
	says_not calls git
}

case_headers() {
	command -v dpkg-deb >/dev/null || skip 'no dpkg-deb'
	machine
	all_installed
	echo 1000 >uid
	expect 0 setup --for fidelity
	says repo/build/headers/debian-6.1/PROVENANCE 'version: 6.1.5-1'
	says repo/build/headers/debian-6.1/common/README linux-headers-6.1.0-5-common=6.1.5-1
	says repo/build/headers/debian-6.1/amd64/README linux-headers-6.1.0-5-amd64=6.1.5-1
	says repo/build/headers/debian-6.12/amd64/README 'linux-headers-6.12.7+x-amd64=6.12.7-1'
	says_not calls install
	: >calls
	expect 0 setup --for fidelity
	[[ ! -s calls ]] || fail 'apt-get was called again'
	# The source has become older than its headers, and then is one whose headers are gone.
	sed -i 's/6.1.5-1/6.1.4-1/' installed
	expect 0 setup --for fidelity
	says repo/build/headers/debian-6.1/common/README linux-headers-6.1.0-4-common=6.1.4-1
	sed -i 's/6.1.4-1/6.1.3-1/' installed
	refused 'apt has no linux-headers of version 6.1.3-1, as linux-source-6.1 has' \
		setup --for fidelity
	says repo/build/headers/debian-6.1/PROVENANCE 6.1.4-1
	[[ -z $(find repo/build/headers -name '.*') ]]
}

case_headers_refused() {
	machine
	all_installed
	echo 'E: Failed to fetch it' >fail_download
	refused 'debian-6.1: the download of the headers failed: E: Failed to fetch it' \
		setup --for fidelity
	[[ -z $(find repo/build/headers -mindepth 1) ]]
}

# --- what cannot be done -------------------------------------------------------------------

case_without_root() {
	machine
	all_installed
	sed -i /linux-headers/d known
	echo 1000 >uid
	expect 0 setup --for fuzz --for coverage
	says said 'nothing to install'
	sed -i -e /^cmake/d -e /^clang/d installed
	refused 'sudo apt-get install --no-install-recommends clang cmake' setup --for fuzz
	[[ ! -s calls ]] || fail 'apt-get was called'
}

case_not_in_apt() {
	machine
	sed -i /linux-source-6.12/d known
	refused 'apt has no package linux-source-6.12; ' setup
	says errors 'bookworm-security'
	says_not calls install
	sed -i /cmake/d known
	refused 'apt has no package cmake' setup --kernel debian-6.1
	says_not errors bookworm
	: >known
	echo 'W: Failed to fetch it, no network' >fail_update
	refused '; apt-get update said W: Failed to fetch it, no network' setup
}

case_apt_fails() {
	machine
	printf 'Reading...\nE: Failed to fetch the lists\nE: more\n' >fail_update
	expect 0 setup --for fuzz
	says said 'going on with the lists at hand: E: Failed to fetch the lists'
	: >installed
	echo "E: You don't have enough free space in /var/cache/apt/archives/." >fail_download-only
	refused "the download failed: E: You don't have enough free space" setup --for fuzz
	rm fail_download-only fail_update
	echo 'E: dpkg was interrupted' >fail_install
	refused 'apt-get install failed: E: dpkg was interrupted' setup --for fuzz
}

# A download is stopped at once; dpkg is let to end.
case_interrupted() {
	local pid status=0

	machine
	mkfifo go
	for step in update download-only install; do
		: >installed
		rm -f wait_*
		mkfifo "wait_$step"
		# As from a terminal: what runs in front gets the signal, too. bash itself may miss it
		# while a command that survives it runs.
		set -m
		"$T/repo/ci/setup" --for fuzz >said 2>errors </dev/null &
		pid=$!
		set +m
		read -r apt <"wait_$step"
		kill -INT -- "-$pid"
		if [[ $step == install ]]; then
			# The word that lets dpkg end comes after the signal was seen.
			until grep -q 'interrupted: stops when dpkg has ended' said; do
				kill -0 "$pid" || fail 'did not wait for dpkg'
			done
			echo >"wait_$step"
		fi
		status=0
		wait "$pid" || status=$?
		((status == 2)) || fail "$step: exit status $status"
		# Before it bash may say which sleep ended.
		[[ $(tail -n 1 errors) == 'ci/setup: interrupted' ]] || fail "$step: $(<errors)"
		says_not errors unexpected
		! kill -0 "$apt" 2>/dev/null || fail "$step: apt-get still runs"
		if [[ $step == install ]]; then
			says installed cmake
		else
			[[ ! -s installed ]]
		fi
	done
}

# Runs ci/setup with nothing in reach but what is in bin.
setup_alone() {
	env PATH="$T/bin" "$T/repo/ci/setup" "$@"
}

case_elsewhere() {
	local tool

	machine
	for tool in bash cat dirname grep sed head rm; do
		ln -s "$(command -v $tool)" bin
	done
	for os in ID=fedora 'ID=ubuntu
ID_LIKE=debian' 'NAME="Debian, but not by ID"'; do
		echo "$os" >os-release
		refused 'this is not Debian, so nothing is installed here; missing: git' \
			setup_alone
		says errors 'clang (command clang)'
		says errors 'libjansson-dev (module jansson)'
		says errors 'libclang-rt-dev (sanitizer address)'
		says errors "linux-source-6.1 (Debian's; name a kernel of your own"
	done
	for tool in git tar xz gcc objcopy clang llvm-symbolizer cmake ninja pkg-config afl-fuzz; do
		tool $tool <<<'exit 0'
	done
	expect 0 setup_alone --for fuzz --kernel mine=tree:x
	says said 'every tool that is needed is there'
	rm bin/cmake
	refused 'missing: cmake (command cmake)' setup_alone --for fuzz --kernel mine=tree:x
	[[ $(<errors) == *'missing: cmake (command cmake)' ]] || fail 'more than cmake'
	tool pkg-config <<'END'
[[ $2 != cmocka ]]
END
	refused 'libcmocka-dev (module cmocka)' setup_alone --for fuzz --kernel mine=tree:x
	[[ ! -s calls ]] || fail 'apt-get was called'
}

case_arguments() {
	machine
	refused "--for 'war': expected fuzz, test, coverage, fidelity, lint, boot, review or all" setup --for war
	refused "unknown argument '--frob'" setup --frob
	refused '--kernel needs an argument' setup --kernel
	refused "kernel 'foo': expected ID=SRC" setup --kernel foo
	refused "source 'zip:x'" setup --kernel x=zip:x
	[[ ! -s calls ]]
}

run_cases "$@"
