/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory maps as people have them (boot logs of all eras, /proc/iomem, /sys/firmware/memmap) and
 * the scenarios of family e820 that are made of them.
 *
 * A text goes through line by line and is not kept: import_lines.c makes lines of bytes,
 * import_prefix.c takes off what loggers and mailers put in front, import_pattern.c knows what
 * kernels print, import.c keeps the facts of the last boot, import_build.c makes ops of them. All
 * is of fixed size; nothing here allocates.
 */
#ifndef FUZZ_IMPORT_H
#define FUZZ_IMPORT_H

#include "contract/cmdline.h"
#include "contract/e820.h"
#include "scenario.h"

#define IMPORT_LINE_MAX		8192u	/* longest line that is kept whole, bytes */
#define IMPORT_FACTS_MAX	4096u	/* facts of one boot that are kept */
#define IMPORT_RELEASE_MAX	64u
#define IMPORT_NAME_MAX		80u	/* of a file, in messages */

/* What a line states. */
enum import_kind {
	IMPORT_ENTRY,		/* an entry of the table @table */
	IMPORT_UPDATE,		/* a range changed from type to type */
	IMPORT_REMOVE,		/* a range of a type is removed; type 0: of any */
	IMPORT_LAST_PFN,	/* @start: end of RAM, pfn */
	IMPORT_GAP,		/* room for PCI devices */
	IMPORT_NO_GAP,		/* there was none below 4 GiB */
	IMPORT_NOSAVE,
	IMPORT_NVS,
	IMPORT_BUFFER,		/* kept free behind RAM */
	IMPORT_MALFORMED,	/* a parameter was refused; @type: 0 mem, 1 memmap */
	IMPORT_PANIC,		/* @type: enum import_panic */
	IMPORT_MB_ADD,		/* what e820__memblock_setup() gave memblock */
	IMPORT_MB_RESERVE,
	IMPORT_MB_DUMP,		/* memblock's tables follow */
	IMPORT_MB_MEMORY,	/* a row of memblock's memory */
	IMPORT_KERNEL_NOT_RAM,	/* the kernel lies in what is no RAM: it adds that */
	IMPORT_STOLEN,		/* a graphics device's memory is reserved */
	/* no facts of their own */
	IMPORT_VERSION,
	IMPORT_CMDLINE,
	IMPORT_HEADER,		/* a table begins */
	IMPORT_IGNORED,		/* known, of no use: @table is an enum import_skip */
	IMPORT_NOTHING,
};

enum import_panic {
	IMPORT_PANIC_OTHER,
	IMPORT_PANIC_MAP,	/* the user's map cannot be */
	IMPORT_PANIC_BUG,	/* invalid opcode: a BUG(), before traps are there */
};

/* Tables by the words in front of their lines. The first ones are maps, best first. */
enum import_table {
	IMPORT_T_COPY,		/* copy_e820_map(): as the firmware says it, before sanitizing */
	IMPORT_T_BIOS,		/* BIOS-e820 */
	IMPORT_T_XEN_GUEST,	/* Xen: what a guest is given */
	IMPORT_T_E801,
	IMPORT_T_88,
	IMPORT_T_XEN,		/* the hypervisor's own */
	IMPORT_T_SEABIOS,
	IMPORT_T_FIRMWARE,	/* /sys/firmware/memmap */
	IMPORT_T_IOMEM,		/* /proc/iomem */
	IMPORT_T_MAPS,
	IMPORT_T_EXTENDED = IMPORT_T_MAPS,
	IMPORT_T_SETUP_DATA,
	IMPORT_T_USER,
	IMPORT_T_MODIFIED,
	IMPORT_T_NONE,
};

/* How an entry's line gives its range. */
enum import_notation {
	IMPORT_INCLUSIVE,
	IMPORT_EXCLUSIVE,
	IMPORT_SIZE_AT,
};

/* Why a line is not used. */
enum import_skip {
	IMPORT_SKIP_OTHER,	/* not about the map */
	IMPORT_SKIP_NESTED,
	IMPORT_SKIP_DEVICE,
	IMPORT_SKIP_PROSE,
	IMPORT_SKIP_LONG,
	IMPORT_SKIP_FULL,
	IMPORT_SKIP_CUT,
	IMPORT_SKIP_BUFFER,
	IMPORT_SKIP_GAP,
	IMPORT_SKIP_BOOT,
	IMPORT_SKIP_TWICE,
	IMPORT_SKIPS
};

/**
 * struct import_fact - what one line states
 * @start: bytes (pfn: IMPORT_LAST_PFN)
 * @size: bytes, modulo 2^64, but 2^64 itself is 2^64 - 1
 * @type: of the entry; of an update: before
 * @to: of an update: after
 * @line: number of the line, from 1
 * @kind: enum import_kind
 * @table: enum import_table
 * @notation: enum import_notation
 */
struct import_fact {
	uint64_t start, size;
	uint32_t type, to;
	unsigned int line;
	uint8_t kind, table, notation;
};

struct import_mb;

#define IMPORT_RANGES	6	/* ranges of line numbers that a reason shows */

struct import_skipped {
	unsigned int lines, ranges, latest;
	unsigned int first[IMPORT_RANGES], last[IMPORT_RANGES];
};

/**
 * struct import_lines - from bytes to lines
 * @number: of the line that is being collected, from 1
 * @first: of its first piece, when soft line ends join it of several
 * @piece: where in @buf this piece begins
 * @lost: bytes of it that were not kept
 * @quoted: text is quoted-printable: since a header said so
 * @joined: this line is made of several
 * @nul: number of the first line with a NUL byte, 0: none
 */
struct import_lines {
	char buf[IMPORT_LINE_MAX + 1];
	unsigned int len, number, first, piece;
	uint64_t lost;
	bool quoted, joined;
	unsigned int nul;
};

/**
 * struct import - what is known of a text
 * @fact: facts of the last boot, in order; @nr of them
 * @release: version of the kernel that printed the log, "" when it is not stated
 * @cmdline: its command line; @cmdline_line: 0 when it is not stated, else the line
 * @cmdline_cut: it may be longer than what the log shows
 * @boots: how many boots there were; @boot_line: where the last one begins
 * @error: the first thing wrong in this boot, "" if nothing is
 * @headless: the map began without its heading
 * @last_line: number of the last line; @cut: it has no line end
 * @mb: receives what the log says of memblock; NULL: nothing does. Set after import_begin()
 */
struct import {
	char name[IMPORT_NAME_MAX];
	struct import_lines lines;
	unsigned int nr;
	char release[IMPORT_RELEASE_MAX];
	uint32_t version;
	char cmdline[CMDLINE_SIZE];
	unsigned int cmdline_line;
	bool cmdline_early, cmdline_cut;
	unsigned int boots, boot_line, last_line;
	bool booted, headed, headless, cut;
	char error[SCENARIO_ERR];
	const char *foreign;
	unsigned int foreign_line;
	bool seabios, dump, zeroes;
	unsigned int zero_line;
	unsigned int nest;
	bool nest_taken[16];
	uint8_t nest_indent[16];
	char pending[512];
	unsigned int pending_line;
	bool pending_xen;
	struct import_mb *mb;
	struct import_skipped skipped[IMPORT_SKIPS];
	uint64_t bytes;
	struct import_fact fact[IMPORT_FACTS_MAX];	/* the last member: not cleared */
};

/* Begin anew; @name: of the file, for messages. */
void import_begin(struct import *im, const char *name);

/* The next bytes of the text, any number. */
void import_feed(struct import *im, const char *data, size_t size);

/**
 * import_end() - no more bytes
 * @err: receives "FILE:LINE:COLUMN: what is wrong, what was expected"; SCENARIO_ERR bytes
 * Return: true when there is a map.
 */
bool import_end(struct import *im, char *err);

/* The table that the map is taken from: the best one that the text has; IMPORT_T_NONE: none. */
enum import_table import_map(const struct import *im);

/* Why lines were not used, a line on @out for each reason. */
void import_tell_skipped(const struct import *im, FILE *out);

/* What the words of a table's lines are, for people; and of a notation, of a reason. */
const char *import_table_name(enum import_table t);
const char *import_notation_name(enum import_notation n);

/**
 * struct import_script - the ops of a scenario and which facts they are to show
 * @op: of each fact, index of the op that shows it; -1: none
 * @given: of each fact: an op was made of this very line, so that it agrees with itself
 * @map: the table that the map was taken from
 * @line: of each op, the line it comes from; 0: it belongs to every boot
 */
struct import_script {
	struct scenario s;
	int16_t op[IMPORT_FACTS_MAX];
	bool given[IMPORT_FACTS_MAX];
	enum import_table map;
	unsigned int line[SCENARIO_OPS_MAX];
};

/**
 * import_build() - make the scenario
 * @err: as for import_end()
 * Return: false when it does not fit into a scenario.
 */
bool import_build(const struct import *im, struct import_script *sc, char *err);

/* A line of a comment: "# KEY: TEXT", whatever the text holds. */
void import_comment(FILE *out, const char *key, const char *text);

/* Print it, below comments that say where it comes from. */
void import_print(FILE *out, const struct import *im, const struct import_script *sc);

/**
 * import_directory() - read /sys/firmware/memmap or a copy of it
 * Return: true, or false with @err filled.
 */
bool import_directory(struct import *im, const char *path, char *err);

/* Used among import*.c. */

/**
 * import_message() - what the kernel printed, without what loggers and mailers put before it
 * @line: NUL-terminated; escape sequences of colours are taken out of it in place
 * @xen: set when the hypervisor printed it
 */
char *import_message(char *line, bool *xen);

/**
 * struct import_match - what import_match() found
 * @text: of IMPORT_VERSION and IMPORT_CMDLINE: what follows
 * @indent: blanks before an entry of /proc/iomem
 * @early: of IMPORT_CMDLINE: as the boot loader gave it
 * @error: what is wrong with a line that begins like one of the map, else NULL
 * @at: where
 * @unfinished: the error is that the line ends too early
 */
struct import_match {
	struct import_fact fact;
	const char *text, *error, *at;
	bool early, unfinished, zeroes;
	unsigned int indent;
};

/* The lines of SeaBIOS's map look like nothing else only behind its heading. */
struct import_context {
	bool xen, seabios, dump;
};

void import_match(const char *line, const struct import_context *c, struct import_match *out);

/* Numbers and words of the lines. Each moves *p behind what it read, or returns false. */
enum import_number { IMPORT_NUM_OK, IMPORT_NUM_NONE, IMPORT_NUM_LONG };
enum import_number import_hex(const char **p, uint64_t *value);

/* A type in a kernel's words, all of @text up to @len: false when there is none so called. */
bool import_type(const char *text, size_t len, uint32_t *type);

/* A type as /proc/iomem calls it; false: it is not one of e820. */
bool import_iomem_type(const char *text, size_t len, uint32_t *type);

/* "FILE:LINE:COLUMN: ..." */
__attribute__((format(printf, 5, 6)))
void import_error(const struct import *im, char *err, unsigned int line, unsigned int column,
		  const char *fmt, ...);

#endif
