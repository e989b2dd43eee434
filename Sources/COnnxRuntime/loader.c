// The search is written once, beside the other loader; a header of static functions needs no room of its own.
#include "../CWasmtime/library_search.h"

#include "COnnxRuntime.h"

static const OrtApiBase *base;

struct judged {
  const OrtApiBase *base;
  cort_found *found;
};

static bool accept(void *handle, void *context, char *reason, size_t capacity) {
  struct judged *judged = context;
  const OrtApiBase *(*door)(void) = (const OrtApiBase *(*)(void))dlsym(handle, "OrtGetApiBase");
  judged->base = door ? door() : NULL;
  if (!judged->base) {
    snprintf(reason, capacity, "lacks OrtGetApiBase: it is not ONNX Runtime");
    return false;
  }
  snprintf(judged->found->version, sizeof judged->found->version, "%s", judged->base->GetVersionString());
  if (judged->base->GetApi(CORT_API_VERSION)) return true;
  snprintf(reason, capacity, "is ONNX Runtime %s, which lacks API %d: take 1.16 or newer", judged->found->version,
           CORT_API_VERSION);
  return false;
}

bool cort_load(const char *libraryPath, cort_found *found) {
  struct judged judged = {.found = found};
  memset(found, 0, sizeof *found);
  struct library_search search = {"libonnxruntime.so.1", accept, &judged, found->path, found->why,
                                  sizeof found->path, sizeof found->why};
  if (!library_search_run(&search, libraryPath)) return false;
  if (!base) base = judged.base;
  return true;
}

const OrtApiBase *cort_base(void) { return base; }
