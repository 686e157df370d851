# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the variables are those of ci/extract
#
# Kernel sources for ci/extract, which reads this file: fetch_KIND PATH... copies those of PATHs
# that exist from the source $src into $raw, and sets origin to where they came from. Before the
# work begins it calls skip_if_current with what identifies the source's content, if anything
# cheap does.

fetch_tree() {
	local dir=${src#tree:} path

	[[ -d $dir ]] || die "source '$src': $dir is no directory"
	origin="tree $(cd "$dir" && pwd -P)"
	for path in "$@"; do
		[[ -e $dir/$path ]] || continue
		[[ -f $dir/$path && -r $dir/$path ]] || die "cannot read $dir/$path"
		copy_file "$dir/$path" "$raw/$path"
	done
}

# What ci/extract has left in a folder, for another id: with patches on top, without its source.
fetch_copy() {
	local dir=${src#copy:} path text

	[[ -r $dir/PROVENANCE ]] || die "source '$src': $dir is not what ci/extract has left"
	# by its files: who edits them there wants to see it
	text=$(cd "$dir" && { sha256sum PROVENANCE "$@" 2>/dev/null || :; } | hash_of /dev/stdin)
	skip_if_current "$text"
	origin=$(sed -n 's/^origin: //p' "$dir/PROVENANCE")
	for path in "$@"; do
		[[ ! -f $dir/$path ]] || copy_file "$dir/$path" "$raw/$path"
	done
	text=$(sed -n 's/^version: //p' "$dir/PROVENANCE")
	[[ $text =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)(.*)$ ]] ||
		die "source '$src': $dir/PROVENANCE tells no version"
	printf '%s = %s\n' VERSION "${BASH_REMATCH[1]}" PATCHLEVEL "${BASH_REMATCH[2]}" \
		SUBLEVEL "${BASH_REMATCH[3]}" EXTRAVERSION "${BASH_REMATCH[4]}" >"$raw/Makefile"
}

fetch_git() {
	local spec=${src#git:} dir="" rev="" head commit path mode type object

	# Both DIR and REV may hold an @ of their own: DIR is what exists.
	head=$spec
	while [[ $head == *@* ]]; do
		head=${head%@*}
		[[ -d $head ]] && dir=$head && rev=${spec#"$head"@}
	done
	[[ -n $dir ]] || die "source '$src': ${spec%%@*} is no directory"
	dir=$(cd "$dir" && pwd -P)
	# Not a repository that DIR merely lies in.
	export GIT_CEILING_DIRECTORIES=${dir%/*}
	git -C "$dir" rev-parse --git-dir >/dev/null 2>"$work/err" ||
		die "source '$src': $dir is no git repository ($(head -n 1 "$work/err"))"
	commit=$(git -C "$dir" rev-parse --verify --quiet --end-of-options "$rev^{commit}") ||
		die "source '$src': $dir has no revision '$rev'"
	skip_if_current "$dir $commit"
	origin="git commit $commit in $dir"
	while read -r mode type object path; do
		[[ $type == blob && $mode != 120000 ]] ||
			die "source '$src': $path is no regular file in $rev"
		make_dir "$raw/$path"
		git -C "$dir" cat-file blob "$object" >"$raw/$path" 2>"$work/err" ||
			cannot_write "$work/err"
	done < <(git -C "$dir" ls-tree "$commit" -- "$@")
}

fetch_tar() {
	local file=${src#tar:} hash _

	[[ -e $file ]] || die "source '$src': there is no file $file"
	[[ ! -d $file && -r $file ]] || die "source '$src': cannot read $file"
	file=$(readlink -f "$file")
	if [[ -f $file ]]; then
		skip_if_current "$file $(stat -c '%i %s %y' "$file")"
		read -r hash _ < <(sha256sum "$file")
	fi
	origin="tarball ${file##*/}${hash:+ sha256 $hash}"
	unpack "$file" '' "$@"
}

fetch_debian() {
	local version=${src#debian:} package file state

	package=linux-source-$version
	file=/usr/src/$package.tar.xz
	# shellcheck disable=SC2016 # dpkg-query's own ${}
	state=$(dpkg-query -W -f '${db:Status-Status} ${Version}' "$package" 2>/dev/null) || state=
	[[ $state == 'installed '* && -r $file ]] ||
		die "package $package is not installed: sudo apt-get install $package"
	skip_if_current "${state#installed } $(stat -c '%s %y' "$file")"
	origin="package $package ${state#installed }"
	unpack "$file" "$package" "$@"
}

# unpack FILE TOP PATH...: TOP is the folder in the tarball, if known; else PATHs may lie at
# the top or one folder down, after ./ or not. One pass over the archive either way.
unpack() {
	local file=$1 top=$2 names=() line path holder found=
	shift 2

	for path in "$@"; do
		if [[ -n $top ]]; then
			names+=("$top/$path")
		else
			names+=("$path" "*/$path" "./*/$path")
		fi
	done
	unpack_size=0
	[[ ! -f $file ]] || unpack_size=$(stat -c %s "$file")
	mkdir "$work/tar" 2>"$work/err" || cannot_write "$work/err"
	if ! ATTEND_TICK=unpack_progress attend unpack_run "$file" "${names[@]}"; then
		line=$(grep -v -e ': Not found in archive' -e 'Exiting with failure status' \
			-e 'Child returned status' "$work/err" | head -n 1) || :
		case $line in
		'') ;; # only that some files are not in it
		*'does not look like a tar archive'*)
			die "source '$src': $file is no tar archive"
			;;
		*'No space left'* | *'Cannot write'* | *'Cannot open'* | *'Cannot mkdir'*)
			die "cannot write to $out: ${line##*: }"
			;;
		*)
			die "source '$src': cannot read $file: ${line#tar: }"
			;;
		esac
	fi
	for holder in "$work/tar" "$work/tar"/*/; do
		for path in "${paths[@]}"; do
			[[ -e $holder/$path || -L $holder/$path ]] || continue
			[[ -z $found || $found == "$holder" ]] ||
				die "source '$src': $file holds more than one tree: ${found##*tar/}," \
					"${holder##*tar/}"
			found=$holder
		done
		[[ $found != "$work/tar" ]] || break
	done
	for path in "$@"; do
		[[ -n $found && (-e $found/$path || -L $found/$path) ]] || continue
		[[ -f $found/$path && ! -L $found/$path ]] ||
			die "source '$src': $path is no regular file in $file"
		copy_file "$found/$path" "$raw/$path"
	done
}

# Runs in the background: exec, so that what is killed is tar itself. XZ_OPT: both of Debian's
# tarballs are made of blocks, which xz unpacks in parallel.
unpack_run() {
	local file=$1 packed=
	shift

	packed=$(packed_with "$file")
	exec 9>&- # the lock ends with the script, even if a decompressor hangs on
	XZ_OPT=-T0 exec tar -x ${packed:+"$packed"} -f - -C "$work/tar" --touch \
		--no-same-owner --no-same-permissions \
		--wildcards --no-wildcards-match-slash -- "$@" <"$file" 2>"$work/err"
}

# tar detects compression in files alone, not in what comes through a pipe.
packed_with() {
	local magic=

	[[ ! -f $1 ]] || magic=$(head -c 6 "$1" | od -An -tx1 | tr -d ' \n')
	case $magic:$1 in
	fd377a585a00:* | :*xz) echo --xz ;;
	1f8b*:* | :*gz) echo --gzip ;;
	425a68*:* | :*bz2) echo --bzip2 ;;
	28b52ffd*:* | :*zst) echo --zstd ;;
	4c5a4950*:* | :*lz) echo --lzip ;;
	5d0000*:* | :*lzma) echo --lzma ;;
	04224d18*:* | :*lz4) echo --use-compress-program=lz4 ;;
	esac
}

unpack_progress() {
	local at

	at=$(sed -n 's/^pos:[[:space:]]*//p' "/proc/$1/fdinfo/0" 2>/dev/null) || return 0
	[[ -n $at && $unpack_size -gt 0 ]] || return 0
	progress "$id: reading $src ($((at * 100 / unpack_size)) %)"
}
