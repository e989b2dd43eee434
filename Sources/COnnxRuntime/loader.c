// The search is written once, beside the other loader; a header of static functions needs no room of its own.
#include "../CWasmtime/library_search.h"

#include "COnnxRuntime.h"

#include <stdlib.h>

// The places of ONNX Runtime's header, which never change: each entry lies where its row says.
#define CORT_PLACE(PLACE, R, NAME, P, A)                                                                   \
  _Static_assert(offsetof(cort_api, NAME) == PLACE * sizeof(void *), #NAME " lies at its place");          \
  _Static_assert(PLACE < sizeof(cort_api) / sizeof(void *), #NAME " lies within the table");
CORT_CALLS(CORT_PLACE)

// From 1.29 on the official library gathers telemetry unless the environment forbids it before the library is loaded:
// it keeps a database below ~/.cache, starts a thread and sends to its maker. Forbidden here for whoever has us in the
// program, and before main, since setenv is not for two threads.
__attribute__((constructor)) static void forbid_telemetry(void) { setenv("ORT_DISABLE_TELEMETRY", "1", 1); }

typedef struct {
  const void *(*GetApi)(uint32_t version);
  const char *(*GetVersionString)(void);
} OrtApiBase;

const cort_api *cort_table;

struct judged {
  const cort_api *table;
  cort_found *found;
};

static bool accept(void *handle, void *context, char *reason, size_t capacity) {
  struct judged *judged = context;
  const OrtApiBase *(*door)(void) = (const OrtApiBase *(*)(void))dlsym(handle, "OrtGetApiBase");
  const OrtApiBase *base = door ? door() : NULL;
  if (!base) {
    snprintf(reason, capacity, "lacks OrtGetApiBase: it is not ONNX Runtime");
    return false;
  }
  const char *version = base->GetVersionString();
  snprintf(judged->found->version, sizeof judged->found->version, "%s", version ? version : "of no version");
  judged->table = base->GetApi(CORT_API_VERSION);
  if (judged->table) return true;
  snprintf(reason, capacity, "is ONNX Runtime %s, which lacks API %d: take 1.16 or newer", judged->found->version,
           CORT_API_VERSION);
  return false;
}

static struct library_search search_for(struct judged *judged) {
  cort_found *f = judged->found;
  return (struct library_search){"libonnxruntime.so.1", accept, judged, f->path, f->why, sizeof f->path,
                                 sizeof f->why};
}

bool cort_load(const char *libraryPath, cort_found *found) {
  struct judged judged = {.found = found};
  memset(found, 0, sizeof *found);
  struct library_search search = search_for(&judged);
  if (!library_search_run(&search, libraryPath)) return false;
  // The first good library stays: handles made by it must never meet another's functions.
  if (!cort_table) cort_table = judged.table;
  return true;
}

bool cort_probe(const char *file, cort_found *found) {
  struct judged judged = {.found = found};
  memset(found, 0, sizeof *found);
  struct library_search search = search_for(&judged);
  return library_search_open(&search, file);
}
