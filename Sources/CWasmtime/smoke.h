#ifndef CATENARY_SMOKE_H
#define CATENARY_SMOKE_H

#include "CWasmtime.h"

// Sends small modules through every structure that Catenary uses of a library. Writes the version that the
// library gives itself, or the reason to refuse it.
bool cw_smoke(const struct cw_functions *w, char *version, size_t versionCapacity, char *why, size_t whyCapacity);

#endif
