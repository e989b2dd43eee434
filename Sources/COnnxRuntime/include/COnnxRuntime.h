// What Catenary calls of the ONNX Runtime C API, declared here: no ONNX Runtime header is needed to
// build. The library is loaded at run time; its table of functions is versioned by its own API, and an
// entry keeps its place in it for ever.
#ifndef CATENARY_CONNXRUNTIME_H
#define CATENARY_CONNXRUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The API version whose table we use; every ONNX Runtime from 1.16 on hands it out.
enum { CORT_API_VERSION = 16 };

enum { CORT_LOG_FATAL = 4 };
enum { CORT_SEQUENTIAL = 0 };
enum { CORT_OPTIMIZE_ALL = 99 };
enum { CORT_TYPE_TENSOR = 1 };
enum { CORT_ELEMENT_FLOAT = 1 };
enum { CORT_ARENA_ALLOCATOR = 1 };
enum { CORT_MEMORY_DEFAULT = 0 };

typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtValue OrtValue;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtModelMetadata OrtModelMetadata;

// Each row: place in the table, result, name, parameters, arguments. A status that is not null is the
// caller's to release.
#define CORT_CALLS(CALL)                                                                                              \
  CALL(2, const char *, GetErrorMessage, (const OrtStatus *status), (status))                                         \
  CALL(3, OrtStatus *, CreateEnv, (int severity, const char *name, OrtEnv **out), (severity, name, out))              \
  CALL(6, OrtStatus *, DisableTelemetryEvents, (const OrtEnv *env), (env))                                            \
  CALL(8, OrtStatus *, CreateSessionFromArray,                                                                        \
       (const OrtEnv *env, const void *model, size_t bytes, const OrtSessionOptions *options, OrtSession **out),      \
       (env, model, bytes, options, out))                                                                             \
  CALL(9, OrtStatus *, Run,                                                                                           \
       (OrtSession * session, const OrtRunOptions *options, const char *const *inputNames,                            \
        const OrtValue *const *inputs, size_t inputCount, const char *const *outputNames, size_t outputCount,         \
        OrtValue **outputs),                                                                                          \
       (session, options, inputNames, inputs, inputCount, outputNames, outputCount, outputs))                         \
  CALL(10, OrtStatus *, CreateSessionOptions, (OrtSessionOptions * *out), (out))                                      \
  CALL(13, OrtStatus *, SetSessionExecutionMode, (OrtSessionOptions * options, int mode), (options, mode))            \
  CALL(23, OrtStatus *, SetSessionGraphOptimizationLevel, (OrtSessionOptions * options, int level), (options, level)) \
  CALL(24, OrtStatus *, SetIntraOpNumThreads, (OrtSessionOptions * options, int threads), (options, threads))         \
  CALL(25, OrtStatus *, SetInterOpNumThreads, (OrtSessionOptions * options, int threads), (options, threads))         \
  CALL(30, OrtStatus *, SessionGetInputCount, (const OrtSession *session, size_t *out), (session, out))               \
  CALL(31, OrtStatus *, SessionGetOutputCount, (const OrtSession *session, size_t *out), (session, out))              \
  CALL(33, OrtStatus *, SessionGetInputTypeInfo, (const OrtSession *session, size_t i, OrtTypeInfo **out),            \
       (session, i, out))                                                                                             \
  CALL(34, OrtStatus *, SessionGetOutputTypeInfo, (const OrtSession *session, size_t i, OrtTypeInfo **out),           \
       (session, i, out))                                                                                             \
  CALL(36, OrtStatus *, SessionGetInputName,                                                                          \
       (const OrtSession *session, size_t i, OrtAllocator *allocator, char **out), (session, i, allocator, out))      \
  CALL(37, OrtStatus *, SessionGetOutputName,                                                                         \
       (const OrtSession *session, size_t i, OrtAllocator *allocator, char **out), (session, i, allocator, out))      \
  CALL(49, OrtStatus *, CreateTensorWithDataAsOrtValue,                                                               \
       (const OrtMemoryInfo *memory, void *data, size_t bytes, const int64_t *shape, size_t dimensions,               \
        int elementType, OrtValue **out),                                                                             \
       (memory, data, bytes, shape, dimensions, elementType, out))                                                    \
  CALL(55, OrtStatus *, CastTypeInfoToTensorInfo,                                                                     \
       (const OrtTypeInfo *type, const OrtTensorTypeAndShapeInfo **out), (type, out))                                 \
  CALL(56, OrtStatus *, GetOnnxTypeFromTypeInfo, (const OrtTypeInfo *type, int *out), (type, out))                    \
  CALL(60, OrtStatus *, GetTensorElementType, (const OrtTensorTypeAndShapeInfo *shape, int *out), (shape, out))       \
  CALL(61, OrtStatus *, GetDimensionsCount, (const OrtTensorTypeAndShapeInfo *shape, size_t *out), (shape, out))      \
  CALL(62, OrtStatus *, GetDimensions, (const OrtTensorTypeAndShapeInfo *shape, int64_t *out, size_t count),          \
       (shape, out, count))                                                                                           \
  CALL(69, OrtStatus *, CreateCpuMemoryInfo, (int allocator, int memory, OrtMemoryInfo **out),                        \
       (allocator, memory, out))                                                                                      \
  CALL(76, OrtStatus *, AllocatorFree, (OrtAllocator * allocator, void *block), (allocator, block))                   \
  CALL(78, OrtStatus *, GetAllocatorWithDefaultOptions, (OrtAllocator * *out), (out))                                 \
  CALL(93, void, ReleaseStatus, (OrtStatus * status), (status))                                                       \
  CALL(94, void, ReleaseMemoryInfo, (OrtMemoryInfo * memory), (memory))                                               \
  CALL(95, void, ReleaseSession, (OrtSession * session), (session))                                                   \
  CALL(96, void, ReleaseValue, (OrtValue * value), (value))                                                           \
  CALL(98, void, ReleaseTypeInfo, (OrtTypeInfo * type), (type))                                                       \
  CALL(100, void, ReleaseSessionOptions, (OrtSessionOptions * options), (options))                                    \
  CALL(111, OrtStatus *, SessionGetModelMetadata, (const OrtSession *session, OrtModelMetadata **out),                \
       (session, out))                                                                                                \
  CALL(116, OrtStatus *, ModelMetadataLookupCustomMetadataMap,                                                        \
       (const OrtModelMetadata *metadata, OrtAllocator *allocator, const char *key, char **out),                      \
       (metadata, allocator, key, out))                                                                               \
  CALL(118, void, ReleaseModelMetadata, (OrtModelMetadata * metadata), (metadata))                                    \
  CALL(130, OrtStatus *, AddSessionConfigEntry, (OrtSessionOptions * options, const char *key, const char *value),    \
       (options, key, value))

/// The start of ONNX Runtime's table of functions: those that we call have their types, the rest are slots.
typedef union cort_api {
  void *slots[131];
#define CORT_MEMBER(PLACE, R, NAME, P, A) \
  struct {                                \
    void *before##NAME[PLACE];            \
    R(*NAME) P;                           \
  };
  CORT_CALLS(CORT_MEMBER)
#undef CORT_MEMBER
} cort_api;

/// The table of the library that cort_load took; null before it did.
extern const cort_api *cort_table;

// cort_CreateEnv(…) and the others: called only after cort_load succeeded.
#define CORT_WRAPPER(PLACE, R, NAME, P, A) \
  static inline R cort_##NAME P { return cort_table->NAME A; }
CORT_CALLS(CORT_WRAPPER)
#undef CORT_WRAPPER

/// What a search found: the file loaded (empty when none) and its version, or why there is none.
typedef struct {
  char path[1024];
  char version[32];
  char why[4096];
} cort_found;

// Fixed arrays come to Swift as tuples of a thousand numbers: these lend their text.
static inline const char *cort_found_path(const cort_found *found) { return found->path; }
static inline const char *cort_found_version(const cort_found *found) { return found->version; }
static inline const char *cort_found_why(const cort_found *found) { return found->why; }

/// Looks for libonnxruntime.so.1 in the places of library_search.h and makes its table ours. `libraryPath`
/// is the value of CATENARY_LIBRARY_PATH, or null; the word `none` loads nothing. The first good library
/// stays. Not for two threads at once.
bool cort_load(const char *libraryPath, cort_found *found);

/// Judges one file as cort_load would, without taking it into use.
bool cort_probe(const char *file, cort_found *found);

#endif
