// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "contract/range.h"
#include "fake.h"
#include "wire.h"

static struct wire from, to;
static int ends[2];

static int setup(void **state)
{
	int room = 1 << 20;

	(void)state;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return -1;
	setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	wire_open(&from, ends[0], false);
	wire_open(&to, ends[1], true);
	from.silence_ms = 1;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	close(ends[0]);
	close(ends[1]);
	return 0;
}

/* All that was sent has arrived, and nothing more. */
static void arrived(void)
{
	assert_int_equal(from.bad, WIRE_FINE);
	assert_int_equal(to.bad, WIRE_FINE);
	assert_int_equal(from.at, from.nr);
}

/* Every field another value; the largest that it holds among them. */
static struct verdict some_verdict(void)
{
	return (struct verdict){
		.kind = VERDICT_DIFFERS, .op = 255, .table = -1, .row = UINT32_MAX,
		.start = UINT64_MAX, .last = 1, .type = 2,
		.want = { OUT_HANG, SAID_UNKNOWN, UINT64_MAX - 1 },
		.got = { OUT_PANIC, SAID_WARN, 3 }, .want_cover = 4, .got_cover = 5,
		.legality = MISUSE, .quirks = 1ull << 63, .function = "subtract_range",
		.detail = "all that is known",
	};
}

static void a_verdict_arrives(void **state)
{
	struct verdict v = some_verdict(), got;

	(void)state;
	for (v.table = -1; v.table < TABLES_MAX; v.table++) {
		memset(&got, 0xaa, sizeof(got));
		wire_verdict(&to, &v);
		assert_true(wire_flush(&to));
		wire_verdict(&from, &got);
		arrived();
		assert_int_equal(got.kind, v.kind);
		assert_int_equal(got.op, v.op);
		assert_int_equal(got.table, v.table);
		assert_int_equal(got.row, v.row);
		assert_true(got.start == v.start && got.last == v.last);
		assert_int_equal(got.type, v.type);
		assert_int_equal(got.want.outcome, v.want.outcome);
		assert_int_equal(got.want.said, v.want.said);
		assert_true(got.want.value == v.want.value);
		assert_int_equal(got.got.outcome, v.got.outcome);
		assert_int_equal(got.got.said, v.got.said);
		assert_true(got.got.value == v.got.value);
		assert_int_equal(got.want_cover, v.want_cover);
		assert_int_equal(got.got_cover, v.got_cover);
		assert_int_equal(got.legality, v.legality);
		assert_true(got.quirks == v.quirks);
		assert_string_equal(got.function, v.function);
		assert_string_equal(got.detail, v.detail);
	}
}

static void a_request_arrives(void **state)
{
	static struct wire_request r, got;

	(void)state;
	r = (struct wire_request){
		.subject = 7, .hang_ms = 2000, .trace = true,
		.opt = { .quirks = UINT64_MAX, .fuzzing = true, .past_differs = true },
	};
	fake_scenario(&r.scenario);
	for (unsigned int i = 0; i < SCENARIO_OPS_MAX; i++)
		fake_op(&r.scenario, RANGE_ADD, FAKE_NOTHING);
	scenario_canonical(&r.scenario);
	memset(&got, 0xaa, sizeof(got));
	memset(got.scenario.ops, 0, sizeof(got.scenario.ops));	/* padding */
	wire_request(&to, &r);
	assert_true(wire_flush(&to));
	wire_request(&from, &got);
	arrived();
	assert_true(got.subject == 7 && got.hang_ms == 2000 && got.trace);
	assert_true(got.opt.quirks == UINT64_MAX);
	assert_true(got.opt.fuzzing && got.opt.past_differs);
	assert_false(got.opt.legal_only || got.opt.no_oracle || got.opt.sparse);
	assert_null(got.opt.after);
	assert_null(got.opt.feature);
	assert_ptr_equal(got.scenario.family, r.scenario.family);
	assert_ptr_equal(got.scenario.config, r.scenario.config);
	assert_int_equal(got.scenario.nr, SCENARIO_OPS_MAX);
	assert_memory_equal(got.scenario.ops, r.scenario.ops, sizeof(r.scenario.ops));
}

static void a_record_arrives(void **state)
{
	struct trace *t = calloc(1, sizeof(*t)), *got = calloc(1, sizeof(*got));
	struct row rows[] = { { UINT64_MAX, 1, 2, 3 }, { 4, UINT64_MAX, UINT32_MAX, 5 } };
	struct state st = { .nr_tables = 1, .table = { { 1, rows } } };
	struct result res = { .value = 6 };

	(void)state;
	assert_true(t && got);
	trace_start(t, &st);
	st.table[0].nr = 2;
	trace_after(t, 9, NULL, &res, &st);
	wire_trace(&to, t);
	assert_true(wire_flush(&to));
	wire_trace(&from, got);
	arrived();
	assert_int_equal(got->nr, 1);
	assert_false(got->full);
	assert_int_equal(trace_first(got, 0).nr, 1);
	assert_int_equal(trace_step_of(got, 9), 0);
	assert_true(got->step[0].got.value == 6);
	assert_int_equal(trace_got(got, 0, 0).nr, 2);
	assert_memory_equal(trace_got(got, 0, 0).rows, rows, sizeof(rows));
	assert_memory_equal(trace_first(got, 0).rows, rows, sizeof(rows[0]));
	free(t);
	free(got);
}

static void a_subject_arrives(void **state)
{
	struct subject s = fake_subject, got = { 0 };

	(void)state;
	s.config = &range_variants[0];
	s.lacks = 1ull << 63;
	s.planted = "";
	wire_subject(&to, &s);
	assert_true(wire_flush(&to));
	wire_subject(&from, &got);
	arrived();
	assert_string_equal(got.id, s.id);
	assert_string_equal(got.kernel, s.kernel);
	assert_string_equal(got.release, s.release);
	assert_string_equal(got.planted, "");
	assert_null(got.expect);
	assert_null(got.provenance);
	assert_ptr_equal(got.family, s.family);
	assert_ptr_equal(got.config, s.config);
	assert_int_equal(got.version, s.version);
	assert_true(got.lacks == s.lacks);
	assert_null(got.exec);
	wire_free(&got);
}

static void what_makes_no_sense_is_odd(void **state)
{
	uint64_t n = 3;
	char text[4];

	(void)state;
	wire_u64(&to, &n, UINT64_MAX);
	assert_true(wire_flush(&to));
	wire_u64(&from, &n, 2);
	assert_int_equal(from.bad, WIRE_ODD);
	assert_true(n == 0);

	from.bad = WIRE_FINE;
	n = sizeof(text);
	wire_u64(&to, &n, UINT64_MAX);
	wire_bytes(&to, "long", 4);
	assert_true(wire_flush(&to));
	wire_text(&from, text, sizeof(text));
	assert_int_equal(from.bad, WIRE_ODD);
	assert_string_equal(text, "");
}

static void another_program_is_told_by_its_first_word(void **state)
{
	(void)state;
	wire_greeting(&to, true);
	assert_true(wire_flush(&to));
	wire_greeting(&from, false);
	assert_int_equal(from.bad, WIRE_ODD);
}

static void silence_and_an_end_are_told_apart(void **state)
{
	uint64_t n = 1;

	(void)state;
	wire_u64(&from, &n, 1);
	assert_int_equal(from.bad, WIRE_SILENT);
	assert_true(n == 0);
	from.bad = WIRE_FINE;
	shutdown(ends[1], SHUT_RDWR);
	wire_u64(&from, &n, 1);
	assert_int_equal(from.bad, WIRE_CLOSED);
	n = 1;
	wire_u64(&to, &n, 1);
	assert_false(wire_flush(&to));
	assert_int_equal(to.bad, WIRE_CLOSED);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_verdict_arrives),
		TEST(a_request_arrives),
		TEST(a_record_arrives),
		TEST(a_subject_arrives),
		TEST(what_makes_no_sense_is_odd),
		TEST(another_program_is_told_by_its_first_word),
		TEST(silence_and_an_end_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
