// What Glibc's Swift module lacks, as plain functions over numbers. Each returns -errno where the call failed.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  CLINUX_READ = 1,      // EPOLLIN
  CLINUX_WRITE = 4,     // EPOLLOUT
  CLINUX_ERROR = 8,     // EPOLLERR
  CLINUX_HANGUP = 16,   // EPOLLHUP: both directions are closed
};

/// What happened to a descriptor that was registered with `key`.
typedef struct { uint64_t key; uint32_t events; } clinux_event;

/// A stretch of memory to be sent.
typedef struct { const void *start; size_t count; } clinux_slice;

int clinux_epoll_create(void);
int clinux_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t key);
int clinux_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t key);
int clinux_epoll_remove(int epoll, int descriptor);
/// Waits at most `milliseconds` (-1: for ever), at most `room` (64) events; 0 after an interruption.
int clinux_epoll_wait(int epoll, clinux_event *events, int room, int milliseconds);

/// A counter to wait for in epoll: reading takes all of it, adding wakes.
int clinux_eventfd(void);
void clinux_eventfd_add(int descriptor);
void clinux_eventfd_take(int descriptor);

/// Blocks SIGINT and SIGTERM in this thread and those it starts; the descriptor reads them.
int clinux_signalfd(void);
/// Takes a signal that has come; its number, or -EAGAIN.
int clinux_signalfd_take(int descriptor);

/// A listening socket on a numeric address or a name, -errno, or CLINUX_NO_ADDRESS when the name has none.
///
/// `shared` lets further sockets of this user listen on the same port (SO_REUSEPORT). `port` 0 takes a free one; it is
/// replaced by the true one. `loopback` tells whether only this machine reaches it.
int clinux_listen(const char *host, bool shared, uint16_t *port, bool *loopback);
enum { CLINUX_NO_ADDRESS = -100000 };

/// The next connection, which does not block, without Nagle's delay.
int clinux_accept(int listener);
/// As send(2) of several stretches in one call, without SIGPIPE.
ptrdiff_t clinux_send(int descriptor, const clinux_slice *slices, int count);
/// As recv(2).
ptrdiff_t clinux_receive(int descriptor, void *buffer, size_t room);
/// Sends what is left and then the end; reading goes on.
void clinux_finish_sending(int descriptor);
/// Closes with a reset, so that the other side learns that the answer is cut.
void clinux_reset(int descriptor);

/// Nanoseconds of a clock that only rises.
int64_t clinux_now(void);
/// Raises the limit of open descriptors to what the system allows; the limit then.
int64_t clinux_raise_descriptors(void);
/// Freed memory is given back from `trim` bytes at an arena's end on; stretches of `map` bytes and more are mapped alone.
void clinux_keep_memory(int trim, int map);

/// What mallinfo2(3) says of the allocator: bytes taken from the system in arenas, bytes of these in use and free, bytes
/// mapped one by one, their number, the number of free chunks, and bytes that could be given back at the end.
typedef struct { size_t arena, used, free, mapped, maps, chunks, releasable; } clinux_heap;
clinux_heap clinux_heap_now(void);

/// Gives this thread less right to the processor than the others have (nice 10).
void clinux_lower_priority(void);
/// The number of this thread, as the system counts them.
int clinux_thread(void);
/// What this thread has had: bytes of stack, of which `depth` are in use, page faults, and context switches that it
/// wanted and did not want.
typedef struct { size_t stack, depth; long faults, waits, interruptions; } clinux_thread_figures;
clinux_thread_figures clinux_thread_now(void);
/// Nanoseconds of processor time that this thread has used.
int64_t clinux_thread_time(void);
/// Milliseconds since 1970 UTC.
int64_t clinux_wall_milliseconds(void);

/// Renames a file unless something has the new name: 0, or -errno.
int clinux_rename_to_free(const char *from, const char *to);

/// Files that a signal removes before it ends the program, one a place; NULL: none. The string must stay as it is.
#define CLINUX_UNFINISHED 66
void clinux_set_unfinished(int place, const char *path);
/// From now on the signal removes them, and then does what it does by itself.
void clinux_end_by(int signal);
/// From now on the first of these signals is only noted, and told on standard error; the next one is as above.
void clinux_end_gently_by(int signal);
/// The signal that was noted; 0: none.
int clinux_noted_signal(void);
