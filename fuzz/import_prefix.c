// SPDX-License-Identifier: GPL-2.0-only
/* What stands before a kernel's message: time stamps, levels, syslog, mail quoting, colours. */
#include <ctype.h>
#include <string.h>

#include "import.h"

/* ESC [ ... m, as dmesg and journalctl colour their lines. */
static void strip_colours(char *line)
{
	char *to = line;

	for (const char *p = line; *p; p++) {
		const char *end = p + 2;

		if (*p == '\033' && p[1] == '[') {
			end += strspn(end, "0123456789;");
			if (*end == 'm' || *end == 'K') {
				p = end;
				continue;
			}
		}
		*to++ = *p;
	}
	*to = '\0';
}

static char *after_digits(char *p)
{
	return p + strspn(p, "0123456789");
}

/*
 * A time stamp, or a thread's: "[    0.000000]", "[    0.000000@1]", "[    T0]", "[Fri Nov 22
 * 10:00:00 2024]", "[2024-11-22 10:00:00]". A range is none: it has neither point nor colon.
 */
static char *stamp(char *p)
{
	char *end, *q;

	if (*p != '[')
		return NULL;
	end = strchr(p, ']');
	if (!end || end - p > 40)
		return NULL;
	q = p + 1 + strspn(p + 1, " ");
	if (end == p + 17 && strspn(p + 1, "0123456789abcdef") == 16)
		return end + 1;		/* Xen's console_timestamps=raw */
	if ((*q == 'T' || *q == 'C') && after_digits(q + 1) == end && q + 1 < end)
		return end + 1;
	for (q = p + 1; q < end && *q != ','; q++)
		if ((*q == '.' || *q == ':') && isdigit((unsigned char)q[1]) &&
		    isdigit((unsigned char)q[-1]))
			return end + 1;
	return NULL;
}

static char *level(char *p)
{
	char *end = after_digits(p + 1);

	return *p == '<' && end > p + 1 && *end == '>' ? end + 1 : NULL;
}

static char *word(char *p, const char *set)
{
	return p + strcspn(p, set);
}

/* dmesg -x: "kern  :info  : " */
static char *facility(char *p)
{
	char *q = word(p, " :[");

	if (q - p < 3 || q - p > 8)
		return NULL;
	q += strspn(q, " ");
	if (*q != ':' || !islower((unsigned char)q[1]))
		return NULL;
	q = word(q + 1, " :[");
	q += strspn(q, " ");
	return *q == ':' && q[1] == ' ' ? q + 1 : NULL;
}

static bool has_clock(const char *p, const char *end)
{
	for (; p + 8 <= end; p++)
		if (isdigit((unsigned char)p[0]) && isdigit((unsigned char)p[1]) && p[2] == ':' &&
		    isdigit((unsigned char)p[3]) && isdigit((unsigned char)p[4]) && p[5] == ':' &&
		    isdigit((unsigned char)p[6]))
			return true;
	return false;
}

/*
 * "Nov 22 10:00:00 host kernel: ", "2024-11-22T10:00:00+01:00 host kernel: ", "host kernel: "; also
 * "kernel[0]: " and RFC 5424's "kernel - - - ".
 */
static char *after_kernel(char *k)
{
	k += strlen(" kernel");
	if (!strncmp(k, " - - - ", 7))
		return k + 7;
	if (*k == '[') {
		k = after_digits(k + 1);
		if (*k++ != ']')
			return NULL;
	}
	return strncmp(k, ": ", 2) ? NULL : k + 2;
}

static char *syslog(char *p)
{
	char *k = strstr(p, " kernel"), *end = k ? after_kernel(k) : NULL;

	if (!end || k - p > 128)
		return NULL;
	if (word(p, " ") != k && !has_clock(p, k))
		return NULL;
	return end;
}

/* A guest's console in the hypervisor's log, "HVM4: " or "(d1) ": it is the guest that speaks. */
static char *guest(char *p, bool *xen)
{
	char *end = NULL;

	if (!strncmp(p, "HVM", 3) && *xen) {
		end = after_digits(p + 3);
		end = end > p + 3 && *end == ':' ? end + 1 : NULL;
	} else if (!strncmp(p, "(d", 2)) {
		end = after_digits(p + 2);
		end = end > p + 2 && *end == ')' ? end + 1 : NULL;
	}
	if (end)
		*xen = false;
	return end;
}

/* "Nov 22 10:00:00.123456 " */
static char *date(char *p)
{
	char *day = word(p, " "), *clock, *end;

	if (day != p + 3 || !isupper((unsigned char)*p))
		return NULL;
	day += strspn(day, " ");
	clock = after_digits(day);
	if (clock == day || *clock != ' ')
		return NULL;
	clock++;
	end = word(clock, " ");
	if (!*end || !has_clock(clock, end))
		return NULL;
	day = word(end + 1, " ");	/* a host's name may be between */
	return strncmp(day, " (XEN)", 6) ? end : day + 1;
}

/* "2024-11-22 10:00:00 ", "10:00:00.123 ": of terminal programs */
static char *clock_time(char *p)
{
	char *at = p + strspn(p, "0123456789-"), *end;

	if (!isdigit((unsigned char)*p))
		return NULL;
	at = *at == ' ' && at - p == 10 ? at + 1 : p;
	end = at + strspn(at, "0123456789:.,");
	return *end == ' ' && has_clock(at, end) ? end : NULL;
}

/* /dev/kmsg: "6,123,0,-;" */
static char *record(char *p)
{
	for (unsigned int i = 0; i < 3; i++) {
		char *end = after_digits(p);

		if (end == p || *end != ',')
			return NULL;
		p = end + 1;
	}
	p = word(p, "; ");
	return *p == ';' ? p + 1 : NULL;
}

char *import_message(char *line, bool *xen)
{
	char *p = line, *next;

	strip_colours(line);
	*xen = false;
	for (;;) {
		char *q = p + strspn(p, " \t");

		if (*q == '>' || *q == '|' || (*q == '+' && q[1] == '[')) {
			q++;
			p = q + (*q == ' ');
			continue;
		}
		if (!strncmp(q, "(XEN)", 5)) {
			*xen = true;
			p = q + 5;
			continue;
		}
		next = stamp(q);
		if (!next)
			next = level(q);
		if (!next)
			next = facility(q);
		if (!next)
			next = syslog(q);
		if (!next)
			next = date(q);
		if (!next)
			next = guest(q, xen);
		if (!next)
			next = clock_time(q);
		if (!next)
			next = record(q);
		if (!next && !strncmp(q, "e820: BIOS-e820:", 16))
			next = q + 6;
		if (!next)
			return p;
		p = next;
	}
}
