// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "wire.h"

#define SLICE_MS	100
#define NO_TEXT		UINT32_MAX	/* the length of a text that is not there */

void wire_open(struct wire *w, int fd, bool sends)
{
	*w = (struct wire){ .fd = fd, .sends = sends };
}

bool wire_flush(struct wire *w)
{
	for (size_t at = 0; at < w->nr && !w->bad;) {
		ssize_t n = send(w->fd, w->buf + at, w->nr - at, MSG_NOSIGNAL);

		if (n > 0)
			at += n;
		else if (n < 0 && errno != EINTR)
			w->bad = WIRE_CLOSED;
	}
	w->nr = 0;
	return !w->bad;
}

/* In slices: a signal that comes just before poll() does not wake it. */
static bool wait_for_bytes(struct wire *w)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };

	for (unsigned int ms = 0; !w->silence_ms || ms < w->silence_ms; ms += SLICE_MS) {
		if (w->stop && w->stop())
			return false;
		if (poll(&p, 1, SLICE_MS) > 0)
			return true;
	}
	return false;
}

static void fill(struct wire *w)
{
	bool waited = wait_for_bytes(w);
	ssize_t n = -1;

	if (waited)
		do
			n = recv(w->fd, w->buf, sizeof(w->buf), 0);
		while (n < 0 && errno == EINTR);
	w->at = 0;
	w->nr = n > 0 ? n : 0;
	w->bad = n > 0 ? WIRE_FINE : waited ? WIRE_CLOSED : WIRE_SILENT;
}

static void move(struct wire *w, unsigned char *data, size_t n)
{
	if (w->sends) {
		memcpy(w->buf + w->nr, data, n);
		w->nr += n;
	} else {
		memcpy(data, w->buf + w->at, n);
		w->at += n;
	}
}

void wire_bytes(struct wire *w, void *data, size_t size)
{
	unsigned char *at = data;

	while (size && !w->bad) {
		size_t room = w->sends ? sizeof(w->buf) - w->nr : w->nr - w->at;
		size_t n = size < room ? size : room;

		move(w, at, n);
		at += n;
		size -= n;
		if (!size)
			return;
		if (w->sends)
			wire_flush(w);
		else
			fill(w);
	}
	if (size && !w->sends)
		memset(at, 0, size);
}

void wire_u64(struct wire *w, uint64_t *n, uint64_t max)
{
	wire_bytes(w, n, sizeof(*n));
	if (*n <= max)
		return;
	w->bad = WIRE_ODD;
	*n = 0;
}

void wire_text(struct wire *w, char *text, size_t size)
{
	uint64_t len = w->sends ? strlen(text) : 0;

	wire_u64(w, &len, size - 1);
	wire_bytes(w, text, len);
	if (!w->sends)
		text[w->bad ? 0 : len] = 0;
}

void wire_name(struct wire *w, const char **text)
{
	uint64_t len = NO_TEXT;
	char *copy = NULL;

	if (w->sends && *text)
		len = strlen(*text);
	wire_u64(w, &len, NO_TEXT);
	if (len != NO_TEXT && len >= WIRE_TEXT)
		w->bad = WIRE_ODD;
	if (w->sends) {
		if (*text)
			wire_bytes(w, (void *)*text, len);
		return;
	}
	if (len != NO_TEXT && !w->bad) {
		copy = calloc(1, len + 1);
		if (copy)
			wire_bytes(w, copy, len);
		else
			w->bad = WIRE_ODD;
	}
	*text = copy;
}
