/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entry (multiboot 1, an ELF image) and exit (the 32-bit boot protocol of boot.rst) of the loader.
 */
#define MULTIBOOT_MAGIC		0x1badb002
#define MULTIBOOT_FLAGS		1		/* modules begin at a page */

	.section .text.start, "ax"
	.code32
	.balign	4
	.long	MULTIBOOT_MAGIC
	.long	MULTIBOOT_FLAGS
	.long	-(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)

	.globl	start
start:
	cli
	cld
	movl	$stack_end, %esp
	pushl	%ebx				/* multiboot_info */
	call	load				/* returns the kernel's entry */
	movl	%eax, %edx

	/* Flat segments: code is selector 0x10, data 0x18. */
	lgdt	gdt_pointer
	ljmp	$0x10, $1f
1:	movl	$0x18, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %fs
	movl	%eax, %gs
	movl	%eax, %ss
	movl	boot_params_at, %esi
	xorl	%ebx, %ebx
	xorl	%ebp, %ebp
	xorl	%edi, %edi
	jmp	*%edx

	.balign	8
gdt:
	.quad	0
	.quad	0
	.quad	0x00cf9a000000ffff
	.quad	0x00cf92000000ffff
gdt_pointer:
	.word	gdt_pointer - gdt - 1
	.long	gdt

	.bss
	.balign	16
	.skip	4096
stack_end:

	.section .note.GNU-stack, "", @progbits
