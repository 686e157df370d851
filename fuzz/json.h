/* SPDX-License-Identifier: GPL-2.0-only */
/* jansson with this program's habits. */
#ifndef FUZZ_JSON_H
#define FUZZ_JSON_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "contract/verdict.h"

/* To be called once, before anything else. */
void json_setup(void);

/* A string that need not be UTF-8 (file names): what is not ASCII then becomes '?'. */
json_t *json_text(const char *text);

/* 64-bit values as hexadecimal strings: JSON's own numbers lose them beyond 2^53. */
json_t *json_hex(uint64_t value);

/* { "outcome", "value", "said" } */
json_t *json_result(const struct result *r);

/* Print and free, with a newline. */
void json_finish(FILE *out, json_t *j);

#endif
