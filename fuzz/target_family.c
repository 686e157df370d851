// SPDX-License-Identifier: GPL-2.0-only
/* The family that a target is built for: TARGET_FAMILY is set by engines.cmake. */
#include "target_mutate.h"

const struct family *const target_family = &TARGET_FAMILY;
