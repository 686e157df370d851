# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # the variables of ci/fidelity
#
# Part of ci/fidelity: a kernel's own headers, and the flags that compile them.
#
# Debian's kernels: its linux-headers of the same version, which ci/setup unpacks into
# build/headers/ID. They were generated for Debian's configuration.
#
# Other sources: the source's include/ and arch/x86/include/, copied to build/headers/ID/tree. Where
# the source holds no generated headers, as a fresh checkout, the few that other headers want are
# made here for a minimal x86_64 configuration (minimal_config), in build/headers/ID/generated.

# Facts that depend on these follow from them, not from the kernel.
minimal_config() {
	cat <<'END'
64BIT X86 X86_64 MMU SMP NUMA EFI HIBERNATION ACPI PCI SYSFS BLOCK DEBUG_FS PRINTK BUG GENERIC_BUG
PHYS_ADDR_T_64BIT ARCH_PHYS_ADDR_T_64BIT ARCH_DMA_ADDR_T_64BIT FIRMWARE_MEMMAP HAVE_MEMBLOCK
SPARSEMEM SPARSEMEM_EXTREME SPARSEMEM_VMEMMAP NEED_MULTIPLE_NODES ZONE_DMA ZONE_DMA32 SLUB TREE_RCU
X86_TSC X86_CMPXCHG64 NEED_PER_CPU_EMBED_FIRST_CHUNK HAVE_SETUP_PER_CPU_AREA THREAD_INFO_IN_TASK
HAVE_ARCH_WITHIN_STACK_FRAMES HAVE_ARCH_THREAD_STRUCT_WHITELIST HAVE_MOD_ARCH_SPECIFIC
ARCH_HAS_MEM_ENCRYPT ARCH_HAS_PTE_SPECIAL GENERIC_IOMAP HAS_IOMEM HAS_IOPORT_MAP
HZ=250 NR_CPUS=64 NODES_SHIFT=6 PGTABLE_LEVELS=4 PAGE_SHIFT=12 X86_L1_CACHE_SHIFT=6
X86_L1_CACHE_BYTES=64 X86_INTERNODE_CACHE_SHIFT=6 X86_INTERNODE_CACHE_BYTES=64
X86_MINIMUM_CPU_FAMILY=64 PHYSICAL_START=0x1000000 PHYSICAL_ALIGN=0x200000
ILLEGAL_POINTER_VALUE=0xdead000000000000 LOG_BUF_SHIFT=17 BASE_SMALL=0 DEFAULT_MMAP_MIN_ADDR=4096
PANIC_TIMEOUT=0 MESSAGE_LOGLEVEL_DEFAULT=4 CONSOLE_LOGLEVEL_DEFAULT=7 CONSOLE_LOGLEVEL_QUIET=4
FUNCTION_ALIGNMENT=16 FUNCTION_PADDING_CFI=11 FUNCTION_PADDING_BYTES=16 ARCH_MMAP_RND_BITS=28
END
}

# headers_of ID PROVENANCE: sets kernel_flags (array) and headers_from (words) for the headers of
# an extracted kernel. Dies when they cannot be had.
headers_of() {
	local id=$1 dir=$headers_dir/$1 src origin

	src=$(field source "$2")
	origin=$(field origin "$2")
	case $src in
	debian:*)
		dir=$ROOT/build/headers/$id
		debian_headers "$id" "$src" "${origin##* }" "$dir"
		headers_from=$(sed -n 's/^package: //p' "$dir/PROVENANCE" | paste -sd ,)
		headers_from=${headers_from/,/ and }
		kernel_include "$dir/common" "$dir/amd64"
		;;
	*)
		# What was extracted, not where a branch has gone since.
		[[ $origin != 'git commit '* ]] || src=${src%@*}@$(cut -d ' ' -f 3 <<<"$origin")
		copy_tree "$id" "$src" "$dir"
		headers_from="the headers of $src"
		if [[ -f $dir/tree/include/generated/autoconf.h ]]; then
			kernel_include "$dir/tree" "$dir/tree"
		else
			headers_from+=" in a minimal configuration"
			make_generated "$dir/tree" "$dir/generated" "$(field kernel-version-code "$2")"
			kernel_include "$dir/tree" "$dir/generated"
			make_bounds "$dir/tree" "$dir/generated"
		fi
		;;
	esac
	[[ -z $(field patch "$2") ]] || headers_from+=", without the patches"
}

# debian_headers ID SRC VERSION DIR: asks ci/setup for what is missing.
debian_headers() {
	local id=$1 src=$2 version=$3 dir=$4


	[[ -f $dir/PROVENANCE && $(field version "$dir/PROVENANCE") == "$version" ]] && return 0
	"$ROOT/ci/setup" --for fidelity --kernel "$id=$src" >&2 || exit 2
	[[ -f $dir/PROVENANCE ]] || die "$id: ci/setup left no headers in $dir"
	[[ $(field version "$dir/PROVENANCE") == "$version" ]] ||
		die "$id: the headers are those of $(field version "$dir/PROVENANCE"), extracted was" \
			"$version: run ci/extract $id=$src"
}

# kernel_include SOURCE GENERATED: as the kernel's Makefile does it.
kernel_include() {
	local source=$1 made=$2 file

	kernel_flags=(-nostdinc -D__KERNEL__ '-DKBUILD_MODNAME="probe"' -m64 -mno-sse -mcmodel=kernel
		-fno-pic -fno-strict-aliasing -fshort-wchar
		"-I$source/arch/x86/include" "-I$made/arch/x86/include/generated"
		"-I$source/include" "-I$made/include"
		"-I$source/arch/x86/include/uapi" "-I$made/arch/x86/include/generated/uapi"
		"-I$source/include/uapi" "-I$made/include/generated/uapi")
	if [[ -f $source/include/linux/compiler_types.h ]]; then
		kernel_flags+=(-std=gnu11)
	else
		# Before v4.15 compiler.h asks for a file by the compiler's version and <stdarg.h>.
		kernel_flags+=(-std=gnu89 -isystem "$(gcc -print-file-name=include)")
	fi
	! grep -q -e -funsigned-char "$source/Makefile" 2>/dev/null || kernel_flags+=(-funsigned-char)
	for file in linux/compiler-version.h linux/kconfig.h linux/compiler_types.h; do
		[[ ! -f $source/include/$file ]] || kernel_flags+=(-include "$source/include/$file")
	done
	[[ -f $source/include/linux/kconfig.h ]] ||
		kernel_flags+=(-include "$made/include/generated/autoconf.h")
}

# copy_tree ID SRC DIR: the headers of a source that is no package.
copy_tree() {
	local id=$1 src=$2 dir=$3 from=${2#*:} work wanted=(Makefile include arch/x86/include
		kernel/bounds.c)

	# A commit stays what it is.
	[[ $src != git:* || ! -f $dir/SOURCE || $(<"$dir/SOURCE") != "$src" ]] || return 0
	work=$(mktemp -d "$headers_dir/.$id.new.XXXXXX" 2>/dev/null) || die "cannot write $headers_dir"
	on_exit "rm -rf $(printf %q "$work")"
	mkdir "$work/tree"
	progress "$id: copying the headers of $src"
	case $src in
	tree:*)
		(cd "$from" && tar -cf - --ignore-failed-read "${wanted[@]}" 2>/dev/null) |
			tar -xf - -C "$work/tree" || die "$id: cannot copy the headers of $src"
		;;
	git:*)
		mapfile -t wanted < <(git -C "${from%@*}" ls-tree --name-only "${from##*@}" \
			"${wanted[@]}" 2>/dev/null)
		git -C "${from%@*}" archive -o "$work/tar" "${from##*@}" "${wanted[@]}" 2>/dev/null ||
			die "$id: cannot read the headers of $src"
		tar -xf "$work/tar" -C "$work/tree" && rm "$work/tar"
		;;
	tar:*)
		# At the top or one folder down.
		tar -xf "$from" -C "$work/tree" --anchored --wildcards --no-wildcards-match-slash \
			"${wanted[@]}" "${wanted[@]/#/*/}" 2>/dev/null || :
		if [[ ! -d $work/tree/include ]]; then
			mv "$work/tree" "$work/top"
			mv "$work/top"/* "$work/tree" 2>/dev/null || :
			rm -rf "$work/top"
		fi
		;;
	esac
	[[ -d $work/tree/include && -d $work/tree/arch/x86/include ]] ||
		die "$id: $src has no include/ and arch/x86/include/"
	echo "$src" >"$work/SOURCE"
	rm -rf "$dir"
	mv -T "$work" "$dir"
}

# make_generated TREE OUT CODE: the configuration, the version, and asm/X.h for asm-generic/X.h where
# x86 has none.
make_generated() {
	local tree=$1 out=$2 word name level

	mkdir -p "$out/include/generated" "$out/arch/x86/include/generated/uapi/asm" \
		"$out/arch/x86/include/generated/asm" "$out/include/linux" \
		"$out/include/generated/uapi/linux"
	for word in $(minimal_config); do
		name=${word%%=*}
		[[ $word == *=* ]] && word=${word#*=} || word=1
		echo "#define CONFIG_$name $word"
	done >"$out/include/generated/autoconf.h"
	echo "#define LINUX_VERSION_CODE $3" | tee "$out/include/linux/version.h" \
		>"$out/include/generated/uapi/linux/version.h"
	for name in asm-offsets bounds timeconst utsrelease; do
		: >"$out/include/generated/$name.h"
	done
	for level in '' uapi/; do
		for name in "$tree/include/${level}asm-generic"/*.h; do
			name=${name##*/}
			[[ -e $tree/arch/x86/include/${level}asm/$name ]] ||
				echo "#include <asm-generic/$name>" \
					>"$out/arch/x86/include/generated/${level}asm/$name"
		done
	done
	# Tables of system calls, of which nothing here wants an entry.
	for name in unistd_64 unistd_32 unistd_x32 unistd_64_x32 unistd_32_ia32; do
		[[ -e $tree/arch/x86/include/asm/$name.h ]] ||
			: >"$out/arch/x86/include/generated/asm/$name.h"
	done
	# compiler.h of old kernels wants compiler-gccN.h for the N of this compiler.
	if [[ -f $tree/include/linux/compiler-gcc4.h ]]; then
		echo '#include <linux/compiler-gcc4.h>' \
			>"$out/include/linux/compiler-gcc$(gcc -dumpversion | cut -d . -f 1).h"
	fi
}

# make_bounds TREE OUT: generated/bounds.h, as Kbuild makes it from kernel/bounds.c.
make_bounds() {
	[[ -f $1/kernel/bounds.c ]] || return 0
	gcc "${kernel_flags[@]}" -w -S -O2 -o "$2/bounds.s" "$1/kernel/bounds.c" 2>"$2/said" ||
		return 0
	sed -n 's/^[^-]*->\([A-Z_]*\) \$*\([-0-9]*\) .*/#define \1 \2/p' "$2/bounds.s" \
		>"$2/include/generated/bounds.h"
}
