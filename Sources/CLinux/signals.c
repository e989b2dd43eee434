#include "CLinux.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

// In C, since a handler may run in the middle of anything: it must not meet Swift's runtime, which takes locks and memory
// where nobody sees it. All that follows is async-signal-safe.
static _Atomic(const char *) unfinished[CLINUX_UNFINISHED];
static atomic_int noted;

void clinux_set_unfinished(int place, const char *path) { atomic_store(&unfinished[place], path); }

static void end(int number) {
  for (int i = 0; i < CLINUX_UNFINISHED; i++) {
    const char *path = atomic_load(&unfinished[i]);
    if (path) unlink(path);
  }
  signal(number, SIG_DFL);
  raise(number);
}

static void note(int number) {
  static const char words[] = "catenary: ending after the items in hand; again: at once\n";
  int before = errno, none = 0;
  if (!atomic_compare_exchange_strong(&noted, &none, number)) return end(number);
  if (write(2, words, sizeof words - 1) < 0) {}
  errno = before;
}

void clinux_end_by(int number) { signal(number, end); }
void clinux_end_gently_by(int number) { signal(number, note); }
int clinux_noted_signal(void) { return atomic_load(&noted); }
