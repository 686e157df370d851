/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's code is taken as it is: warnings that it does not silence itself are off around
 * it. What must not be overlooked (a function that nobody declared) is an error everywhere, by
 * the flags in extracted/CMakeLists.txt.
 */
#ifndef SHIM_KERNEL_CODE_H
#define SHIM_KERNEL_CODE_H

#define KERNEL_CODE_BEGIN						\
	_Pragma("GCC diagnostic push")					\
	_Pragma("GCC diagnostic ignored \"-Wpragmas\"")			\
	_Pragma("GCC diagnostic ignored \"-Wunknown-warning-option\"")	\
	_Pragma("GCC diagnostic ignored \"-Wsign-compare\"")		\
	_Pragma("GCC diagnostic ignored \"-Wunused-parameter\"")	\
	_Pragma("GCC diagnostic ignored \"-Wunused-function\"")		\
	_Pragma("GCC diagnostic ignored \"-Wunused-variable\"")		\
	_Pragma("GCC diagnostic ignored \"-Wunused-but-set-variable\"")	\
	_Pragma("GCC diagnostic ignored \"-Wuninitialized\"")		\
	_Pragma("GCC diagnostic ignored \"-Wmaybe-uninitialized\"")	\
	_Pragma("GCC diagnostic ignored \"-Wsometimes-uninitialized\"")	\
	_Pragma("GCC diagnostic ignored \"-Wpointer-sign\"")		\
	_Pragma("GCC diagnostic ignored \"-Wempty-body\"")		\
	_Pragma("GCC diagnostic ignored \"-Wimplicit-fallthrough\"")	\
	_Pragma("GCC diagnostic ignored \"-Wmissing-field-initializers\"") \
	_Pragma("GCC diagnostic ignored \"-Wtype-limits\"")		\
	_Pragma("GCC diagnostic ignored \"-Waddress-of-packed-member\"") \
	_Pragma("GCC diagnostic ignored \"-Wformat-security\"")

#define KERNEL_CODE_END	_Pragma("GCC diagnostic pop")

#endif
