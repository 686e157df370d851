// SPDX-License-Identifier: GPL-2.0-only
#include "build_id.h"

#ifndef EARLYFUZZ_SANITIZERS
#define EARLYFUZZ_SANITIZERS ""
#endif
#ifndef EARLYFUZZ_NO_BITS32
#define EARLYFUZZ_NO_BITS32 ""
#endif

const char build_sanitizers[] = EARLYFUZZ_SANITIZERS;
const char build_no_bits32[] = EARLYFUZZ_NO_BITS32;
