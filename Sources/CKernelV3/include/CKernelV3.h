// The evaluators of CurveKernel compiled for x86-64-v3 (AVX2), beside the portable build. Same bytes.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// Whether this processor runs them; always false on other architectures.
bool catenary_v3_is_supported(void);

// See evaluateEvenly and evaluateAnywhere in CurveKernel. `kind` is BlockKind's raw value, 0 to 7; `table` holds
// `entries` segments of that kind, `located` holds `count` places, `out` has `bytes` bytes.
void catenary_v3_evenly(int32_t kind, const void *table, intptr_t entries, intptr_t samples, intptr_t from,
                        intptr_t to, int32_t basis, void *out, intptr_t bytes);
void catenary_v3_anywhere(int32_t kind, const void *table, intptr_t entries, const void *located, intptr_t count,
                          int32_t basis, void *out, intptr_t bytes);
