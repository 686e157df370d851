// SPDX-License-Identifier: GPL-2.0-only
/* memfd_create() */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bits32.h"
#include "build_id.h"
#include "wire.h"

#define PROGRAM		"earlyfuzz32"
#define VARIABLE	"EARLYFUZZ32"
#define SUBJECTS_MAX	256
#define LINES_MAX	64
#define ERROR_MAX	(PATH_MAX + 512)
#define START_MS	(20 * 1000)	/* a sanitizer on a loaded machine takes its time */
#define ANSWER_MS	(150 * 1000)	/* longer than its isolation waits for a worker */

struct bits32 {
	pid_t pid;
	int said_fd;		/* its standard error */
	struct wire from, to;
};

/* What is known of it, once it was asked. */
static struct {
	bool asked, stale;
	char missing[ERROR_MAX], broken[ERROR_MAX];
	char sanitizers[64];
	struct subject subject[SUBJECTS_MAX];
	const struct subject *all[SUBJECTS_MAX + 1];
	const char *left_out[LINES_MAX + 1];
	struct bits32 *idle;	/* the process that was asked: the first run takes it */
} known;

static const char *program(void)
{
	static char path[PATH_MAX + sizeof(PROGRAM)];
	const char *named = getenv(VARIABLE);
	ssize_t n;

	if (named)
		return named;
	n = readlink("/proc/self/exe", path, PATH_MAX - 1);
	path[n > 0 ? n : 0] = 0;
	strcpy(strrchr(path, '/') ? strrchr(path, '/') + 1 : path, PROGRAM);
	return path;
}

/* --- the process --- */

static void become(const char *path, int socket, int said)
{
	if (dup2(socket, STDIN_FILENO) >= 0 && dup2(socket, STDOUT_FILENO) >= 0 &&
	    dup2(said, STDERR_FILENO) >= 0)
		execl(path, PROGRAM, "serve", (char *)NULL);
	fprintf(stderr, "cannot be started: %s\n", strerror(errno));
	_exit(127);
}

static struct bits32 *start(void)
{
	struct bits32 *b = calloc(1, sizeof(*b));
	int ends[2];

	if (!b)
		return NULL;
	b->said_fd = memfd_create("said", MFD_CLOEXEC);
	if (b->said_fd < 0)
		goto no_memory;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		goto no_socket;
	fflush(NULL);
	b->pid = fork();
	if (!b->pid)
		become(program(), ends[1], b->said_fd);
	close(ends[1]);
	if (b->pid < 0)
		goto no_process;
	wire_open(&b->from, ends[0], false);
	wire_open(&b->to, ends[0], true);
	b->from.silence_ms = START_MS;
	b->from.stop = isolate_interrupted;
	wire_greeting(&b->to, true);
	wire_flush(&b->to);
	return b;
no_process:
	close(ends[0]);
no_socket:
	close(b->said_fd);
no_memory:
	free(b);
	return NULL;
}

/* Its end: by itself when its socket is closed, or at once. Return: as waitpid() has it. */
static int end(struct bits32 *b, bool at_once)
{
	int status = 0;

	if (at_once)
		kill(b->pid, SIGKILL);
	close(b->from.fd);
	while (waitpid(b->pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

void bits32_free(struct bits32 *b)
{
	if (!b)
		return;
	end(b, true);
	close(b->said_fd);
	free(b);
}

/* The first line that it wrote to standard error, after ": ", or "". */
static void last_words(const struct bits32 *b, char *text, size_t size)
{
	char words[200];
	ssize_t n = pread(b->said_fd, words, sizeof(words) - 1, 0);

	words[n > 0 ? n : 0] = 0;
	words[strcspn(words, "\n")] = 0;
	snprintf(text, size, "%s%s", words[0] ? ": " : "", words);
}

/* The wire is bad: why, on one line. @b is gone afterwards. */
static void post_mortem(struct bits32 *b, char *why, size_t size)
{
	enum wire_trouble bad = b->from.bad ? b->from.bad : b->to.bad;
	int status = end(b, bad != WIRE_CLOSED);
	char words[210];

	last_words(b, words, sizeof(words));
	if (bad == WIRE_SILENT)
		snprintf(why, size, "%s: does not answer%s", program(), words);
	else if (bad == WIRE_ODD)
		snprintf(why, size, "%s: does not answer as earlyfuzz32 does%s", program(), words);
	else if (WIFSIGNALED(status))
		snprintf(why, size, "%s: ended by signal %d (%s)%s", program(), WTERMSIG(status),
			 strsignal(WTERMSIG(status)), words);
	else
		snprintf(why, size, "%s: ended with status %d%s", program(), WEXITSTATUS(status),
			 words);
	close(b->said_fd);
	free(b);
}

/* --- what it has --- */

/* A process that has said what it is; NULL with why not. */
static struct bits32 *start_and_greet(char *why, size_t size)
{
	struct wire_hello hello;
	struct bits32 *b = start();

	if (!b) {
		snprintf(why, size, "%s: cannot be started: %s", program(), strerror(errno));
		return NULL;
	}
	wire_hello(&b->from, &hello);
	if (b->from.bad) {
		post_mortem(b, why, size);
		return NULL;
	}
	if (strcmp(hello.build, build_id)) {
		known.stale = true;
		snprintf(why, size, "%s: was built from other sources than this program, build "
			 "both: cmake --build DIRECTORY", program());
		bits32_free(b);
		return NULL;
	}
	strcpy(known.sanitizers, hello.sanitizers);
	b->from.silence_ms = ANSWER_MS;
	return b;
}

static bool receive_list(struct wire *w)
{
	uint64_t nr = 0, nr_lines = 0;

	wire_u64(w, &nr, SUBJECTS_MAX);
	for (uint64_t i = 0; i < nr; i++)
		wire_subject(w, &known.subject[i]);
	wire_u64(w, &nr_lines, LINES_MAX);
	for (uint64_t i = 0; i < nr_lines; i++)
		wire_name(w, &known.left_out[i]);
	/* another program of 64 bits, say */
	for (uint64_t i = 0; i < nr && !w->bad; i++)
		if (known.subject[i].config->long_bits != 32)
			w->bad = WIRE_ODD;
	if (w->bad)
		return false;
	for (uint64_t i = 0; i < nr; i++)
		known.all[i] = &known.subject[i];
	return true;
}

static void ask_for_list(void)
{
	struct bits32 *b = start_and_greet(known.broken, ERROR_MAX);
	uint64_t what = WIRE_LIST;

	/* one that nobody named and that is of another build is none */
	if (!b && known.stale && !getenv(VARIABLE)) {
		strcpy(known.missing, known.broken);
		known.broken[0] = 0;
	}
	if (!b)
		return;
	wire_u64(&b->to, &what, WIRE_LIST);
	wire_flush(&b->to);
	if (receive_list(&b->from))
		known.idle = b;
	else
		post_mortem(b, known.broken, ERROR_MAX);
}

/* Is there one? A program that somebody named must be there. */
static bool look_for_it(void)
{
	const char *path = program(), *named = getenv(VARIABLE);

	if (named && !*named) {
		snprintf(known.missing, ERROR_MAX, "$" VARIABLE " is empty");
		return false;
	}
	if (!access(path, X_OK))
		return true;
	if (named)
		snprintf(known.broken, ERROR_MAX, "$" VARIABLE "=%s: %s", path, strerror(errno));
	else
		snprintf(known.missing, ERROR_MAX, "no %s: %s", path,
			 build_no_bits32[0] ? build_no_bits32 :
			 "build it (`cmake --build`), or name it in $" VARIABLE);
	return false;
}

static void ask(void)
{
	if (known.asked)
		return;
	known.asked = true;
	if (sizeof(void *) == 8 && look_for_it())
		ask_for_list();
}

bool bits32_has(const struct subject *s)
{
	return s >= known.subject && s < known.subject + SUBJECTS_MAX;
}

const struct subject *const *bits32_subjects(void)
{
	ask();
	return known.all;
}

const char *const *bits32_left_out(void)
{
	ask();
	return known.left_out;
}

const char *bits32_missing(void)
{
	ask();
	return known.missing[0] ? known.missing : NULL;
}

const char *bits32_broken(void)
{
	ask();
	return known.broken[0] ? known.broken : NULL;
}

const char *bits32_sanitizers(void)
{
	ask();
	return known.sanitizers;
}

void bits32_forget(void)
{
	bits32_free(known.idle);
	for (unsigned int i = 0; i < SUBJECTS_MAX; i++)
		wire_free(&known.subject[i]);
	for (unsigned int i = 0; i < LINES_MAX; i++)
		free((void *)known.left_out[i]);
	memset(&known, 0, sizeof(known));
}

/* --- its work --- */

static struct bits32 *take_idle(void)
{
	struct bits32 *b = known.idle;

	known.idle = NULL;
	return b;
}

enum isolate_end bits32_run(struct bits32 **b, const struct subject *subject,
			    const struct scenario *s, const struct run_options *opt,
			    unsigned int hang_ms, struct trace *trace, struct verdict *v,
			    struct run_report *report, char *said, bool *lacked_memory)
{
	static struct wire_request r;
	struct wire_answer a = { .said = said, .trace = trace };
	uint64_t what = WIRE_RUN;

	said[0] = 0;
	if (!*b)
		*b = take_idle();
	if (!*b)
		*b = start_and_greet(said, WIRE_SAID);
	if (!*b)
		return isolate_interrupted() ? ISOLATE_INTERRUPTED : ISOLATE_BROKEN;
	r = (struct wire_request){
		.subject = subject - known.subject, .hang_ms = hang_ms, .scenario = *s, .opt = *opt,
		.trace = trace,
	};
	wire_u64(&(*b)->to, &what, WIRE_LIST);
	wire_request(&(*b)->to, &r);
	wire_flush(&(*b)->to);
	wire_answer(&(*b)->from, &a);
	if ((*b)->from.bad || (*b)->to.bad) {
		if (isolate_interrupted())
			bits32_free(*b);
		else
			post_mortem(*b, said, WIRE_SAID);
		*b = NULL;
		return isolate_interrupted() ? ISOLATE_INTERRUPTED : ISOLATE_BROKEN;
	}
	*lacked_memory = a.lacked_memory;
	*v = a.verdict;
	if (report)
		*report = a.report;
	return a.end;
}
