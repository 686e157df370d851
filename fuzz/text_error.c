// SPDX-License-Identifier: GPL-2.0-only
/* One clear line: file:line:column: what is wrong, what was expected. */
#include <stdarg.h>
#include <string.h>

#include "optable.h"
#include "text.h"

#define FILE_NAME_MAX 100 /* of a longer file name the end is shown: there the name is */

bool text_fail(const struct text_error *e, unsigned int column, const char *fmt, ...)
{
	size_t len = strlen(e->file);
	bool cut = len > FILE_NAME_MAX;
	va_list ap;
	int n;

	n = snprintf(e->buf, SCENARIO_ERR, "%s%s:%u:%u: ", cut ? "..." : "",
		     cut ? e->file + len - FILE_NAME_MAX : e->file, e->line, column);
	va_start(ap, fmt);
	vsnprintf(e->buf + n, SCENARIO_ERR - n, fmt, ap);
	va_end(ap);
	return false;
}

void text_expected(const struct text_error *e, const char *lead,
		   const char *(*name_at)(const void *arg, unsigned int i), const void *arg)
{
	const char *sep = "", *name;
	size_t used = strlen(e->buf);

	used += snprintf(e->buf + used, SCENARIO_ERR - used, ", expected %s", lead);
	if (used > SCENARIO_ERR - 1)
		used = SCENARIO_ERR - 1;

	for (unsigned int i = 0; (name = name_at(arg, i)); i++) {
		if (!*name)
			continue;
		if (used + strlen(sep) + strlen(name) + sizeof(", ...") > SCENARIO_ERR) {
			snprintf(e->buf + used, SCENARIO_ERR - used, ", ...");
			return;
		}
		used += snprintf(e->buf + used, SCENARIO_ERR - used, "%s%s", sep, name);
		sep = ", ";
	}
}

/* By which op a text too long for op @d goes on: the last text that its parents take, or NULL. */
static const char *continuation(const struct family *f, const struct op_desc *d)
{
	for (unsigned int i = f->nr_ops; i--;)
		if (op_is_text(&f->ops[i]) && f->ops[i].parents & d->parents)
			return f->ops[i].name;
	return NULL;
}

bool text_quoted_fail(const struct text_error *e, unsigned int column, const struct family *f,
		      const struct op_desc *d, enum quoted error)
{
	const char *more;

	switch (error) {
	case QUOTED_OK:
		break;
	case QUOTED_MISSING:
		return text_fail(e, column, "no text for %s, expected \"...\"", d->name);
	case QUOTED_OPEN:
		return text_fail(e, column, "unterminated text of %s, expected '\"' at its end",
				 d->name);
	case QUOTED_LONG:
		more = continuation(f, d);
		return text_fail(e, column, "text of %s too long, expected at most %d bytes%s%s%s",
				 d->name, OP_TEXT_MAX, more ? ", continue it with '" : "",
				 more ? more : "", more ? "'" : "");
	case QUOTED_ESCAPE:
		return text_fail(e, column,
				 "bad escape, expected one of \\\" \\\\ \\n \\t \\xHH");
	case QUOTED_BYTE:
		return text_fail(e, column,
				 "bad byte in the text of %s, expected no NUL, and \\xHH for what is "
				 "not printable", d->name);
	}
	return false;
}
