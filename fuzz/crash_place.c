// SPDX-License-Identifier: GPL-2.0-only
/* REG_RIP */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <ucontext.h>

#include "crash_place.h"

#ifdef __x86_64__
#define REG_PLACE REG_RIP
#else
#define REG_PLACE REG_EIP
#endif

static volatile uint64_t *place;

/* The process ends of the same signal, at the latest when we return. */
static void note(int sig, siginfo_t *info, void *context)
{
	const ucontext_t *u = context;

	(void)info;
	*place = (uintptr_t)u->uc_mcontext.gregs[REG_PLACE];
	signal(sig, SIG_DFL);	/* who calls us may be another handler */
	raise(sig);
}

void crash_place_watch(volatile uint64_t *at)
{
	static const int deadly[] = { SIGFPE, SIGILL, SIGTRAP, SIGSEGV, SIGBUS };
	struct sigaction act = {
		.sa_sigaction = note, .sa_flags = SA_SIGINFO | SA_ONSTACK,
	};

	place = at;
	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++) {
		struct sigaction now;

		if (!sigaction(deadly[i], NULL, &now) && !(now.sa_flags & SA_SIGINFO) &&
		    now.sa_handler == SIG_DFL)
			sigaction(deadly[i], &act, NULL);
	}
}
