/* SPDX-License-Identifier: GPL-2.0-only */
/* What a finding's file tells in plain words, taken apart. */
#ifndef FUZZ_STORY_H
#define FUZZ_STORY_H

#define STORY_MAX	4096

/**
 * struct story - paragraphs of comments, words separated by blanks, paragraphs by a newline
 * @what: what happens, to whom, how bad; without the first line of all (finding.summary)
 * @contract: behind "Contract:"
 * @searched: behind "Searched:" or "Searched, briefly:"; that word first
 */
struct story {
	char what[STORY_MAX], contract[STORY_MAX], searched[STORY_MAX];
};

/* Of a scenario's text, NUL-terminated; what there is none of is "", what is too long is cut. */
void story_read(struct story *s, const char *text);

/* Of a file; all is "" when it cannot be read or is no text. */
void story_load(struct story *s, const char *path);

#endif
