/* SPDX-License-Identifier: GPL-2.0-only */
/* What a mail about a patch says otherwise than one about a kernel. All need r->patch. */
#ifndef FUZZ_REPRO_PATCH_H
#define FUZZ_REPRO_PATCH_H

#include "repro.h"

#define PATCH_SUBJECT	512

/* The subject of an answer to the patch's mail, in one line. */
char *repro_patch_subject(char *buf, size_t size, const struct repro *r);

/* What it does, with the patch and without it: paragraphs, an empty line behind each. */
void repro_patch_opening(FILE *out, const struct repro *r);

/* Which of the two kernels what follows is of: "with the patch". */
const char *repro_patch_side(const struct repro *r);

/* Both kernels and the patches, by names and sums that others can compare. */
void repro_patch_where(FILE *out, const struct repro *r);

/* The commands for repro.c and for the scenario, which a shell takes as they are. */
void repro_patch_commands(FILE *out, const struct repro *r, const char *sanitize);

void repro_patch_scenario(FILE *out, const struct repro *r);

/* What is to be done before it is sent. */
void repro_patch_before_sending(FILE *out, const struct repro *r);

#endif
