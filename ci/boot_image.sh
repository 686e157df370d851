# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154,SC2034 # the variables are those of ci/boot
#
# For ci/boot: a kernel's image, Debian's of the same version as the source. It is downloaded and
# unpacked into build/images/ID, not installed; only the image itself is kept.

image_log=$ROOT/build/boot.log

# image_of ID: sets image (a file), image_version and image_name. Dies when it cannot be had.
image_of() {
	local id=$1 dir=$images/$1

	image_version=$(source_version "$id")
	if [[ ! -f $dir/PROVENANCE ]] || ! grep -qxF "version: $image_version" "$dir/PROVENANCE"; then
		get_image "$id" "$image_version" "$dir"
	fi
	image=$dir/vmlinuz
	image_name=$(sed -n 's/^package: \([^ ]*\).*/\1/p' "$dir/PROVENANCE")
	[[ -r $image ]] || die "$id: build/images/$id has no vmlinuz; remove that folder"
}

# The package version of a kernel: that of what was extracted, or of the installed source.
source_version() {
	local id=$1 provenance=$build/extracted/$1/PROVENANCE source origin version=

	if [[ -f $provenance ]]; then
		source=$(sed -n 's/^source: //p' "$provenance")
		origin=$(sed -n 's/^origin: package [^ ]* //p' "$provenance")
		[[ -n $origin ]] || die "$id: its source is $source, and Debian has images of its own" \
			"kernels alone; give a bzImage of it: --image FILE"
		echo "$origin"
		return
	fi
	kernel_split "$id"
	[[ $KERNEL_SRC == debian:* ]] || die "kernel $id is not at hand: run ci/extract $id"
	# shellcheck disable=SC2016 # dpkg-query's own ${}
	version=$(dpkg-query -W -f '${Version}' "linux-source-${KERNEL_SRC#debian:}" 2>/dev/null) || :
	[[ -n $version ]] || die "kernel $id is not at hand: run ci/extract $id"
	echo "$version"
}

# Debian's name of an image holds an ABI number, so it is found by its version.
image_package() {
	local names

	mapfile -t names < <(apt-cache search --names-only '^linux-image-[0-9].*-amd64-unsigned$' |
		cut -d ' ' -f 1 | grep -Ev -- '-(rt|cloud)-amd64-unsigned$')
	((${#names[@]})) || return 0
	apt-cache show "${names[@]}" 2>/dev/null | awk -v version="$1" '
		$1 == "Package:" { name = $2 }
		$1 == "Version:" && $2 == version && found == "" { found = name }
		END { print found }'
}

unpack_image() {
	{ dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --wildcards './boot/vmlinuz-*'; } 2>"$image_log"
}

download() {
	exec apt-get -q -o APT::Sandbox::User="$(id -un)" download "$1" >"$image_log" 2>&1 </dev/null
}

# Downloaded and unpacked in a new folder, which then takes its place.
get_image() {
	local id=$1 version=$2 dir=$3 package work file

	for tool in apt-get dpkg-deb tar; do
		command -v "$tool" >/dev/null ||
			die "$tool is missing: Debian's images can be had on Debian; elsewhere: --image FILE"
	done
	package=$(image_package "$version")
	[[ -n $package ]] || die "apt has no linux-image of version $version, which $id is;" \
		"try: sudo apt-get update"
	mkdir -p "$images" 2>/dev/null || die "cannot make $images"
	work=$(mktemp -d "$images/.$id.new.XXXXXX") || die "cannot write $images"
	on_exit "rm -rf $(printf %q "$work")"
	progress "$id: downloading $package (about 100 MB)"
	cd "$work" || return
	attend download "$package=$version" ||
		die "$id: the download of $package failed: $(tail -n 1 "$image_log")"
	mkdir all new
	file=$(echo "$package"_*.deb)
	progress "$id: unpacking $package"
	{ attend unpack_image "$file" all && mv all/boot/vmlinuz-* new/vmlinuz 2>/dev/null; } ||
		die "$id: cannot unpack $package: $(head -n 1 "$image_log")"
	cat >new/PROVENANCE <<EOF
id: $id
version: $version
package: $package $version
sha256: $(sha256sum <new/vmlinuz | cut -d ' ' -f 1)
EOF
	chmod 755 new
	cd "$ROOT" || return
	rm -rf "$dir"
	mv -T "$work/new" "$dir"
	rm -rf "$work"
	say "$id: the image of $package is in $(shown "$dir")"
}
