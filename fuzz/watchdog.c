// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/time.h>

#include "run.h"
#include "watchdog.h"

#define TICKS	8	/* looks per limit: an op is ended after 1 to 1 + 1/TICKS limits */

static volatile uint32_t last_sequence;
static volatile unsigned int same;

/* Only the subject's time counts: a slow model or engine is not the kernel's hang. */
static void tick(int sig)
{
	const struct run_place *p = run_place();

	(void)sig;
	if (!p->in_subject || p->sequence != last_sequence) {
		last_sequence = p->sequence;
		same = 0;
		return;
	}
	if (++same < TICKS)
		return;
	same = 0;
	subject_interrupt();	/* does not return when an op is running */
}

static void set_timer(unsigned int us)
{
	const struct itimerval t = {
		.it_interval = { .tv_sec = us / 1000000, .tv_usec = us % 1000000 },
		.it_value = { .tv_sec = us / 1000000, .tv_usec = us % 1000000 },
	};

	setitimer(ITIMER_VIRTUAL, &t, NULL);
}

void watchdog_start(unsigned int ms)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = tick;
	sa.sa_flags = SA_NODEFER | SA_RESTART;	/* the handler is left by a jump */
	sigemptyset(&sa.sa_mask);
	same = 0;
	last_sequence = run_place()->sequence;
	sigaction(SIGVTALRM, &sa, NULL);
	set_timer(ms * 1000 / TICKS);
}

void watchdog_stop(void)
{
	set_timer(0);
	signal(SIGVTALRM, SIG_DFL);
}
