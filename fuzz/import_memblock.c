// SPDX-License-Identifier: GPL-2.0-only
/* What the last boot of a log says of memblock, line by line. */
#include <stddef.h>
#include <string.h>

#include "import.h"
#include "import_memblock.h"

void import_mb_begin(struct import_mb *mb)
{
	memset(mb, 0, offsetof(struct import_mb, at));
}

static void keep(struct import_mb *mb, const struct import_mb_line *l, unsigned int line)
{
	if (mb->nr == IMPORT_MB_LINES) {
		if (!mb->full)
			mb->full = line;
		return;
	}
	mb->calls += l->kind == MB_CALL && l->caller != MB_BY_SETUP;
	mb->at[mb->nr] = *l;
	mb->at[mb->nr++].line = line;
	if (l->kind == MB_RAM && l->end)
		keep(mb, &(struct import_mb_line){ .kind = MB_AVAILABLE, .size = l->end,
						   .nid = MEMBLOCK_NO_NODE }, line);
}

static void fail(struct import_mb *mb, const struct import *im, unsigned int line,
		 unsigned int column, const char *what)
{
	if (!mb->error[0])
		import_error(im, mb->error, line, column, "%s", what);
}

/* Does this line end what the one before began? A line may be wrapped more than once. */
static bool goes_on(struct import_mb *mb, const struct import *im, const char *message)
{
	size_t len = strlen(mb->pending), more;
	const char *error, *at;
	struct import_mb_line l;

	message += strspn(message, " \t");
	while (len && strchr(" \t", mb->pending[len - 1]))
		mb->pending[--len] = '\0';
	more = strlen(message);
	if (more && len + 1 + more < sizeof(mb->pending)) {
		mb->pending[len] = ' ';
		memcpy(mb->pending + len + 1, message, more + 1);
		if (!import_mb_match(mb->pending, &l, &error, &at))
			error = at = mb->pending;	/* two lines, not one */
		if (!error)
			keep(mb, &l, mb->pending_line);
		if (!error || !*at) {
			mb->pending_line = error ? mb->pending_line : 0;
			return true;
		}
	}
	fail(mb, im, mb->pending_line, mb->pending_column,
	     "the line ends in the middle of what memblock did");
	mb->pending_line = 0;
	return false;
}

void import_mb_take(struct import_mb *mb, const struct import *im, const char *message,
		    unsigned int line, unsigned int column)
{
	const char *error, *at;
	struct import_mb_line l;
	size_t len;

	if (mb->pending_line && goes_on(mb, im, message))
		return;
	if (!import_mb_match(message, &l, &error, &at))
		return;
	len = strlen(message);
	if (!error) {
		keep(mb, &l, line);
	} else if (!*at && len < sizeof(mb->pending)) {
		memcpy(mb->pending, message, len + 1);
		mb->pending_line = line;
		mb->pending_column = column + (unsigned int)len;
	} else {
		fail(mb, im, line, column + (unsigned int)(at - message), error);
	}
}

void import_mb_end(struct import_mb *mb, const struct import *im, bool cut)
{
	/* where the log ends, its last line may, too */
	if (mb->pending_line && !cut)
		goes_on(mb, im, "");
	mb->pending_line = 0;
}

const struct import_mb_line *import_mb_block(const struct import_mb *mb, const int *of,
					     unsigned int call)
{
	for (unsigned int i = 0; i < mb->nr; i++)
		if (of[i] == (int)call && mb->at[i].kind == MB_CALL &&
		    mb->at[i].caller == MB_BY_ALLOC)
			return &mb->at[i];
	return NULL;
}
