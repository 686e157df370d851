/* SPDX-License-Identifier: GPL-2.0-only */
/* What the sanitizers are told, and nothing where they are off. */
#ifndef SHIM_SANITIZER_H
#define SHIM_SANITIZER_H

#include <stddef.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if __has_feature(address_sanitizer) || defined(__SANITIZE_ADDRESS__)
#define SHIM_ASAN 1
#endif
#if __has_feature(memory_sanitizer)
#define SHIM_MSAN 1
#endif

#ifdef SHIM_ASAN
void __asan_handle_no_return(void);
void __asan_get_shadow_mapping(size_t *scale, size_t *offset);
void __asan_poison_memory_region(const volatile void *at, size_t size);
void __asan_unpoison_memory_region(const volatile void *at, size_t size);
#endif
#ifdef SHIM_MSAN
void __msan_poison(const volatile void *at, size_t size);
void __msan_unpoison(const volatile void *at, size_t size);
void __msan_check_mem_is_initialized(const volatile void *at, size_t size);
#endif

/* Does shim_forbid() do anything? */
#ifdef SHIM_ASAN
#define SHIM_FORBIDS 1
#else
#define SHIM_FORBIDS 0
#endif

/* Frames are about to be left by a jump. */
static inline void shim_no_return(void)
{
#ifdef SHIM_ASAN
	__asan_handle_no_return();
#endif
}

/* Nobody may touch this memory until shim_allow(). */
static inline void shim_forbid(void *at, size_t size)
{
#ifdef SHIM_ASAN
	__asan_poison_memory_region(at, size);
#endif
	(void)at;
	(void)size;
}

static inline void shim_allow(void *at, size_t size)
{
#ifdef SHIM_ASAN
	__asan_unpoison_memory_region(at, size);
#endif
	(void)at;
	(void)size;
}

/* What this memory holds is undefined, or defined, whoever wrote it. */
static inline void shim_undefined(void *at, size_t size)
{
#ifdef SHIM_MSAN
	__msan_poison(at, size);
#endif
	(void)at;
	(void)size;
}

static inline void shim_defined(void *at, size_t size)
{
#ifdef SHIM_MSAN
	__msan_unpoison(at, size);
#endif
	(void)at;
	(void)size;
}

/* This is looked at: where it is undefined, here is where that shows. */
static inline void shim_looked_at(const void *at, size_t size)
{
#ifdef SHIM_MSAN
	__msan_check_mem_is_initialized(at, size);
#endif
	(void)at;
	(void)size;
}

#endif
