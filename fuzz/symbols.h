/* SPDX-License-Identifier: GPL-2.0-only */
/* Which function of a kernel lies at an address of this program: its own symbol table, no tool. */
#ifndef FUZZ_SYMBOLS_H
#define FUZZ_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * symbols_kernel() - the kernel's function that an instruction is of
 * @name: receives it, cut to @size - 1 bytes; what compilers append (".part.0", ".cold") is left out
 * @offset: of the instruction in this program's file as it is mapped: address less load address, or
 *	address where the program is linked to a fixed one
 *
 * Kernel code is all in sections called kernel_text (extracted/link-subject): neither wrappers nor
 * shims are there.
 * Return: false when it is no function of a kernel, or the program has no symbols.
 */
bool symbols_kernel(char *name, size_t size, uint64_t offset);

/* The offset of an address of this process. */
uint64_t symbols_offset(uintptr_t address);

/* Is @path, @len bytes, this program's file, as sanitizers name it? */
bool symbols_is_own_path(const char *path, size_t len);

#endif
