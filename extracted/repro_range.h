/* SPDX-License-Identifier: GPL-2.0-only */
/* Reproducers of family range: an array slots[], of which nr_range are in use. */
#include "range.c"
#include "repro.h"
