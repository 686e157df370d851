// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "contract/range.h"
#include "fake.h"

struct fake fake = { .modulus = 1000 };

static struct row row;
static volatile unsigned int count;
static sigjmp_buf interrupted;
static volatile sig_atomic_t running;

static unsigned int next(unsigned int n, const struct op *op)
{
	if (op->id == RANGE_SUBTRACT)
		return 0;
	if (op->id == RANGE_ADD || op->id == RANGE_ADD_WITH_MERGE)
		return (n + 1) % fake.modulus;
	return n;
}

static void reset(void)
{
	fake.resets++;
	count = 0;
}

void subject_interrupt(void)
{
	if (running)
		siglongjmp(interrupted, 1);
}

static void report(void)
{
	static const char text[] =
		"==1==ERROR: AddressSanitizer: global-buffer-overflow on address 0x1\n"
		"    #0 0x1 in memmove (/x+1)\n"
		"    #1 0x2 in add_range /x/kernel/range.c:17:3\n";
	ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);

	_exit(n > 0 ? 1 : 3);
}

/* As kernel code lies in the program, and crashes there. */
static void __attribute__((__section__("kernel_text"), __noinline__)) add_range(void)
{
	__asm__ volatile("int3");	/* cmocka catches other signals */
}

static void do_deed(enum fake_deed deed, struct result *res)
{
	switch (deed) {
	case FAKE_WRONG:
	case FAKE_CUT:
	case FAKE_SHOWS:
	case FAKE_CUT_ON:
	case FAKE_AVOID_ON:
		count++;
		break;
	case FAKE_PANIC:
		res->outcome = OUT_PANIC;
		break;
	case FAKE_DIFFERS:
	case FAKE_SAYS:
		res->said = SAID_WARNING;
		break;
	case FAKE_LOSS:
		res->said = SAID_WARN;
		break;
	case FAKE_FLIPS:
		count += fake.execs / 2 % 2;	/* of a scenario of two ops */
		break;
	case FAKE_CRASH:
		add_range();
		break;
	case FAKE_REPORT:
		report();
		break;
	case FAKE_LOOP:
		for (;;)
			;
	default:
		break;
	}
}

static void do_op(const struct op *op, enum fake_deed deed, struct result *res)
{
	memset(res, 0, sizeof(*res));
	fake.execs++;
	running = 1;
	if (!sigsetjmp(interrupted, 1)) {
		if (fake.wrong_at && count == fake.wrong_at)
			count++;
		count = next(count, op);
		do_deed(deed, res);
	} else {
		res->outcome = OUT_HANG;
	}
	running = 0;
	res->value = count;
}

static void exec(const struct op *op, struct result *res)
{
	do_op(op, op->arg[0], res);
}

static void exec_head(const struct op *op, struct result *res)
{
	do_op(op, op->arg[1] ? op->arg[1] - 1 : op->arg[0], res);
}

static void tables(struct state *st, struct row *r, unsigned int n)
{
	*r = (struct row){ .start = n };
	memset(st, 0, sizeof(*st));
	st->nr_tables = RANGE_TABLES;
	st->table[RANGE_COUNT] = (struct table){ 1, r };
}

static void observe(struct state *st)
{
	tables(st, &row, count);
}

static void save(void *to)
{
	memcpy(to, (const void *)&count, sizeof(count));
}

static void restore(const void *from)
{
	memcpy((void *)&count, from, sizeof(count));
}

static const char *no_log(void)
{
	return "";
}

#define FAKE_SUBJECT							\
	.release = "0", .version = 1, .reset = reset, .observe = observe, .log = no_log,		\
	.family = &range_family, .config = &range_configs[RANGE_NORMAL]

#define FAKE_ID		.id = "range@fake", .kernel = "fake", .exec = exec

const struct subject fake_subject = { FAKE_SUBJECT, FAKE_ID };
struct subject fake_subject_lacking = { FAKE_SUBJECT, FAKE_ID };
struct subject fake_subject_head = {
	FAKE_SUBJECT, .exec = exec_head, .id = "range@fake-head", .kernel = "fake-head",
};
const struct subject fake_subject_saved = {
	FAKE_SUBJECT, FAKE_ID, .snapshot_size = sizeof(count), .save = save, .restore = restore,
};

/* The model */

struct model_state {
	unsigned int n;
	bool odd;
	uint64_t quirks;
	struct row row;
};

static void init(void *state, const struct model_setup *setup)
{
	struct model_state *s = state;

	memset(s, 0, sizeof(*s));
	s->quirks = setup->quirks;
}

static enum legality legality(const void *state, const struct op *op)
{
	(void)state;
	return op->arg[0] == FAKE_ILLEGAL || op->arg[0] == FAKE_AVOID_ILLEGAL ? MISUSE : LEGAL;
}

/* The quirk, if it is on, that lets the model count one too many. */
static uint64_t quirk_of(const struct op *op)
{
	switch (op->arg[0]) {
	case FAKE_SHOWS:
		return 1u << FAKE_QUIRK_SHOWS;
	case FAKE_GONE:
		return 1u << FAKE_QUIRK_GONE;
	case FAKE_GONE2:
		return 1u << FAKE_QUIRK_GONE2;
	case FAKE_CUT_ON:
		return 1u << FAKE_QUIRK_CUT_ON;
	case FAKE_AVOID_ON:
		return 1u << FAKE_QUIRK_AVOID_ON;
	case FAKE_SAYS:
		return 1u << FAKE_QUIRK_SAYS;
	default:
		return 0;
	}
}

static void step(void *state, const struct op *op, struct expect *e)
{
	struct model_state *s = state;
	uint64_t quirk = quirk_of(op) & s->quirks;
	bool avoid = op->arg[0] == FAKE_AVOID || op->arg[0] == FAKE_AVOID_ILLEGAL ||
		     quirk >> FAKE_QUIRK_AVOID_ON & 1;
	bool cut = op->arg[0] == FAKE_CUT;

	fake.steps++;
	memset(e, 0, sizeof(*e));
	if (!avoid)
		s->n = next(s->n, op);
	s->n += quirk && !avoid && op->arg[0] != FAKE_SAYS;
	s->odd |= op->arg[0] == FAKE_ODD;
	e->legality = legality(state, op);
	e->result.value = s->n;
	e->result.said = quirk >> FAKE_QUIRK_SAYS & 1 ? SAID_WARNING : 0;
	e->result.outcome = op->arg[0] == FAKE_PANIC ? OUT_PANIC : OUT_RETURN;
	e->cut = cut || quirk >> FAKE_QUIRK_CUT_ON & 1;
	e->avoid = avoid;
	e->fired = cut << FAKE_QUIRK_CUT | quirk;
	if (avoid && !quirk)
		e->fired |= 1u << FAKE_QUIRK_AVOID;
	tables(&e->rows, &s->row, s->n);
}

static bool selfcheck(const void *state)
{
	return !((const struct model_state *)state)->odd;
}

static const struct quirk quirks[] = {
	[FAKE_QUIRK_CUT] = { .id = "fake-cut", .kind = QUIRK_CUT },
	[FAKE_QUIRK_AVOID] = { .id = "fake-avoid", .kind = QUIRK_AVOID },
	[FAKE_QUIRK_SHOWS] = { .id = "fake-shows", .kind = QUIRK_EXACT },
	[FAKE_QUIRK_GONE] = { .id = "fake-gone", .kind = QUIRK_EXACT },
	[FAKE_QUIRK_GONE2] = { .id = "fake-gone2", .kind = QUIRK_EXACT },
	[FAKE_QUIRK_CUT_ON] = { .id = "fake-cut-on", .kind = QUIRK_CUT },
	[FAKE_QUIRK_AVOID_ON] = { .id = "fake-avoid-on", .kind = QUIRK_AVOID },
	[FAKE_QUIRK_SAYS] = { .id = "fake-says", .kind = QUIRK_EXACT },
};

static const struct model fake_model = {
	.family = &range_family, .size = sizeof(struct model_state), .quirks = quirks,
	.nr_quirks = 8, .init = init, .legality = legality, .step = step, .selfcheck = selfcheck,
};

const struct model *model_of(const struct family *f)
{
	(void)f;
	return &fake_model;
}

uint64_t model_quirks_for(const struct model *m, uint32_t version)
{
	(void)m;
	(void)version;
	return fake.known ? fake.known : 3;
}

int model_quirk_by_id(const struct model *m, const char *id)
{
	for (unsigned int i = 0; i < m->nr_quirks; i++)
		if (!strcmp(m->quirks[i].id, id))
			return i;
	return -1;
}

bool oracle_check(const struct model *m, const void *state, const struct op *op,
		  const struct expect *e, const struct result *res, const struct state *st,
		  struct verdict *v)
{
	(void)m;
	(void)state;
	(void)op;
	(void)st;
	v->want = e->result;
	v->got = *res;
	if (res->outcome == OUT_HANG)
		v->kind = VERDICT_HANG;
	else if (res->value != e->result.value || res->outcome != e->result.outcome)
		v->kind = VERDICT_WRONG_RESULT;
	else if (res->said & SAID_WARN)
		v->kind = VERDICT_SILENT_LOSS;
	else if (res->said != e->result.said)
		v->kind = VERDICT_DIFFERS;
	return v->kind == VERDICT_PASS;
}

void fake_scenario(struct scenario *s)
{
	fake = (struct fake){ .modulus = 1000 };
	fake_subject_lacking.lacks = 0;
	scenario_init(s, &range_family);
}

void fake_op(struct scenario *s, enum range_op id, enum fake_deed deed)
{
	s->ops[s->nr++] = (struct op){ .id = id, .arg = { deed } };
}

void fake_op_pair(struct scenario *s, enum range_op id, enum fake_deed deed,
		  enum fake_deed head)
{
	s->ops[s->nr++] = (struct op){ .id = id, .arg = { deed, head + 1 } };
}
