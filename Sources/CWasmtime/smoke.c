// The smoke check: is this library the Wasmtime 50 that our declarations describe?
//
// First the version, through calls that have not changed for years: a serialised module is an ELF file
// whose section `.wasmtime.engine` begins with a format byte, a length and the version as text. Only a
// library that says "50" is then sent a module through each structure. What it writes lands in a buffer
// with marked bytes behind it, so that a structure larger than declared is seen before it does harm.
#include "smoke.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>

#define VERSION "50"

// (module (import "env" "memory" (memory 1 2 shared))
//   (global (export "g") (mut i32) (i32.const 7))
//   (func (export "f") (param i32 i32) (result i32)
//     (i32.store (local.get 0) (local.get 1)) (i32.add (global.get 0) (i32.load (i32.const 64))))
//   (func (export "t") unreachable))
static const uint8_t sharedModule[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0a, 0x02, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f, 0x60, 0x00,
    0x00, 0x02, 0x10, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x03, 0x01, 0x02,
    0x03, 0x03, 0x02, 0x00, 0x01, 0x06, 0x06, 0x01, 0x7f, 0x01, 0x41, 0x07, 0x0b, 0x07, 0x0d, 0x03, 0x01, 0x67, 0x03,
    0x00, 0x01, 0x66, 0x00, 0x00, 0x01, 0x74, 0x00, 0x01, 0x0a, 0x18, 0x02, 0x12, 0x00, 0x20, 0x00, 0x20, 0x01, 0x36,
    0x02, 0x00, 0x23, 0x00, 0x41, 0xc0, 0x00, 0x28, 0x02, 0x00, 0x6a, 0x0b, 0x03, 0x00, 0x00, 0x0b};

// (module (memory (export "m") 1) (func (export "w") (result i32) (memory.grow (i32.const 8))))
static const uint8_t ownModule[] = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60,
                                    0x00, 0x01, 0x7f, 0x03, 0x02, 0x01, 0x00, 0x05, 0x03, 0x01, 0x00, 0x01,
                                    0x07, 0x09, 0x02, 0x01, 0x6d, 0x02, 0x00, 0x01, 0x77, 0x00, 0x00, 0x0a,
                                    0x08, 0x01, 0x06, 0x00, 0x41, 0x08, 0x40, 0x00, 0x0b};

struct smoke {
  const struct cw_functions *w;
  wasm_engine_t *engine;
  wasmtime_module_t *shared, *own;
  wasmtime_sharedmemory_t *memory;
  wasmtime_store_t *store, *ownStore;
  char *version, *why;
  size_t versionCapacity, whyCapacity;
};

#define PROVE(TRUTH, WHAT)                                                                                   \
  do {                                                                                                       \
    if (!(TRUTH)) {                                                                                          \
      snprintf(s->why, s->whyCapacity, "does not behave as Wasmtime " VERSION " (%s)", WHAT);                \
      return false;                                                                                          \
    }                                                                                                        \
  } while (0)

// A place for what the library writes, marked behind.
#define MARKED(T) struct { T value; uint8_t mark[64]; }
#define MARK(P) memset((P)->mark, 0xa5, sizeof(P)->mark)
static bool unmarked(const uint8_t *mark) {
  for (int i = 0; i < 64; i++)
    if (mark[i] != 0xa5) return true;
  return false;
}

static bool gone(struct smoke *s, wasmtime_error_t *error) {
  if (!error) return true;
  s->w->wasmtime_error_delete(error);
  return false;
}

// Takes a trap or error of a call that had to fail, and tells whether it was the expected trap.
static bool trapped(struct smoke *s, wasmtime_error_t *error, wasm_trap_t *trap, uint8_t expected) {
  uint8_t code = 255;
  bool is = gone(s, error) && trap && s->w->wasmtime_trap_code(trap, &code) && code == expected;
  if (trap) {
    wasm_byte_vec_t message = {0, NULL};
    s->w->wasm_trap_message(trap, &message);
    is = is && message.size > 0 && message.data;
    s->w->wasm_byte_vec_delete(&message);
    s->w->wasm_trap_delete(trap);
  }
  return is;
}

// The text after the format byte and the length in section .wasmtime.engine of a serialised module.
static bool read_version(const uint8_t *file, size_t n, char *out, size_t capacity) {
  Elf64_Ehdr head;
  if (n < sizeof head || memcmp(file, ELFMAG, SELFMAG) != 0) return false;
  memcpy(&head, file, sizeof head);
  size_t table = (size_t)head.e_shnum * sizeof(Elf64_Shdr);
  if (head.e_shentsize != sizeof(Elf64_Shdr) || head.e_shoff > n || table > n - head.e_shoff) return false;
  if (head.e_shstrndx >= head.e_shnum) return false;
  Elf64_Shdr names, row;
  memcpy(&names, file + head.e_shoff + head.e_shstrndx * sizeof names, sizeof names);
  if (names.sh_offset > n || names.sh_size > n - names.sh_offset) return false;
  static const char wanted[] = ".wasmtime.engine";
  for (size_t i = 0; i < head.e_shnum; i++) {
    memcpy(&row, file + head.e_shoff + i * sizeof row, sizeof row);
    if (row.sh_name > names.sh_size || names.sh_size - row.sh_name < sizeof wanted) continue;
    if (memcmp(file + names.sh_offset + row.sh_name, wanted, sizeof wanted) != 0) continue;
    if (row.sh_offset > n || row.sh_size > n - row.sh_offset || row.sh_size < 2) return false;
    size_t length = file[row.sh_offset + 1];
    if (length + 2 > row.sh_size || length >= capacity) return false;
    memcpy(out, file + row.sh_offset + 2, length);
    out[length] = 0;
    return true;
  }
  return false;
}

static bool try_engine(struct smoke *s) {
  const struct cw_functions *w = s->w;
  wasm_config_t *config = w->wasm_config_new();
  PROVE(config, "configuration");
  w->wasmtime_config_wasm_threads_set(config, true);
  w->wasmtime_config_shared_memory_set(config, true);
  w->wasmtime_config_wasm_simd_set(config, true);
  w->wasmtime_config_epoch_interruption_set(config, true);
  w->wasmtime_config_max_wasm_stack_set(config, 256 * 1024);
  w->wasmtime_config_cranelift_opt_level_set(config, CW_OPT_LEVEL_SPEED);
  s->engine = w->wasm_engine_new_with_config(config);
  PROVE(s->engine, "engine");
  PROVE(gone(s, w->wasmtime_module_new(s->engine, sharedModule, sizeof sharedModule, &s->shared)), "module");
  wasm_byte_vec_t bytes = {0, NULL};
  PROVE(gone(s, w->wasmtime_module_serialize(s->shared, &bytes)), "serialised module");
  bool read = read_version((const uint8_t *)bytes.data, bytes.size, s->version, s->versionCapacity);
  w->wasm_byte_vec_delete(&bytes);
  PROVE(read, "version of a serialised module");
  if (strcmp(s->version, VERSION) == 0) return true;
  snprintf(s->why, s->whyCapacity, "is Wasmtime %s, and this program was made for " VERSION, s->version);
  return false;
}

static bool try_types(struct smoke *s) {
  const struct cw_functions *w = s->w;
  MARKED(wasm_importtype_vec_t) imports;
  MARKED(wasm_exporttype_vec_t) exports;
  MARK(&imports), MARK(&exports);
  w->wasmtime_module_imports(s->shared, &imports.value);
  w->wasmtime_module_exports(s->shared, &exports.value);
  PROVE(!unmarked(imports.mark) && imports.value.size == 1, "list of imports");
  PROVE(!unmarked(exports.mark) && exports.value.size == 3, "list of exports");
  const wasm_byte_vec_t *module = w->wasm_importtype_module(imports.value.data[0]);
  PROVE(module->size == 3 && memcmp(module->data, "env", 3) == 0, "name of an import");
  const wasm_externtype_t *type = w->wasm_importtype_type(imports.value.data[0]);
  PROVE(w->wasm_externtype_kind(type) == CW_EXTERN_MEMORY, "kind of an import");
  const wasm_memorytype_t *memory = w->wasm_externtype_as_memorytype_const(type);
  uint64_t maximum = 0;
  PROVE(memory && w->wasmtime_memorytype_minimum(memory) == 1, "minimum of a memory");
  PROVE(w->wasmtime_memorytype_maximum(memory, &maximum) && maximum == 2, "maximum of a memory");
  PROVE(w->wasmtime_memorytype_isshared(memory) && !w->wasmtime_memorytype_is64(memory), "kind of a memory");
  const wasm_externtype_t *function = w->wasm_exporttype_type(exports.value.data[1]);
  PROVE(w->wasm_externtype_kind(function) == CW_EXTERN_FUNC, "kind of an export");
  const wasm_functype_t *signature = w->wasm_externtype_as_functype_const(function);
  PROVE(signature && w->wasm_functype_params(signature)->size == 2, "parameters of a function");
  PROVE(w->wasm_valtype_kind(w->wasm_functype_results(signature)->data[0]) == CW_I32, "result of a function");
  w->wasm_importtype_vec_delete(&imports.value);
  w->wasm_exporttype_vec_delete(&exports.value);
  return true;
}

static bool try_shared(struct smoke *s) {
  const struct cw_functions *w = s->w;
  wasm_memorytype_t *type = NULL;
  PROVE(gone(s, w->wasmtime_memorytype_new(1, true, 2, false, true, 16, &type)) && type, "memory type");
  wasmtime_error_t *error = w->wasmtime_sharedmemory_new(s->engine, type, &s->memory);
  w->wasm_memorytype_delete(type);
  PROVE(gone(s, error) && s->memory, "shared memory");
  s->store = w->wasmtime_store_new(s->engine, NULL, NULL);
  PROVE(s->store, "store");
  wasmtime_context_t *context = w->wasmtime_store_context(s->store);
  w->wasmtime_context_set_epoch_deadline(context, 1);

  wasmtime_extern_t import = {.kind = CW_EXTERN_SHAREDMEMORY, .of.sharedmemory = s->memory};
  MARKED(wasmtime_instance_t) instance;
  MARK(&instance);
  wasm_trap_t *trap = NULL;
  PROVE(gone(s, w->wasmtime_instance_new(context, s->shared, &import, 1, &instance.value, &trap)) && !trap,
        "instance");
  PROVE(!unmarked(instance.mark), "size of an instance");
  MARKED(wasmtime_extern_t) f, t, g;
  MARK(&f), MARK(&t), MARK(&g);
  PROVE(w->wasmtime_instance_export_get(context, &instance.value, "f", 1, &f.value), "export");
  PROVE(w->wasmtime_instance_export_get(context, &instance.value, "t", 1, &t.value), "export");
  PROVE(w->wasmtime_instance_export_get(context, &instance.value, "g", 1, &g.value), "export");
  PROVE(!unmarked(f.mark) && !unmarked(t.mark) && !unmarked(g.mark), "size of an export");
  PROVE(f.value.kind == CW_EXTERN_FUNC && g.value.kind == CW_EXTERN_GLOBAL, "kind of an export");

  MARKED(wasmtime_val_t) value;
  MARK(&value);
  w->wasmtime_global_get(context, &g.value.of.global, &value.value);
  PROVE(!unmarked(value.mark) && value.value.kind == CW_I32 && value.value.of.i32 == 7, "global");
  value.value.of.i32 = 1000;
  PROVE(gone(s, w->wasmtime_global_set(context, &g.value.of.global, &value.value)), "setting a global");

  wasmtime_val_raw_t raw[2] = {{.i32 = 64}, {.i32 = 42}};
  PROVE(gone(s, w->wasmtime_func_call_unchecked(context, &f.value.of.func, raw, 2, &trap)) && !trap, "call");
  PROVE(raw[0].i32 == 1042, "result of a call");
  uint64_t before = 0;
  PROVE(gone(s, w->wasmtime_sharedmemory_grow(s->memory, 1, &before)) && before == 1, "growing memory");
  PROVE(w->wasmtime_sharedmemory_data_size(s->memory) == 2 * 65536, "size of memory");
  PROVE(w->wasmtime_sharedmemory_data(s->memory)[64] == 42, "bytes of memory");

  wasmtime_error_t *fault = w->wasmtime_func_call_unchecked(context, &t.value.of.func, raw, 2, &trap);
  PROVE(trapped(s, fault, trap, CW_TRAP_UNREACHABLE), "trap");
  trap = NULL;
  w->wasmtime_engine_increment_epoch(s->engine);
  fault = w->wasmtime_func_call_unchecked(context, &f.value.of.func, raw, 2, &trap);
  PROVE(trapped(s, fault, trap, CW_TRAP_INTERRUPT), "interruption");
  return true;
}

static bool try_own(struct smoke *s) {
  const struct cw_functions *w = s->w;
  PROVE(gone(s, w->wasmtime_module_new(s->engine, ownModule, sizeof ownModule, &s->own)), "second module");
  s->ownStore = w->wasmtime_store_new(s->engine, NULL, NULL);
  PROVE(s->ownStore, "second store");
  wasmtime_context_t *context = w->wasmtime_store_context(s->ownStore);
  w->wasmtime_context_set_epoch_deadline(context, 1);
  w->wasmtime_store_limiter(s->ownStore, 4 * 65536, 10, 1, 1, 1);
  wasmtime_instance_t instance;
  wasm_trap_t *trap = NULL;
  PROVE(gone(s, w->wasmtime_instance_new(context, s->own, NULL, 0, &instance, &trap)) && !trap, "second instance");
  MARKED(wasmtime_extern_t) m, f;
  MARK(&m), MARK(&f);
  PROVE(w->wasmtime_instance_export_get(context, &instance, "m", 1, &m.value), "memory");
  PROVE(w->wasmtime_instance_export_get(context, &instance, "w", 1, &f.value), "export");
  PROVE(!unmarked(m.mark) && m.value.kind == CW_EXTERN_MEMORY, "kind of a memory export");
  wasmtime_val_raw_t raw[1] = {{.i32 = 0}};
  PROVE(gone(s, w->wasmtime_func_call_unchecked(context, &f.value.of.func, raw, 1, &trap)) && !trap, "limited call");
  PROVE(raw[0].i32 == -1, "limit of memory");
  uint64_t before = 0;
  PROVE(gone(s, w->wasmtime_memory_grow(context, &m.value.of.memory, 2, &before)) && before == 1, "own growth");
  PROVE(w->wasmtime_memory_data_size(context, &m.value.of.memory) == 3 * 65536, "own size");
  PROVE(w->wasmtime_memory_data(context, &m.value.of.memory)[0] == 0, "own bytes");
  return true;
}

bool cw_smoke(const struct cw_functions *w, char *version, size_t versionCapacity, char *why, size_t whyCapacity) {
  struct smoke s = {.w = w, .version = version, .versionCapacity = versionCapacity, .why = why,
                    .whyCapacity = whyCapacity};
  bool good = try_engine(&s) && try_types(&s) && try_shared(&s) && try_own(&s);
  if (s.ownStore) w->wasmtime_store_delete(s.ownStore);
  if (s.store) w->wasmtime_store_delete(s.store);
  if (s.memory) w->wasmtime_sharedmemory_delete(s.memory);
  if (s.own) w->wasmtime_module_delete(s.own);
  if (s.shared) w->wasmtime_module_delete(s.shared);
  if (s.engine) w->wasm_engine_delete(s.engine);
  return good;
}
