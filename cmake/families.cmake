# SPDX-License-Identifier: GPL-2.0-only
# All families of ops. Scripts read this line, too: known_families in ci/lib.sh.
set(FAMILIES range e820 early_res memblock boot)
