// SPDX-License-Identifier: GPL-2.0-only
/*
 * The program around a reproducer: makes its calls, and tells whether what it says is so.
 *
 * Exit status: 1 it shows (the check fails), 0 it does not, 2 it could not be tried. Where
 * REPRO_TRACE is set it prints results and tables after every call, for comparisons.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "repro_host.h"
#include "repro_trace.h"

#define HANG_SECONDS	2	/* of CPU time: ops take microseconds */
#define OPS_MAX		257	/* an op and its tokens */

enum status { HOLDS, SHOWS, COULD_NOT };

/* What the child says to its parent. */
struct shared {
	volatile unsigned int index;
	volatile bool runs, done;
	volatile enum status status;
};

static struct shared *shared;
static struct state state;
static struct result result;

static const struct subject *subject(void)
{
	return repro_program.subject;
}

static bool ask(struct repro_ask *a, int wanted)
{
	memset(a, 0, sizeof(*a));
	a->wanted = wanted;
	repro_program.ask(a);
	return a->known;
}

__attribute__((format(printf, 1, 2)))
static enum status could_not(const char *fmt, ...)
{
	__builtin_va_list ap;

	fputs("could not be tried: ", stderr);
	__builtin_va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	__builtin_va_end(ap);
	fputc('\n', stderr);
	return COULD_NOT;
}

static void on_alarm(int sig)
{
	(void)sig;
	subject_interrupt();
}

static void watch(unsigned int seconds)
{
	const struct itimerval t = { .it_value.tv_sec = seconds };

	setitimer(ITIMER_VIRTUAL, &t, NULL);
}

/* --- the check --- */

static const struct table *table_of(const char *name)
{
	const struct family *f = subject()->family;

	for (unsigned int i = 0; i < f->nr_tables && i < state.nr_tables; i++)
		if (!strcmp(f->tables[i].name, name))
			return &state.table[i];
	return NULL;
}

static void print_one(const char *what, unsigned int i, const struct row *r)
{
	printf("%s: row %u: start %#" PRIx64 " size %#" PRIx64 " type %#x flags %#x\n", what, i,
	       r->start, r->size, r->type, r->flags);
}

static void print_row(const char *what, const struct table *t, unsigned int i)
{
	if (i >= t->nr)
		printf("%s: no row %u, there are %u\n", what, i, t->nr);
	else
		print_one(what, i, &t->rows[i]);
}

/* The first byte that is not covered as often as expected; false: there is none. */
static bool first_deviating(const struct repro_expect *e, const struct table *t, uint64_t *addr)
{
	uint64_t at = e->row.start;

	for (;;) {
		uint64_t next = 0;

		*addr = at;
		if (rows_cover(t->rows, t->nr, at, e->row.type) != e->value)
			return true;
		for (unsigned int i = 0; i < t->nr; i++) {
			const uint64_t edge[] = { t->rows[i].start, row_end(&t->rows[i]) };

			for (unsigned int k = 0; k < 2; k++)
				if (edge[k] > at && edge[k] <= e->last && (!next || edge[k] < next))
					next = edge[k];
		}
		if (!next)
			return false;
		at = next;
	}
}

static bool check_cover(const struct repro_expect *e, const struct table *t)
{
	uint64_t addr;

	printf("expected: %s [%#" PRIx64 "-%#" PRIx64 "], type %#x: %" PRIu64 " owner%s\n",
	       e->table, e->row.start, e->last, e->row.type, e->value, e->value == 1 ? "" : "s");
	if (!first_deviating(e, t, &addr)) {
		puts("got:      that");
		return true;
	}
	printf("got:      %u at %#" PRIx64 "\n", rows_cover(t->rows, t->nr, addr, e->row.type),
	       addr);
	for (unsigned int i = 0; i < t->nr; i++)
		if (t->rows[i].size && t->rows[i].start <= e->last &&
		    row_end(&t->rows[i]) - 1 >= e->row.start)
			print_row("         ", t, i);
	return false;
}

static bool check_row(const struct repro_expect *e, const struct table *t)
{
	print_one("expected", e->index, &e->row);
	print_row("got     ", t, e->index);
	return e->index < t->nr && !memcmp(&t->rows[e->index], &e->row, sizeof(e->row));
}

static bool check_rows(const struct repro_expect *e, const struct table *t)
{
	printf("expected: %s has %u rows\ngot:      %u\n", e->table, e->index, t->nr);
	if (t->nr > e->index)
		print_row("         ", t, e->index);
	return t->nr == e->index;
}

static enum status check_table(const struct repro_expect *e)
{
	const struct table *t = table_of(e->table);
	bool good;

	if (!t)
		return could_not("there is no table \"%s\"", e->table);
	good = e->kind == REPRO_COVER ? check_cover(e, t) :
	       e->kind == REPRO_ROW ? check_row(e, t) : check_rows(e, t);
	return good ? HOLDS : SHOWS;
}

static enum status check(const struct repro_ask *a)
{
	const struct repro_expect *e = &a->expect;

	if (e->kind == REPRO_END) {
		printf("expected: ends with %s\ngot:      %s\n", outcome_name(e->value),
		       outcome_name(result.outcome));
		return result.outcome == e->value ? HOLDS : SHOWS;
	}
	if (e->kind == REPRO_NO_REPORT) {
		puts("expected: no report of a sanitizer\ngot:      none");
		return HOLDS;
	}
	if (result.outcome != OUT_RETURN)
		return could_not("op %u ended with %s, there is nothing to check", a->of,
				 outcome_name(result.outcome));
	if (e->kind == REPRO_RETURN) {
		printf("expected: returns %#" PRIx64 "\ngot:      %#" PRIx64 "\n", e->value,
		       result.value);
		return result.value == e->value ? HOLDS : SHOWS;
	}
	if (e->kind == REPRO_SAID) {
		printf("expected: announces %#" PRIx64 " (1 error, 2 warning, 4 WARN)\n"
		       "got:      %#x\n", e->value, result.said);
		return result.said == e->value ? HOLDS : SHOWS;
	}
	return check_table(e);
}

/* --- the calls --- */

/* Fill in @op from what the reproducer says, its tokens behind it. */
static bool make_op(struct op *op, const struct repro_ask *a)
{
	const struct family *f = subject()->family;

	memset(op, 0, OPS_MAX * sizeof(*op));
	for (unsigned int i = 0; i < a->nr && i < OPS_MAX; i++) {
		const struct op_desc *d = family_op_by_name(f, a->op[i].name);

		if (!d) {
			could_not("family %s has no op '%s'", f->name, a->op[i].name);
			return false;
		}
		op[i].id = d->id;
		memcpy(op[i].arg, a->op[i].arg, sizeof(op[i].arg));
		if (a->op[i].text)
			op_set_text(&op[i], a->op[i].text, strlen(a->op[i].text));
	}
	op->nr_tokens = a->nr - 1;
	return true;
}

static bool run_op(struct repro_ask *a, unsigned int index)
{
	static struct op op[OPS_MAX];

	if (!make_op(op, a))
		return false;
	if (subject()->lacks >> op->id & 1) {
		could_not("op %u, %s: Linux %s has no such function", index, a->op->name,
			  subject()->release);
		return false;
	}
	a->calls = true;
	repro_program.ask(a);
	shared->index = index;
	shared->runs = true;
	watch(HANG_SECONDS);
	subject()->exec(op, &result);
	subject()->observe(&state);
	watch(0);
	shared->runs = false;
	if (getenv("REPRO_TRACE"))
		repro_trace(stdout, subject()->family, index, a->op->name, &result, &state);
	return true;
}

/* All calls up to the one that is checked; @to: its index, or the last one there is. */
static enum status run_all(int last, const struct repro_ask *to)
{
	struct repro_ask a;

	subject()->reset();
	for (int i = 0; i <= last; i++) {
		if (!ask(&a, i))
			continue;
		if (!run_op(&a, i))
			return COULD_NOT;
		if (to && i == (int)to->of)
			break;
		if (result.outcome == OUT_RETURN)
			continue;
		if (!to)
			return HOLDS;
		return could_not("op %d, %s, ended with %s, before the check", i, a.text,
				 outcome_name(result.outcome));
	}
	if (!to)
		return HOLDS;
	ask(&a, to->of);
	printf("op %u, %s\n", to->of, a.text);
	return check(to);
}

static int child(void)
{
	struct sigaction act = { .sa_handler = on_alarm, .sa_flags = SA_NODEFER };
	struct repro_ask to;
	bool checks = ask(&to, REPRO_CHECK);
	int last = 0;

	sigaction(SIGVTALRM, &act, NULL);
	for (int i = 0; i < OPS_MAX; i++) {
		struct repro_ask a;

		if (ask(&a, i))
			last = i;
	}
	shared->status = run_all(checks ? (int)to.of : last, checks ? &to : NULL);
	if (shared->status == SHOWS)
		printf("It shows on Linux %s.\n", subject()->release);
	else if (shared->status == HOLDS && checks)
		printf("It does not show on Linux %s.\n", subject()->release);
	fflush(stdout);
	shared->done = true;
	return 0;
}

/* The child's death is an answer where it is the op of the check that it died of. */
static enum status post_mortem(int status)
{
	struct repro_ask to, a;

	if (WIFEXITED(status) && WEXITSTATUS(status) == COULD_NOT)
		return COULD_NOT;	/* guard_no_memory() has said why */
	ask(&to, REPRO_CHECK);
	if (!shared->runs || !ask(&a, shared->index))
		return could_not("the program ended before any call (status %#x)", status);
	if (!to.known || to.of != shared->index)
		return could_not("op %u, %s: the process died of it", shared->index, a.text);
	printf("op %u, %s\nexpected: %s\n", to.of, a.text, to.text);
	if (WIFSIGNALED(status))
		printf("got:      death by signal %d\n", WTERMSIG(status));
	else
		puts("got:      what is printed above");
	printf("It shows on Linux %s.\n", subject()->release);
	return SHOWS;
}

int main(void)
{
	int status = 0;
	pid_t pid;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED)
		return could_not("%s", strerror(errno));
	pid = fork();
	if (!pid)
		return child();
	if (pid < 0)
		return could_not("%s", strerror(errno));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return shared->done ? shared->status : post_mortem(status);
}
