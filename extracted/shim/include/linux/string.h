/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_STRING_H
#define SHIM_LINUX_STRING_H

#include <linux/slab.h>
#include <linux/types.h>

/* Not libc's header: its nonnull marks would make a null pointer with size 0 undefined. */
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
void *memchr(const void *s, int c, size_t size);
int memcmp(const void *a, const void *b, size_t size);
size_t strlen(const char *s);
char *strchr(const char *s, int c);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t size);
char *strncpy(char *to, const char *from, size_t size);
char *strstr(const char *s, const char *part);
long sized_strscpy(char *to, const char *from, size_t size);
/* Not the name of libc's own: a unit test links both. */
int isspace(int c) __asm__("shim_isspace");

#define strscpy(to, from)	sized_strscpy(to, from, sizeof(to))

#endif
