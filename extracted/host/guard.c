// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "contract/subject.h"
#include "guard.h"

void (*volatile guard_abort)(enum outcome outcome);

static const int faults[] = { SIGSEGV, SIGBUS };
static struct sigaction before[2];	/* as @faults */

/* The handler is left by a jump, after which its signals would stay blocked. */
static void unblock(void)
{
	static const int ours[] = { SIGSEGV, SIGBUS, SIGALRM, SIGVTALRM, SIGPROF };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		sigaddset(&set, ours[i]);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void subject_interrupt(void)
{
	if (!guard_abort)
		return;
	unblock();
	guard_abort(OUT_HANG);
}

static void on_fault(int sig, siginfo_t *info, void *context)
{
	const struct sigaction *old = &before[sig == SIGBUS];

	if (guard_abort) {
		unblock();
		guard_abort(OUT_UNMAPPED);
	}
	if (old->sa_handler == SIG_DFL || old->sa_handler == SIG_IGN)
		/* the fault comes again when we return, and then ends the process */
		signal(sig, SIG_DFL);
	else if (old->sa_flags & SA_SIGINFO)
		old->sa_sigaction(sig, info, context);
	else
		old->sa_handler(sig);
}

/* A stack that overflows is a fault, too, and leaves the handler no room but this. */
static void take_stack(void)
{
	static char room[64 * 1024];
	stack_t now, own = { .ss_sp = room, .ss_size = sizeof(room) };

	if (!sigaltstack(NULL, &now) && now.ss_flags & SS_DISABLE)
		sigaltstack(&own, NULL);
}

void guard_take(void)
{
	struct sigaction act = {
		.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK,
	};

	sigemptyset(&act.sa_mask);
	take_stack();
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct sigaction old;

		sigaction(faults[i], &act, &old);
		if (!(old.sa_flags & SA_SIGINFO) || old.sa_sigaction != on_fault)
			before[i] = old;
	}
}

/*
 * At the first op, not at program start: fuzzing engines install their own handlers in between,
 * and ours has to come first.
 */
void guard_install(void)
{
	static volatile sig_atomic_t installed;

	if (installed)
		return;
	installed = 1;
	guard_take();
}

/* Not exit(): in a fuzzer that would count as a crash of the input. */
void guard_no_memory(const char *what, unsigned long long bytes)
{
	fprintf(stderr, "earlyfuzz: cannot reserve %llu MiB of address space for %s: %s\n",
		(bytes + (1 << 20) - 1) >> 20, what, strerror(errno));
	_exit(2);
}
