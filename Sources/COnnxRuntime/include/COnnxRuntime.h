// What Catenary calls of the ONNX Runtime C API, declared here: no ONNX Runtime header is needed to
// build. The library is loaded at run time; its table of functions is versioned by its own API.
#ifndef CATENARY_CONNXRUNTIME_H
#define CATENARY_CONNXRUNTIME_H

#include <stdbool.h>
#include <stdint.h>

/// The API version whose table we use; every ONNX Runtime from 1.16 on hands it out.
enum { CORT_API_VERSION = 16 };

typedef struct OrtApiBase {
  const void *(*GetApi)(uint32_t version);
  const char *(*GetVersionString)(void);
} OrtApiBase;

/// What a search found: the file loaded (empty when none) and its version, or why there is none.
typedef struct {
  char path[1024];
  char version[32];
  char why[4096];
} cort_found;

/// Looks for libonnxruntime.so.1 in the places of library_search.h. `libraryPath` is the value of
/// CATENARY_LIBRARY_PATH, or null; the word `none` loads nothing. Not for two threads at once.
bool cort_load(const char *libraryPath, cort_found *found);

/// The door of the library that cort_load took; null before it did.
const OrtApiBase *cort_base(void);

#endif
