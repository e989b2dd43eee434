#include "library_search.h"

#include "CWasmtime.h"
#include "smoke.h"

struct cw_functions cw_functions;

// Fills the table; names every function that the library lacks.
static bool resolve(void *handle, struct cw_functions *table, char *reason, size_t capacity) {
  size_t missing = 0;
  reason[0] = 0;
  struct { const char *name; void **slot; } rows[] = {
#define CW_ROW(R, NAME, P, A) {#NAME, (void **)&table->NAME},
#define CW_SWITCH_ROW(NAME) {#NAME, (void **)&table->NAME},
      CW_CALLS(CW_ROW) CW_SWITCHES(CW_SWITCH_ROW)};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    *rows[i].slot = dlsym(handle, rows[i].name);
    // Only tests write modules as text; a library built without that is as good.
    if (*rows[i].slot || strcmp(rows[i].name, "wasmtime_wat2wasm") == 0) continue;
    size_t used = strlen(reason);
    snprintf(reason + used, capacity - used, "%s%s", missing++ ? ", " : "lacks ", rows[i].name);
  }
  return missing == 0;
}

struct judged {
  struct cw_functions table;
  cw_found *found;
};

static bool accept(void *handle, void *context, char *reason, size_t capacity) {
  struct judged *judged = context;
  return resolve(handle, &judged->table, reason, capacity) &&
         cw_smoke(&judged->table, judged->found->version, sizeof judged->found->version, reason, capacity);
}

static struct library_search search_for(struct judged *judged) {
  cw_found *f = judged->found;
  return (struct library_search){"libwasmtime.so", accept, judged, f->path, f->why, sizeof f->path, sizeof f->why};
}

bool cw_load(const char *libraryPath, cw_found *found) {
  struct judged judged = {.found = found};
  memset(found, 0, sizeof *found);
  struct library_search search = search_for(&judged);
  if (!library_search_run(&search, libraryPath)) return false;
  // The first good library stays: handles made by it must never meet another's functions.
  if (!cw_functions.wasm_config_new) cw_functions = judged.table;
  return true;
}

bool cw_probe(const char *file, cw_found *found) {
  struct judged judged = {.found = found};
  memset(found, 0, sizeof *found);
  struct library_search search = search_for(&judged);
  return library_search_open(&search, file);
}
