// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "contract/e820.h"
#include "grammar.h"
#include "groups.h"
#include "operand.h"
#include "quoted.h"
#include "scenario_testing.h"

#define SEEDS	2000u

static struct scenario s, was, other;
static char line[OP_TEXT_MAX + 1];

static bool is_text(const struct op *op)
{
	return op->id == E820_PARAM || op->id == E820_MORE;
}

/* The text of an op, NUL-terminated. */
static const char *text_of(const struct op *op)
{
	line[op_text(op, line)] = '\0';
	return line;
}

static void each_generated_text(void (*look)(const char *text, const struct op *op))
{
	struct rng r;

	rng_seed(&r, 50);
	for (unsigned int n = 0; n < SEEDS; n++) {
		generate(&s, &e820_family, 40, &r);
		for (unsigned int i = 0; i < s.nr; i++)
			if (is_text(&s.ops[i]))
				look(text_of(&s.ops[i]), &s.ops[i]);
	}
}

/* How often each word of a table was there, by its index. */
static unsigned int words[8][32];

static void count_words(const char *text, const struct op *op)
{
	for (unsigned int t = 0; grammar_tables[t]; t++)
		for (unsigned int i = 0; grammar_tables[t][i].text; i++) {
			const char *word = grammar_tables[t][i].text;
			bool param = grammar_tables[t] == grammar_params;

			if (param && op->id != E820_PARAM)
				continue;
			words[t][i] += param ? !strncmp(text, word, strlen(word)) :
					       !!strstr(text, word);
		}
}

static void every_word_is_drawn(void **state)
{
	(void)state;
	memset(words, 0, sizeof(words));
	each_generated_text(count_words);
	for (unsigned int t = 0; grammar_tables[t]; t++)
		for (unsigned int i = 0; grammar_tables[t][i].text; i++)
			if (words[t][i] < 3)
				fail_msg("'%s': %u times", grammar_tables[t][i].text, words[t][i]);
}

/* An item with "N" in place of its numbers. */
static void item_form(const char *item, unsigned int len, char *form)
{
	struct lexeme lex[OP_TEXT_MAX];
	unsigned int nr = text_lex(item, len, lex);

	for (unsigned int i = 0; i < nr; i++) {
		unsigned int n = lex[i].kind == LEX_NUMBER ? 1 : lex[i].len;

		memcpy(form, lex[i].kind == LEX_NUMBER ? "N" : item + lex[i].at, n);
		form += n;
	}
	*form = '\0';
}

static unsigned int forms[32];

static void count_forms(const char *text, const struct op *op)
{
	char form[OP_TEXT_MAX + 1], want[OP_TEXT_MAX + 1];

	(void)op;
	if (strncmp(text, "memmap=", 7))
		return;
	for (text += 7; ; text++) {
		unsigned int len = strcspn(text, ",");

		item_form(text, len, form);
		for (unsigned int i = 0; grammar_items[i].text; i++) {
			strcpy(want, grammar_items[i].text);
			for (char *c = want; *c; c++)
				*c = strchr("ST", *c) ? 'N' : *c;
			forms[i] += !strcmp(form, want);
		}
		text += len;
		if (!*text)
			break;
	}
}

static void every_item_is_drawn(void **state)
{
	(void)state;
	memset(forms, 0, sizeof(forms));
	each_generated_text(count_forms);
	for (unsigned int i = 0; grammar_items[i].text; i++)
		if (forms[i] < 20)
			fail_msg("'%s': %u times", grammar_items[i].text, forms[i]);
}

static unsigned int notations[NOTATIONS];

static void count_notations(const char *text, const struct op *op)
{
	struct lexeme lex[OP_TEXT_MAX];
	unsigned int nr = text_lex(text, strlen(text), lex);

	(void)op;
	for (unsigned int i = 0; i < nr; i++) {
		const char *n = text + lex[i].at;
		char last = n[lex[i].len - 1];

		if (lex[i].kind != LEX_NUMBER)
			continue;
		if (strchr("KMGTPE", last) && n[1] != 'x' && n[1] != 'X')
			notations[NOTATION_SUFFIX]++;
		else if (strchr("kmgtpe", last) && n[1] != 'x')
			notations[NOTATION_SUFFIX_LOWER]++;
		else if (!strncmp(n, "0x1", 3) && lex[i].len == 19)
			notations[NOTATION_WRAPPED]++;
		else if (!strncmp(n, "000", 3) || !strncmp(n, "0x0", 3))
			notations[NOTATION_ZEROS]++;
		else if (!strncmp(n, "0x", 2))
			notations[NOTATION_HEX]++;
		else if (!strncmp(n, "0X", 2))
			notations[NOTATION_HEX_UPPER]++;
		else
			notations[*n == '0' && lex[i].len > 1 ? NOTATION_OCTAL :
								  NOTATION_DECIMAL]++;
	}
	notations[NOTATION_NO_DIGITS] += !strncmp(text, "mem=", 4) && strlen(text) < 6 &&
					 strcspn(text, "0123456789") == strlen(text);
}

static void every_notation_is_drawn(void **state)
{
	(void)state;
	memset(notations, 0, sizeof(notations));
	each_generated_text(count_notations);
	for (unsigned int i = 0; i < NOTATIONS; i++)
		if (notations[i] < 3)
			fail_msg("notation %u: %u times", i, notations[i]);
}

/* What is written is what is read, but for what a suffix or no digits leave out. */
static void numbers_mean_what_they_say(void **state)
{
	struct rng r;

	(void)state;
	rng_seed(&r, 51);
	for (unsigned int n = 0; n < 20000; n++) {
		enum grammar_notation notation = rng_below(&r, NOTATION_NO_DIGITS);
		uint64_t v = rng_next(&r) >> rng_below(&r, 64), got;
		bool suffix = notation == NOTATION_SUFFIX || notation == NOTATION_SUFFIX_LOWER;
		struct phrase p = { .len = 0 };

		if (suffix)
			v = v << 10 | 1024;
		phrase_number(&p, v, notation, &r);
		assert_true(p.len < sizeof(p.text));
		got = lexeme_value(p.text, p.len);
		if (got != v)
			fail_msg("%.*s: 0x%lx, not 0x%lx", p.len, p.text, got, v);
	}
}

static void lexemes_are_the_text(void **state)
{
	struct lexeme lex[OP_TEXT_MAX];
	struct rng r;

	(void)state;
	rng_seed(&r, 52);
	for (unsigned int n = 0; n < 5000; n++) {
		char text[OP_TEXT_MAX];
		unsigned int len = rng_below(&r, OP_TEXT_MAX + 1), nr, at = 0;

		for (unsigned int i = 0; i < len; i++)
			text[i] = n % 2 ? (char)rng_next(&r) : "0x12aKmem=@,"[rng_below(&r, 12)];
		nr = text_lex(text, len, lex);
		for (unsigned int i = 0; i < nr; i++) {
			assert_int_equal(lex[i].at, at);
			assert_true(lex[i].len > 0);
			at += lex[i].len;
		}
		assert_int_equal(at, len);
	}
	assert_int_equal(text_lex("mem=0x1fK@07+", 13, lex), 6);
	assert_int_equal(lex[2].kind, LEX_NUMBER);
	assert_int_equal(lex[2].len, 5);
	assert_int_equal(lex[3].kind, LEX_MARK);
}

/* Each kind fits often, changes often, and leaves what is canonical so. */
static void every_mutation_occurs(void **state)
{
	struct rng r;

	(void)state;
	for (const struct text_mutation *k = text_mutations; k->name; k++) {
		unsigned int changed = 0, tried = 0;

		rng_seed(&r, 53);
		for (unsigned int n = 0; n < SEEDS; n++) {
			generate(&s, &e820_family, 30, &r);
			generate(&other, &e820_family, 30, &r);
			for (unsigned int i = 0; i < s.nr; i++) {
				struct phrase p;
				struct text_change t = { &p, &s, i, &other, &r };

				if (!is_text(&s.ops[i]))
					continue;
				p.len = op_text(&s.ops[i], p.text);
				tried++;
				was = s;
				if (!k->apply(&t)) {
					assert_same_op(&s.ops[i], &was.ops[i]);
					continue;
				}
				assert_true(p.len <= sizeof(p.text));
				op_set_text(&s.ops[i], p.text, p.len);
				changed += !!memcmp(&s.ops[i], &was.ops[i], sizeof(s.ops[i]));
				assert_canonical(&s);
				break;
			}
		}
		if (changed * 10 < tried)
			fail_msg("%s: changed %u of %u", k->name, changed, tried);
	}
}

/* Of all together: deterministic, and one change leaves most tokens where they are. */
static void mutation_is_deterministic(void **state)
{
	struct rng r, r1, r2;

	(void)state;
	rng_seed(&r, 54);
	for (unsigned int n = 0; n < 500; n++) {
		generate(&s, &e820_family, 30, &r);
		other = s;
		rng_seed(&r1, n);
		rng_seed(&r2, n);
		for (unsigned int i = 0; i < s.nr; i++)
			if (is_text(&s.ops[i]))
				assert_int_equal(mutate_text_of(&s, i, NULL, &r1),
						 mutate_text_of(&other, i, NULL, &r2));
		assert_same(&s, &other);
		assert_canonical(&s);
	}
}

/* Numbers meet the edges of what other ops have made, far more often than chance would. */
static void numbers_meet_edges(void **state)
{
	unsigned int numbers = 0, met = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 55);
	for (unsigned int n = 0; n < SEEDS; n++) {
		generate(&s, &e820_family, 40, &r);
		for (unsigned int i = 0; i < s.nr; i++) {
			struct lexeme lex[OP_TEXT_MAX];
			const char *text;
			unsigned int nr;

			if (s.ops[i].id != E820_PARAM)
				continue;
			text = text_of(&s.ops[i]);
			nr = text_lex(text, strlen(text), lex);
			for (unsigned int k = 0; k < nr; k++) {
				uint64_t v = lexeme_value(text + lex[k].at, lex[k].len), a, b;
				bool edge = false;

				if (lex[k].kind != LEX_NUMBER || v < DRAW_PAGE)
					continue;
				for (unsigned int e = 0; e < s.nr && !edge; e++)
					edge = op_range(op_desc_any(s.family, s.ops[e].id),
							&s.ops[e], &a, &b) && (v == a || v == b);
				numbers++;
				met += edge;
			}
		}
	}
	assert_true(numbers > 2000);
	assert_true(met * 5 > numbers);
}

/* Chains: nodes inside entries and at their edges, all lengths that matter, chains that end. */
static void chains_are_sensible(void **state)
{
	unsigned int nodes = 0, inside = 0, heads = 0, ending = 0, back = 0, indirect = 0;
	unsigned int small = 0, limit = 0, huge = 0, named = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 56);
	for (unsigned int n = 0; n < SEEDS; n++) {
		generate(&s, &e820_family, 40, &r);
		for (unsigned int i = 0; i < s.nr; i++) {
			const struct op *op = &s.ops[i];

			heads += op->id == E820_RESERVE_SETUP_DATA;
			ending += op->id == E820_RESERVE_SETUP_DATA && !op->arg[0];
			back += op->id == E820_RESERVE_SETUP_DATA && op->arg[0] &&
				op->arg[0] <= op->nr_tokens;
			indirect += op->id == E820_INDIRECT;
			if (op->id != E820_DATA)
				continue;
			nodes++;
			named += op->arg[1] == E820_SETUP_INDIRECT;
			small += op->arg[2] == 24;
			limit += op->arg[2] - (256 * 1024 - 17) < 3;
			huge += op->arg[2] > UINT32_MAX - 32;
			for (unsigned int e = 0; e < s.nr; e++)
				if (s.ops[e].id == E820_ENTRY && op->arg[0] >= s.ops[e].arg[0] &&
				    op->arg[0] - s.ops[e].arg[0] < s.ops[e].arg[1]) {
					inside++;
					break;
				}
		}
	}
	assert_true(heads > 300 && nodes > 1000);
	assert_true(ending * 2 > heads && back * 20 > heads);
	assert_true(indirect * 4 > nodes && named * 10 > nodes);
	assert_true(inside * 4 > nodes);
	assert_true(small * 10 > nodes && limit * 40 > nodes && huge * 40 > nodes);
}

/* Boots: a map, then the command line, then what is done with it, in this order. */
static void boots_are_sensible(void **state)
{
	unsigned int boots = 0;
	struct rng r;

	(void)state;
	rng_seed(&r, 57);
	for (unsigned int n = 0; n < SEEDS; n++) {
		static const uint8_t order[] = {
			E820_MEMORY_SETUP, E820_CMDLINE, E820_FINISH_EARLY_PARAMS,
		};
		unsigned int at = 0;

		generate(&s, &e820_family, 60, &r);
		for (unsigned int i = 0; i < s.nr && at < sizeof(order); i++)
			at += s.ops[i].id == order[at];
		boots += at == sizeof(order);
	}
	assert_true(boots * 8 > SEEDS);
}

static void dictionary_has_every_word(void **state)
{
	static char text[1 << 14];
	FILE *out = fmemopen(text, sizeof(text), "w");
	unsigned int lines = 0, words_there = 0;

	(void)state;
	assert_non_null(out);
	grammar_dictionary(out);
	assert_int_equal(fclose(out), 0);
	for (char *p = strtok(text, "\n"); p; p = strtok(NULL, "\n")) {
		char word[OP_TEXT_MAX];
		const char *at = p;
		unsigned int len;

		if (*p == '#')
			continue;
		lines++;
		assert_int_equal(quoted_parse(&at, p + strlen(p), word, sizeof(word), &len),
				 QUOTED_OK);
		assert_true(len > 0 && !*at);
		for (unsigned int t = 0; grammar_tables[t]; t++)
			for (unsigned int i = 0; grammar_tables[t][i].text; i++) {
				const char *want = grammar_tables[t][i].text;

				words_there += strlen(want) == len && !memcmp(want, word, len);
			}
	}
	for (unsigned int t = 0; grammar_tables[t]; t++)
		for (unsigned int i = 0; grammar_tables[t][i].text; i++, lines--)
			words_there -= !!words_there;
	assert_int_equal(words_there, 0);
	assert_true(lines >= 5); /* whole items, too */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_drawn),
		cmocka_unit_test(every_item_is_drawn),
		cmocka_unit_test(every_notation_is_drawn),
		cmocka_unit_test(numbers_mean_what_they_say),
		cmocka_unit_test(lexemes_are_the_text),
		cmocka_unit_test(every_mutation_occurs),
		cmocka_unit_test(mutation_is_deterministic),
		cmocka_unit_test(numbers_meet_edges),
		cmocka_unit_test(chains_are_sensible),
		cmocka_unit_test(boots_are_sensible),
		cmocka_unit_test(dictionary_has_every_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
