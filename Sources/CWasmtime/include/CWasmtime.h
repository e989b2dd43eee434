// What Catenary calls of the Wasmtime 50 C API, declared here: no Wasmtime header is needed to build.
//
// The library is loaded at run time (cw_load). Every function of the list below is then reached as
// cw_<its name>, through a table of pointers; calling one before cw_load succeeded is a null call.
// Structures are those of version 50. They carry no version, so cw_load trusts a library only after
// it has said "50" and a small module went through each of them (smoke.c).
#ifndef CATENARY_CWASMTIME_H
#define CATENARY_CWASMTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct wasm_config_t wasm_config_t;
typedef struct wasm_engine_t wasm_engine_t;
typedef struct wasm_trap_t wasm_trap_t;
typedef struct wasm_valtype_t wasm_valtype_t;
typedef struct wasm_functype_t wasm_functype_t;
typedef struct wasm_memorytype_t wasm_memorytype_t;
typedef struct wasm_externtype_t wasm_externtype_t;
typedef struct wasm_importtype_t wasm_importtype_t;
typedef struct wasm_exporttype_t wasm_exporttype_t;
typedef struct wasmtime_error wasmtime_error_t;
typedef struct wasmtime_module wasmtime_module_t;
typedef struct wasmtime_store wasmtime_store_t;
typedef struct wasmtime_context wasmtime_context_t;
typedef struct wasmtime_sharedmemory wasmtime_sharedmemory_t;

typedef struct { size_t size; char *data; } wasm_byte_vec_t;
typedef struct { size_t size; wasm_valtype_t **data; } wasm_valtype_vec_t;
typedef struct { size_t size; wasm_importtype_t **data; } wasm_importtype_vec_t;
typedef struct { size_t size; wasm_exporttype_t **data; } wasm_exporttype_vec_t;

typedef struct { uint64_t store_id; void *private_; } wasmtime_func_t;
typedef struct { uint64_t store_id; size_t private_; } wasmtime_instance_t;
typedef struct { uint64_t store_id; uint32_t private1, private2, private3; } wasmtime_global_t;
typedef struct {
  struct { uint64_t store_id; uint32_t private1; } outer;
  uint32_t private2;
} wasmtime_memory_t;

enum { CW_EXTERN_FUNC, CW_EXTERN_GLOBAL, CW_EXTERN_TABLE, CW_EXTERN_MEMORY, CW_EXTERN_SHAREDMEMORY };
// Kinds of wasm_externtype_t: the same first four.
enum { CW_I32, CW_I64, CW_F32, CW_F64 };
enum { CW_OPT_LEVEL_SPEED = 1 };
enum { CW_TRAP_STACK_OVERFLOW = 0, CW_TRAP_UNREACHABLE = 9, CW_TRAP_INTERRUPT = 10 };

typedef struct {
  uint8_t kind;
  union {
    wasmtime_func_t func;
    wasmtime_global_t global;
    wasmtime_memory_t memory;
    wasmtime_sharedmemory_t *sharedmemory;
  } of;
} wasmtime_extern_t;

typedef struct {
  uint8_t kind;
  union {
    int32_t i32;
    int64_t i64;
    float f32;
    double f64;
    uint8_t v128[16];
    struct { uint64_t store_id; uint32_t private1, private2; void *private3; } reference;
  } of;
} wasmtime_val_t;

typedef union {
  int32_t i32;
  int64_t i64;
  float f32;
  double f64;
  uint8_t v128[16];
  void *funcref;
} __attribute__((aligned(16))) wasmtime_val_raw_t;

// F(result, name, parameters, arguments); S is the same for configuration switches.
#define CW_SWITCHES(S)                                                                                       \
  S(wasmtime_config_epoch_interruption_set) S(wasmtime_config_wasm_threads_set)                              \
  S(wasmtime_config_shared_memory_set) S(wasmtime_config_wasm_simd_set)                                      \
  S(wasmtime_config_wasm_relaxed_simd_set) S(wasmtime_config_wasm_relaxed_simd_deterministic_set)            \
  S(wasmtime_config_wasm_bulk_memory_set) S(wasmtime_config_wasm_memory64_set)                               \
  S(wasmtime_config_wasm_multi_memory_set) S(wasmtime_config_wasm_gc_set)                                    \
  S(wasmtime_config_wasm_function_references_set) S(wasmtime_config_wasm_exceptions_set)                     \
  S(wasmtime_config_wasm_custom_page_sizes_set) S(wasmtime_config_wasm_stack_switching_set)                  \
  S(wasmtime_config_parallel_compilation_set)

#define CW_CALLS(F)                                                                                          \
  F(wasm_config_t *, wasm_config_new, (void), ())                                                            \
  F(void, wasmtime_config_cranelift_opt_level_set, (wasm_config_t * c, uint8_t level), (c, level))           \
  F(void, wasmtime_config_max_wasm_stack_set, (wasm_config_t * c, size_t bytes), (c, bytes))                 \
  F(wasm_engine_t *, wasm_engine_new_with_config, (wasm_config_t * c), (c))                                  \
  F(void, wasm_engine_delete, (wasm_engine_t * e), (e))                                                      \
  F(void, wasmtime_engine_increment_epoch, (wasm_engine_t * e), (e))                                         \
  F(void, wasm_byte_vec_delete, (wasm_byte_vec_t * v), (v))                                                  \
  F(void, wasmtime_error_message, (const wasmtime_error_t *e, wasm_byte_vec_t *out), (e, out))               \
  F(void, wasmtime_error_delete, (wasmtime_error_t * e), (e))                                                \
  F(void, wasm_trap_message, (const wasm_trap_t *t, wasm_byte_vec_t *out), (t, out))                         \
  F(bool, wasmtime_trap_code, (const wasm_trap_t *t, uint8_t *code), (t, code))                              \
  F(void, wasm_trap_delete, (wasm_trap_t * t), (t))                                                          \
  F(wasmtime_error_t *, wasmtime_module_new,                                                                 \
    (wasm_engine_t * e, const uint8_t *wasm, size_t n, wasmtime_module_t **out), (e, wasm, n, out))          \
  F(void, wasmtime_module_delete, (wasmtime_module_t * m), (m))                                              \
  F(void, wasmtime_module_imports, (const wasmtime_module_t *m, wasm_importtype_vec_t *out), (m, out))       \
  F(void, wasmtime_module_exports, (const wasmtime_module_t *m, wasm_exporttype_vec_t *out), (m, out))       \
  F(wasmtime_error_t *, wasmtime_module_serialize, (wasmtime_module_t * m, wasm_byte_vec_t *out), (m, out))  \
  F(wasmtime_error_t *, wasmtime_module_deserialize,                                                         \
    (wasm_engine_t * e, const uint8_t *bytes, size_t n, wasmtime_module_t **out), (e, bytes, n, out))        \
  F(void, wasm_importtype_vec_delete, (wasm_importtype_vec_t * v), (v))                                      \
  F(void, wasm_exporttype_vec_delete, (wasm_exporttype_vec_t * v), (v))                                      \
  F(const wasm_byte_vec_t *, wasm_importtype_module, (const wasm_importtype_t *t), (t))                      \
  F(const wasm_byte_vec_t *, wasm_importtype_name, (const wasm_importtype_t *t), (t))                        \
  F(const wasm_externtype_t *, wasm_importtype_type, (const wasm_importtype_t *t), (t))                      \
  F(const wasm_byte_vec_t *, wasm_exporttype_name, (const wasm_exporttype_t *t), (t))                        \
  F(const wasm_externtype_t *, wasm_exporttype_type, (const wasm_exporttype_t *t), (t))                      \
  F(uint8_t, wasm_externtype_kind, (const wasm_externtype_t *t), (t))                                        \
  F(const wasm_functype_t *, wasm_externtype_as_functype_const, (const wasm_externtype_t *t), (t))           \
  F(const wasm_memorytype_t *, wasm_externtype_as_memorytype_const, (const wasm_externtype_t *t), (t))       \
  F(const wasm_valtype_vec_t *, wasm_functype_params, (const wasm_functype_t *t), (t))                       \
  F(const wasm_valtype_vec_t *, wasm_functype_results, (const wasm_functype_t *t), (t))                      \
  F(uint8_t, wasm_valtype_kind, (const wasm_valtype_t *t), (t))                                              \
  F(wasmtime_error_t *, wasmtime_memorytype_new,                                                             \
    (uint64_t min, bool maxGiven, uint64_t max, bool is64, bool shared, uint8_t pageLog2,                    \
     wasm_memorytype_t **out),                                                                               \
    (min, maxGiven, max, is64, shared, pageLog2, out))                                                       \
  F(void, wasm_memorytype_delete, (wasm_memorytype_t * t), (t))                                              \
  F(uint64_t, wasmtime_memorytype_minimum, (const wasm_memorytype_t *t), (t))                                \
  F(bool, wasmtime_memorytype_maximum, (const wasm_memorytype_t *t, uint64_t *max), (t, max))                \
  F(bool, wasmtime_memorytype_is64, (const wasm_memorytype_t *t), (t))                                       \
  F(bool, wasmtime_memorytype_isshared, (const wasm_memorytype_t *t), (t))                                   \
  F(wasmtime_store_t *, wasmtime_store_new, (wasm_engine_t * e, void *data, void (*finalizer)(void *)),      \
    (e, data, finalizer))                                                                                    \
  F(wasmtime_context_t *, wasmtime_store_context, (wasmtime_store_t * s), (s))                               \
  F(void, wasmtime_store_limiter,                                                                            \
    (wasmtime_store_t * s, int64_t bytes, int64_t elements, int64_t instances, int64_t tables,               \
     int64_t memories),                                                                                      \
    (s, bytes, elements, instances, tables, memories))                                                       \
  F(void, wasmtime_store_delete, (wasmtime_store_t * s), (s))                                                \
  F(void, wasmtime_context_set_epoch_deadline, (wasmtime_context_t * c, uint64_t ticks), (c, ticks))         \
  F(wasmtime_error_t *, wasmtime_instance_new,                                                               \
    (wasmtime_context_t * c, const wasmtime_module_t *m, const wasmtime_extern_t *imports, size_t n,         \
     wasmtime_instance_t *out, wasm_trap_t **trap),                                                          \
    (c, m, imports, n, out, trap))                                                                           \
  F(bool, wasmtime_instance_export_get,                                                                      \
    (wasmtime_context_t * c, const wasmtime_instance_t *i, const char *name, size_t n,                       \
     wasmtime_extern_t *out),                                                                                \
    (c, i, name, n, out))                                                                                    \
  F(void, wasmtime_extern_delete, (wasmtime_extern_t * e), (e))                                              \
  F(void, wasmtime_global_get, (wasmtime_context_t * c, const wasmtime_global_t *g, wasmtime_val_t *out),    \
    (c, g, out))                                                                                             \
  F(wasmtime_error_t *, wasmtime_global_set,                                                                 \
    (wasmtime_context_t * c, const wasmtime_global_t *g, const wasmtime_val_t *v), (c, g, v))                \
  F(wasmtime_error_t *, wasmtime_memory_new,                                                                 \
    (wasmtime_context_t * c, const wasm_memorytype_t *t, wasmtime_memory_t *out), (c, t, out))               \
  F(uint8_t *, wasmtime_memory_data, (const wasmtime_context_t *c, const wasmtime_memory_t *m), (c, m))      \
  F(size_t, wasmtime_memory_data_size, (const wasmtime_context_t *c, const wasmtime_memory_t *m), (c, m))    \
  F(wasmtime_error_t *, wasmtime_memory_grow,                                                                \
    (wasmtime_context_t * c, const wasmtime_memory_t *m, uint64_t pages, uint64_t *before),                  \
    (c, m, pages, before))                                                                                   \
  F(wasmtime_error_t *, wasmtime_sharedmemory_new,                                                           \
    (wasm_engine_t * e, const wasm_memorytype_t *t, wasmtime_sharedmemory_t **out), (e, t, out))             \
  F(void, wasmtime_sharedmemory_delete, (wasmtime_sharedmemory_t * m), (m))                                  \
  F(uint8_t *, wasmtime_sharedmemory_data, (const wasmtime_sharedmemory_t *m), (m))                          \
  F(size_t, wasmtime_sharedmemory_data_size, (const wasmtime_sharedmemory_t *m), (m))                        \
  F(wasmtime_error_t *, wasmtime_sharedmemory_grow,                                                          \
    (const wasmtime_sharedmemory_t *m, uint64_t pages, uint64_t *before), (m, pages, before))                \
  F(wasmtime_error_t *, wasmtime_func_call_unchecked,                                                        \
    (wasmtime_context_t * c, const wasmtime_func_t *f, wasmtime_val_raw_t *values, size_t n,                 \
     wasm_trap_t **trap),                                                                                    \
    (c, f, values, n, trap))                                                                                 \
  F(wasmtime_error_t *, wasmtime_wat2wasm, (const char *text, size_t n, wasm_byte_vec_t *out), (text, n, out))

#define CW_FIELD(R, NAME, P, A) R(*NAME) P;
#define CW_SWITCH_FIELD(NAME) void(*NAME)(wasm_config_t *, bool);
#define CW_DOOR(R, NAME, P, A) static inline R cw_##NAME P { return cw_functions.NAME A; }
#define CW_SWITCH_DOOR(NAME) \
  static inline void cw_##NAME(wasm_config_t *c, bool on) { cw_functions.NAME(c, on); }

struct cw_functions { CW_CALLS(CW_FIELD) CW_SWITCHES(CW_SWITCH_FIELD) };
extern struct cw_functions cw_functions;
CW_CALLS(CW_DOOR)
CW_SWITCHES(CW_SWITCH_DOOR)

/// Whether the library turns text into modules; one built without that is as good for all but tests.
static inline bool cw_reads_text(void) { return cw_functions.wasmtime_wat2wasm != NULL; }

/// What a search found: the file loaded (empty when none) and its version, or why there is none.
typedef struct {
  char path[1024];
  char version[32];
  char why[4096];
} cw_found;

// Swift does not import arrays this long as values.
static inline const char *cw_found_path(const cw_found *f) { return f->path; }
static inline const char *cw_found_version(const cw_found *f) { return f->version; }
static inline const char *cw_found_why(const cw_found *f) { return f->why; }

/// Looks for libwasmtime.so, checks what it finds and makes the first good one the one behind cw_…
/// `libraryPath` is the value of CATENARY_LIBRARY_PATH, or null: folders with `:` between, searched
/// before all others; the word `none` loads nothing at all. Not for two threads at once.
bool cw_load(const char *libraryPath, cw_found *found);

/// Loads and checks one file, without making it the one in use. True when cw_load would take it.
bool cw_probe(const char *file, cw_found *found);

#endif
