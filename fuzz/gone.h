/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Quirks that do not show any more: a kernel that mends a known wrong behaviour obeys the contract,
 * and differs from a model that predicts the quirk.
 */
#ifndef FUZZ_GONE_H
#define FUZZ_GONE_H

#include "contract/model.h"
#include "contract/subject.h"

/**
 * quirks_gone() - is a verdict owed to quirks that this subject does not show?
 * @enabled: the quirks that were on in the run
 * @fired: those that fired in it
 * @again: run the same once more with @quirks on; returns whether all was as expected, and in
 *	*@fired what fired this time
 *
 * First without all that fired (and, as that run gets further, those that fire then), next without
 * each of them alone: one may be mended while another still shows.
 *
 * Return: the quirks without which all is as expected, a bit mask; 0: there are none, the verdict
 * stands. After another answer than 0, the last call of @again was the run that passed.
 */
uint64_t quirks_gone(uint64_t enabled, uint64_t fired,
		     bool (*again)(void *arg, uint64_t quirks, uint64_t *fired), void *arg);

/**
 * quirks_are_known_for() - is this one of the kernels that the quirks were found on?
 *
 * The kernels of Debian as released are: there a quirk that is gone means that the quirk's
 * versions are out of date. Others may have mended it.
 */
bool quirks_are_known_for(const struct subject *s);

#endif
