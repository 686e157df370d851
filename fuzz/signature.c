// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "signature.h"

#define V(a, b, c)	(((a) << 16) + ((b) << 8) + (c))

/* Is what is called @today still called by its old name? */
static bool by_old_name(const char *today, uint32_t version)
{
	return version < (strstr(today, "e820__") ? V(4, 12, 0) : V(2, 6, 37));
}

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The first word of @text; what cannot be in a name of C (a path's slashes) becomes a dash. */
static void first_word(char *out, size_t size, const char *text)
{
	size_t n = 0;

	while (*text && !in_name(*text))
		text++;
	for (; (in_name(*text) || *text == '/') && n + 1 < size; text++)
		out[n++] = in_name(*text) ? *text : '-';
	out[n] = 0;
}

void kernel_function(char *out, size_t size, const struct family *f, uint8_t id, uint32_t version)
{
	const struct op_desc *d = family_op(f, id);
	const char *call = d && d->call ? d->call : "";

	if (d && d->call_old && by_old_name(call, version))
		call = d->call_old;
	first_word(out, size, call);
}

void signature_of(struct signature *sig, const struct subject *subject, const struct scenario *s,
		  const struct verdict *v)
{
	memset(sig, 0, sizeof(*sig));
	sig->kind = v->kind;
	sig->subject = subject;
	if (v->op < s->nr)
		sig->op = s->ops[v->op].id;
	if (v->function[0])
		first_word(sig->function, sizeof(sig->function), v->function);
	else
		kernel_function(sig->function, sizeof(sig->function), s->family, sig->op,
				subject->version);
}

bool signature_same(const struct signature *a, const struct signature *b)
{
	return a->kind == b->kind && a->op == b->op && a->subject == b->subject &&
	       !strcmp(a->function, b->function);
}

char *signature_name(char *buf, size_t size, const struct signature *sig)
{
	const struct family *f = sig->subject->family;
	const struct op_desc *d = family_op(f, sig->op);
	const char *at = strchr(sig->subject->id, '@');

	snprintf(buf, size, "%s-%s-%s-%s%s", f->name, verdict_name(sig->kind), d ? d->name : "none",
		 sig->function[0] ? sig->function : "none", at ? at : "");
	return buf;
}

char *signature_bucket(char *buf, size_t size, const struct signature *sig, const char *quirk)
{
	size_t n;

	signature_name(buf, size, sig);
	n = strlen(buf);
	if (quirk)
		snprintf(buf + n, size - n, "~%s", quirk);
	return buf;
}
