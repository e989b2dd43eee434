// Where a library loaded at run time is looked for; included by the loaders of CWasmtime and
// COnnxRuntime, which each hand in what makes a file acceptable.
//
//   1. the folders of CATENARY_LIBRARY_PATH, `:` between them (the word `none`: nothing is loaded)
//   2. ../lib/catenary beside the executable       an installation
//   3. .deps/lib in a folder above the executable  a checkout, after scripts/bootstrap
//   4. /usr/local/lib/catenary
//   5. the system's loader, by the bare name
#ifndef CATENARY_LIBRARY_SEARCH_H
#define CATENARY_LIBRARY_SEARCH_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // dlinfo; this header comes first in a loader
#endif
#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct library_search {
  const char *file;
  // Judges an opened library; on refusal writes its reason. `context` is the caller's.
  bool (*accept)(void *handle, void *context, char *reason, size_t reasonCapacity);
  void *context;
  char *path, *why;
  size_t pathCapacity, whyCapacity;
};

static void library_search_note(struct library_search *s, const char *path, const char *reason) {
  size_t used = strlen(s->why), length = strlen(path);
  // The system's loader begins with the file, too.
  bool named = strncmp(reason, path, length) == 0 && reason[length] == ':';
  snprintf(s->why + used, s->whyCapacity - used, "%s%s%s%s", used ? "; " : "", named ? "" : path, named ? "" : ": ", reason);
}

// A file shorter than its own headers say, as after a broken download: mapping it succeeds, touching its end kills
// the process. Files that are no 64-bit ELF at all are left to dlopen, which says so.
static bool library_search_is_cut(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct stat status;
  Elf64_Ehdr head;
  bool cut = false;
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && pread(file, &head, sizeof head, 0) == sizeof head &&
      memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 && head.e_ident[EI_CLASS] == ELFCLASS64) {
    uint64_t size = (uint64_t)status.st_size;
    cut = head.e_shoff > size || (uint64_t)head.e_shnum * head.e_shentsize > size - head.e_shoff;
    for (unsigned i = 0; i < head.e_phnum && !cut; i++) {
      Elf64_Phdr part;
      if (pread(file, &part, sizeof part, (off_t)(head.e_phoff + (uint64_t)i * sizeof part)) != sizeof part) cut = true;
      else if (part.p_type == PT_LOAD) cut = part.p_offset > size || part.p_filesz > size - part.p_offset;
    }
  }
  close(file);
  return cut;
}

static bool library_search_open(struct library_search *s, const char *path) {
  char reason[4096] = "";
  if (strchr(path, '/') && library_search_is_cut(path)) {
    library_search_note(s, path, "damaged: the file ends before its contents do; remove it and run scripts/bootstrap");
    return false;
  }
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *message = dlerror();
    library_search_note(s, path, message ? message : "cannot be loaded");
    return false;
  }
  if (!s->accept(handle, s->context, reason, sizeof reason)) {
    // Left open on purpose: closing a library that started threads or handlers is not safe.
    library_search_note(s, path, reason);
    return false;
  }
  // The system's loader was given a bare name: say which file it took.
  struct link_map *map = NULL;
  bool named = dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 && map && map->l_name[0];
  snprintf(s->path, s->pathCapacity, "%s", named ? map->l_name : path);
  return true;
}

static bool library_search_folder(struct library_search *s, const char *folder, size_t length) {
  char path[1024];
  if (length == 0 || (size_t)snprintf(path, sizeof path, "%.*s/%s", (int)length, folder, s->file) >= sizeof path)
    return false;
  return access(path, F_OK) == 0 && library_search_open(s, path);
}

// Above the executable may lie folders that anybody can write to, as /tmp: there only what belongs to us, to root
// or to the owner of the executable is taken, and never what all may write to.
static bool library_search_trusts(const char *path) {
  struct stat program, found;
  if (stat("/proc/self/exe", &program) != 0 || stat(path, &found) != 0 || (found.st_mode & S_IWOTH)) return false;
  return found.st_uid == 0 || found.st_uid == geteuid() || found.st_uid == program.st_uid;
}

static bool library_search_beside(struct library_search *s, const char *folder) {
  char path[1200];
  snprintf(path, sizeof path, "%s/%s", folder, s->file);
  if (access(path, F_OK) != 0) return false;
  if (library_search_trusts(folder) && library_search_trusts(path))
    return library_search_folder(s, folder, strlen(folder));
  library_search_note(s, path, "not taken, because others own it or may write to it");
  return false;
}

static bool library_search_run(struct library_search *s, const char *libraryPath) {
  s->path[0] = s->why[0] = 0;
  if (libraryPath && strcmp(libraryPath, "none") == 0) {
    snprintf(s->why, s->whyCapacity, "CATENARY_LIBRARY_PATH is `none`, which asks for no library");
    return false;
  }
  for (const char *p = libraryPath; p && *p;) {
    size_t length = strcspn(p, ":");
    if (library_search_folder(s, p, length)) return true;
    p += length + (p[length] == ':');
  }
  char executable[1024], folder[1100];
  ssize_t n = readlink("/proc/self/exe", executable, sizeof executable - 1);
  if (n > 0) {
    executable[n] = 0;
    char *slash = strrchr(executable, '/');
    if (slash) *slash = 0;
    snprintf(folder, sizeof folder, "%s/../lib/catenary", executable);
    if (library_search_beside(s, folder)) return true;
    while (slash) {
      snprintf(folder, sizeof folder, "%s/.deps/lib", executable);
      if (library_search_beside(s, folder)) return true;
      slash = strrchr(executable, '/');
      if (slash) *slash = 0;
    }
  }
  const char *local = "/usr/local/lib/catenary";
  if (library_search_folder(s, local, strlen(local))) return true;
  return library_search_open(s, s->file);
}

#endif
