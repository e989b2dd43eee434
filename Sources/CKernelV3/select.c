#include "CKernelV3.h"

#if defined(__x86_64__)

typedef void Evenly(const void *, intptr_t, intptr_t, intptr_t, intptr_t, int32_t, void *, intptr_t);
typedef void Anywhere(const void *, intptr_t, const void *, intptr_t, int32_t, void *, intptr_t);

extern Evenly catenary_v3_evenly_f32x1, catenary_v3_evenly_f32x2, catenary_v3_evenly_f32x3, catenary_v3_evenly_f32x4,
    catenary_v3_evenly_f64x1, catenary_v3_evenly_f64x2, catenary_v3_evenly_f64x3, catenary_v3_evenly_f64x4;
extern Anywhere catenary_v3_anywhere_f32x1, catenary_v3_anywhere_f32x2, catenary_v3_anywhere_f32x3,
    catenary_v3_anywhere_f32x4, catenary_v3_anywhere_f64x1, catenary_v3_anywhere_f64x2, catenary_v3_anywhere_f64x3,
    catenary_v3_anywhere_f64x4;

static Evenly *const evenly[8] = {
    catenary_v3_evenly_f32x1, catenary_v3_evenly_f32x2, catenary_v3_evenly_f32x3, catenary_v3_evenly_f32x4,
    catenary_v3_evenly_f64x1, catenary_v3_evenly_f64x2, catenary_v3_evenly_f64x3, catenary_v3_evenly_f64x4,
};
static Anywhere *const anywhere[8] = {
    catenary_v3_anywhere_f32x1, catenary_v3_anywhere_f32x2, catenary_v3_anywhere_f32x3, catenary_v3_anywhere_f32x4,
    catenary_v3_anywhere_f64x1, catenary_v3_anywhere_f64x2, catenary_v3_anywhere_f64x3, catenary_v3_anywhere_f64x4,
};

// x86-64-v3 is more than AVX2: the assembly may use any of it.
bool catenary_v3_is_supported(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("fma") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("lzcnt") &&
         __builtin_cpu_supports("movbe") && __builtin_cpu_supports("f16c");
}

void catenary_v3_evenly(int32_t kind, const void *table, intptr_t entries, intptr_t samples, intptr_t from,
                        intptr_t to, int32_t basis, void *out, intptr_t bytes) {
  evenly[kind & 7](table, entries, samples, from, to, basis, out, bytes);
}

void catenary_v3_anywhere(int32_t kind, const void *table, intptr_t entries, const void *located, intptr_t count,
                          int32_t basis, void *out, intptr_t bytes) {
  anywhere[kind & 7](table, entries, located, count, basis, out, bytes);
}

#else

bool catenary_v3_is_supported(void) { return false; }
void catenary_v3_evenly(int32_t kind, const void *table, intptr_t entries, intptr_t samples, intptr_t from,
                        intptr_t to, int32_t basis, void *out, intptr_t bytes) {}
void catenary_v3_anywhere(int32_t kind, const void *table, intptr_t entries, const void *located, intptr_t count,
                          int32_t basis, void *out, intptr_t bytes) {}

#endif
