// SPDX-License-Identifier: GPL-2.0-only
/* printf as the kernel knows it: C's integer, string and character formats, L for ll, %p. */
#include <stdarg.h>
#include <stdbool.h>

#include "shim.h"

unsigned int shim_phys_bytes = sizeof(uint64_t);

struct spec {
	bool alternate, zero, left, plus, space, upper;
	int width, precision;		/* precision -1: none given */
	char length;			/* 0, H (hh), h, l, L (ll, L, q), z */
};

struct sink {
	char *at, *end;
};

static void put(struct sink *s, char c)
{
	if (s->at < s->end)
		*s->at++ = c;
}

static void pad(struct sink *s, char c, int n)
{
	while (n-- > 0)
		put(s, c);
}

static int take_number(const char **fmt)
{
	int n = 0;

	while (**fmt >= '0' && **fmt <= '9' && n < 10000)
		n = n * 10 + *(*fmt)++ - '0';
	return n;
}

static void take_flags(const char **fmt, struct spec *spec)
{
	for (;; (*fmt)++) {
		switch (**fmt) {
		case '#': spec->alternate = true; break;
		case '0': spec->zero = true; break;
		case '-': spec->left = true; break;
		case '+': spec->plus = true; break;
		case ' ': spec->space = true; break;
		default: return;
		}
	}
}

static void take_length(const char **fmt, struct spec *spec)
{
	char c = **fmt;

	switch (c) {
	case 'h':
	case 'l':
		(*fmt)++;
		spec->length = c;
		if (**fmt == c) {
			(*fmt)++;
			spec->length = c == 'h' ? 'H' : 'L';
		}
		break;
	case 'L':
	case 'q':
		(*fmt)++;
		spec->length = 'L';
		break;
	case 'z':
	case 't':
		(*fmt)++;
		spec->length = 'z';
		break;
	}
}

/* Digits of @v into the end of @buf; returns the first. */
static char *digits(char *end, uint64_t v, unsigned int base, bool upper)
{
	const char *hex = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	if (base == 16) {
		for (; v; v >>= 4)
			*--end = hex[v & 15];
	} else {
		for (; v; v /= base)
			*--end = hex[v % base];
	}
	return end;
}

static void put_number(struct sink *s, const struct spec *spec, uint64_t v, unsigned int base,
		       char sign)
{
	char buf[24], *end = buf + sizeof(buf), *d = digits(end, v, base, spec->upper);
	const char *prefix = spec->alternate && base == 16 ? spec->upper ? "0X" : "0x" :
			     spec->alternate && base == 8 && v ? "0" : "";
	int prefix_len = prefix[0] ? 1 + !!prefix[1] : 0;
	int least = spec->precision < 0 ? 1 : spec->precision;	/* digits at least */
	int zeros = least > end - d ? least - (end - d) : 0;
	int room = spec->width - !!sign - prefix_len - zeros - (int)(end - d);

	if (spec->zero && !spec->left && spec->precision < 0 && room > 0) {
		zeros += room;
		room = 0;
	}
	if (!spec->left)
		pad(s, ' ', room);
	if (sign)
		put(s, sign);
	for (; *prefix; prefix++)
		put(s, *prefix);
	pad(s, '0', zeros);
	while (d < end)
		put(s, *d++);
	if (spec->left)
		pad(s, ' ', room);
}

static void put_string(struct sink *s, const struct spec *spec, const char *str)
{
	int len = 0;

	if (!str)
		str = "(null)";
	while ((spec->precision < 0 || len < spec->precision) && str[len])
		len++;
	if (!spec->left)
		pad(s, ' ', spec->width - len);
	for (int i = 0; i < len; i++)
		put(s, str[i]);
	if (spec->left)
		pad(s, ' ', spec->width - len);
}

static int64_t cut_signed(int64_t v, char length)
{
	return length == 'H' ? (signed char)v : length == 'h' ? (short)v : v;
}

static uint64_t cut_unsigned(uint64_t v, char length)
{
	return length == 'H' ? (unsigned char)v : length == 'h' ? (unsigned short)v : v;
}

/*
 * %p and the letters behind it: the address itself, except for %pa, which is the value of a
 * phys_addr_t. Symbols are not looked up.
 */
static void put_pointer(struct sink *s, struct spec *spec, const char **fmt, const void *p)
{
	uint64_t v = (uintptr_t)p;

	spec->precision = 16;
	if (**fmt == 'a') {
		(*fmt)++;
		if (**fmt == 'p' || **fmt == 'd')
			(*fmt)++;
		v = shim_phys_bytes == 4 ? *(const uint32_t *)p : *(const uint64_t *)p;
		spec->precision = 2 * shim_phys_bytes;
	} else {
		while ((**fmt >= 'a' && **fmt <= 'z') || (**fmt >= 'A' && **fmt <= 'Z'))
			(*fmt)++;
	}
	spec->alternate = true;
	put_number(s, spec, v, 16, 0);
}

char *shim_format(char *at, char *end, const char *fmt, va_list given)
{
	struct sink s = { at, end };
	va_list args;

	va_copy(args, given);	/* a va_list parameter cannot be used by reference */
	while (*fmt) {
		struct spec spec = { .precision = -1 };
		unsigned int base = 10;
		int64_t v;
		char c;

		if (*fmt != '%') {
			put(&s, *fmt++);
			continue;
		}
		fmt++;
		take_flags(&fmt, &spec);
		spec.width = *fmt == '*' ? fmt++, va_arg(args, int) : take_number(&fmt);
		if (spec.width < 0) {
			spec.left = true;
			spec.width = -spec.width;
		}
		if (*fmt == '.') {
			fmt++;
			spec.precision = *fmt == '*' ? fmt++, va_arg(args, int) : take_number(&fmt);
		}
		take_length(&fmt, &spec);
		c = *fmt;
		if (c)
			fmt++;
		switch (c) {
		case 'd':
		case 'i':
			v = spec.length == 'L' ? va_arg(args, long long) :
			    spec.length == 'l' || spec.length == 'z' ? va_arg(args, long) :
			    cut_signed(va_arg(args, int), spec.length);
			put_number(&s, &spec, v < 0 ? -(uint64_t)v : (uint64_t)v, 10,
				   v < 0 ? '-' : spec.plus ? '+' : spec.space ? ' ' : 0);
			break;
		case 'X':
			spec.upper = true;
			/* fall through */
		case 'x':
			base = 16;
			/* fall through */
		case 'o':
			if (c == 'o')
				base = 8;
			/* fall through */
		case 'u':
			v = spec.length == 'L' ? va_arg(args, unsigned long long) :
			    spec.length == 'l' || spec.length == 'z' ? va_arg(args, unsigned long) :
			    cut_unsigned(va_arg(args, unsigned int), spec.length);
			put_number(&s, &spec, v, base, 0);
			break;
		case 'c':
			pad(&s, ' ', spec.left ? 0 : spec.width - 1);
			put(&s, va_arg(args, int));
			pad(&s, ' ', spec.left ? spec.width - 1 : 0);
			break;
		case 's':
			put_string(&s, &spec, va_arg(args, const char *));
			break;
		case 'p':
			put_pointer(&s, &spec, &fmt, va_arg(args, const void *));
			break;
		case '%':
			put(&s, '%');
			break;
		default:
			/* its arguments are unknown, so that nothing behind it makes sense */
			put_string(&s, &(struct spec){ .precision = -1 }, "%?");
			fmt = "";
			break;
		}
	}
	va_end(args);
	return s.at;
}
