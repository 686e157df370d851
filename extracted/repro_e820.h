/* SPDX-License-Identifier: GPL-2.0-only */
/* Reproducers of family e820. */
#include "e820.c"
#include "repro.h"
