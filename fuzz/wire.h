/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the 64-bit program and earlyfuzz32 tell each other over a socket. Every number has 64 bits,
 * whatever the words of the two programs; texts have their length in front.
 *
 * One function says a thing in both directions: it sends what its argument holds, or fills it in
 * with what was received, so that the two sides cannot differ.
 */
#ifndef FUZZ_WIRE_H
#define FUZZ_WIRE_H

#include "isolate.h"

#define WIRE_BUFFER	(64u * 1024)
#define WIRE_TEXT	(1u << 20)	/* longest text, bytes with its NUL */

enum wire_trouble {
	WIRE_FINE,
	WIRE_CLOSED,	/* the other side is gone */
	WIRE_SILENT,	/* it said nothing for too long */
	WIRE_ODD,	/* it said what makes no sense */
};

/**
 * struct wire - one direction of a socket
 * @bad: not WIRE_FINE: what is
 *	received from then on is 0, what is sent goes nowhere
 * @silence_ms: how long to wait for the next bytes, milliseconds of real time; 0: for ever
 * @stop: NULL, or asked while it waits: true ends the waiting as WIRE_SILENT
 */
struct wire {
	int fd;
	bool sends;
	enum wire_trouble bad;
	unsigned int silence_ms;
	bool (*stop)(void);
	size_t at, nr;		/* in @buf: next byte to be taken, bytes that are there */
	unsigned char buf[WIRE_BUFFER];
};

void wire_open(struct wire *w, int fd, bool sends);

/* Send what is still here. Return: false when the wire is bad. */
bool wire_flush(struct wire *w);

/* @size bytes at @data, as they are. */
void wire_bytes(struct wire *w, void *data, size_t size);

/* A number; one received above @max makes the wire bad, and is 0. */
void wire_u64(struct wire *w, uint64_t *n, uint64_t max);

/* A number in a variable (or bit field) of any unsigned type or enum. */
#define wire_number(w, lvalue, max)		\
do {						\
	uint64_t wire_n = (w)->sends ? (uint64_t)(lvalue) : 0;	\
						\
	wire_u64(w, &wire_n, max);		\
	(lvalue) = wire_n;			\
} while (0)

/* A text of at most @size - 1 bytes; a longer one received makes the wire bad. */
void wire_text(struct wire *w, char *text, size_t size);

/*
 * A text or NULL: sent from *@text, or received into memory of its own, which the caller frees.
 */
void wire_name(struct wire *w, const char **text);

/* What earlyfuzz32 is asked for: a number, and behind it what goes with it. */
#define WIRE_RUN	0u	/* a request; it answers with what came of it */
#define WIRE_LIST	1u	/* nothing; it answers with its subjects */

/* wire_run.c: what runs are made of */

/**
 * struct wire_request - a run that earlyfuzz32 is asked for
 * @subject: index in its list
 * @hang_ms: the watchdog's limit, CPU time
 */
struct wire_request {
	uint64_t subject, hang_ms;
	struct scenario scenario;
	struct run_options opt;		/* without its callbacks */
	bool trace;
};

void wire_request(struct wire *w, struct wire_request *r);
void wire_verdict(struct wire *w, struct verdict *v);
void wire_report(struct wire *w, struct run_report *r);
void wire_trace(struct wire *w, struct trace *t);

#define WIRE_SAID	(64u * 1024)	/* what a worker wrote before it died, bytes with the NUL */

/**
 * struct wire_answer - what came of it
 * @end: enum isolate_end
 * @lacked_memory, @said: as isolate_lacked_memory() and isolate_said() have it; WIRE_SAID bytes
 * @trace: where the record is or goes, NULL: there is none
 */
struct wire_answer {
	unsigned int end;
	bool lacked_memory;
	char *said;
	struct verdict verdict;
	struct run_report report;
	struct trace *trace;
};

void wire_answer(struct wire *w, struct wire_answer *a);

/* wire_hello.c: the beginning */

/* One side asks, the other answers: the first word of either. */
void wire_greeting(struct wire *w, bool asks);

/**
 * struct wire_hello - who answers
 * @build: the sources it was built from (build_id.h)
 * @sanitizers: value of -fsanitize=
 */
struct wire_hello {
	char build[32], sanitizers[64];
};

void wire_hello(struct wire *w, struct wire_hello *h);

/* A subject, but for its functions. */
void wire_subject(struct wire *w, struct subject *s);

/* Free what wire_subject() received. */
void wire_free(struct subject *s);

#endif
