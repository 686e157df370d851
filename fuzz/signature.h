/* SPDX-License-Identifier: GPL-2.0-only */
/* What makes two verdicts the same bug: kind, op, function of the kernel, subject. */
#ifndef FUZZ_SIGNATURE_H
#define FUZZ_SIGNATURE_H

#include "contract/subject.h"
#include "contract/verdict.h"
#include "scenario.h"

#define SIGNATURE_NAME	256	/* longest name with its NUL; file names may have that many, too */

/**
 * struct signature - a bucket: one bug found a thousand times has one of them
 * @kind: of the verdict; VERDICT_PASS: none
 * @op: id of the op that it is of
 * @function: the kernel's: where a sanitizer's report, a crash or a hang was if that is known, else
 *	what the op calls in that kernel
 * @subject: that shows it
 */
struct signature {
	enum verdict_kind kind;
	uint8_t op;
	char function[sizeof(((struct verdict *)0)->function)];
	const struct subject *subject;
};

/**
 * signature_of() - what @v over @s on @subject is to be known as
 * @v: of any kind but VERDICT_PASS; its op an index into the scenario's ops
 *
 * A verdict whose op the scenario does not have (there is none) is of op id 0.
 */
void signature_of(struct signature *sig, const struct subject *subject, const struct scenario *s,
		  const struct verdict *v);

/* The same bug? Kernels and configurations are told apart, too. */
bool signature_same(const struct signature *a, const struct signature *b);

/**
 * signature_name() - as a directory may be called: of two signatures only the same have the same
 * @buf: receives FAMILY-KIND-OP-FUNCTION@KERNEL[+CONFIG][!CANARY]; @size SIGNATURE_NAME is enough
 *
 * Return: @buf
 */
char *signature_name(char *buf, size_t size, const struct signature *sig);

#define SIGNATURE_BUCKET	(SIGNATURE_NAME + 64)	/* longest name of a bucket with its NUL */

/**
 * signature_bucket() - the name of what is collected under a signature
 * @quirk: the known wrong behaviour that it is, which stands behind it with a "~"; NULL: none
 * @size: SIGNATURE_BUCKET is enough
 */
char *signature_bucket(char *buf, size_t size, const struct signature *sig, const char *quirk);

/**
 * kernel_function() - the function that op @id calls in a kernel of that @version
 * @out: receives its name, at most @size - 1 bytes; where the op table names several the first
 *
 * Old names are those before x86's map was renamed (v4.12), or before memblock replaced early_res
 * (v2.6.37).
 */
void kernel_function(char *out, size_t size, const struct family *f, uint8_t id, uint32_t version);

#endif
