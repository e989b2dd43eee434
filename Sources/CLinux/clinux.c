#define _GNU_SOURCE
#include "CLinux.h"

#include <malloc.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

_Static_assert(CLINUX_READ == (int)EPOLLIN && CLINUX_WRITE == (int)EPOLLOUT, "epoll's own numbers");
_Static_assert(CLINUX_ERROR == (int)EPOLLERR && CLINUX_HANGUP == (int)EPOLLHUP, "epoll's own numbers");

static int checked(int result) { return result < 0 ? -errno : result; }

int clinux_epoll_create(void) { return checked(epoll_create1(EPOLL_CLOEXEC)); }

static int set(int epoll, int how, int descriptor, uint32_t events, uint64_t key) {
  struct epoll_event event = {.events = events, .data.u64 = key};
  return checked(epoll_ctl(epoll, how, descriptor, &event));
}

int clinux_epoll_add(int e, int d, uint32_t events, uint64_t key) { return set(e, EPOLL_CTL_ADD, d, events, key); }
int clinux_epoll_change(int e, int d, uint32_t events, uint64_t key) { return set(e, EPOLL_CTL_MOD, d, events, key); }
int clinux_epoll_remove(int e, int d) { return set(e, EPOLL_CTL_DEL, d, 0, 0); }

int clinux_epoll_wait(int epoll, clinux_event *events, int room, int milliseconds) {
  struct epoll_event found[64];
  int count = epoll_wait(epoll, found, room < 64 ? room : 64, milliseconds);
  if (count < 0) return errno == EINTR ? 0 : -errno;
  for (int i = 0; i < count; i++) events[i] = (clinux_event){found[i].data.u64, found[i].events};
  return count;
}

int clinux_eventfd(void) { return checked(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)); }

void clinux_eventfd_add(int descriptor) {
  uint64_t one = 1;
  while (write(descriptor, &one, sizeof one) < 0 && errno == EINTR) {}
}

void clinux_eventfd_take(int descriptor) {
  uint64_t count;
  while (read(descriptor, &count, sizeof count) < 0 && errno == EINTR) {}
}

int clinux_signalfd(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  int failed = pthread_sigmask(SIG_BLOCK, &set, NULL);
  return failed ? -failed : checked(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}

int clinux_signalfd_take(int descriptor) {
  struct signalfd_siginfo info;
  ssize_t count = read(descriptor, &info, sizeof info);
  return count == sizeof info ? (int)info.ssi_signo : -EAGAIN;
}

static int listen_at(const struct addrinfo *at, bool shared) {
  int one = 1;
  int s = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (s < 0) return -errno;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  int result = 0;
  if (shared) result = setsockopt(s, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
  if (result == 0) result = bind(s, at->ai_addr, at->ai_addrlen);
  if (result == 0) result = listen(s, 4096);
  if (result == 0) return s;
  int why = errno;
  close(s);
  return -why;
}

static uint16_t port_of(int s) {
  struct sockaddr_storage own;
  socklen_t length = sizeof own;
  if (getsockname(s, (struct sockaddr *)&own, &length) != 0) return 0;
  return ntohs(own.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&own)->sin6_port
                                         : ((struct sockaddr_in *)&own)->sin_port);
}

static bool is_loopback(const struct sockaddr *a) {
  if (a->sa_family == AF_INET) {
    return ntohl(((const struct sockaddr_in *)a)->sin_addr.s_addr) >> 24 == 127;
  }
  return a->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)a)->sin6_addr);
}

int clinux_listen(const char *host, bool shared, uint16_t *port, bool *loopback) {
  char service[8];
  snprintf(service, sizeof service, "%u", *port);
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *found;
  if (getaddrinfo(host, service, &hints, &found) != 0) return CLINUX_NO_ADDRESS;
  int s = listen_at(found, shared);
  *loopback = is_loopback(found->ai_addr);
  freeaddrinfo(found);
  if (s >= 0) *port = port_of(s);
  return s;
}

int clinux_accept(int listener) {
  int s = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (s < 0) return -errno;
  int one = 1;
  setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return s;
}

ptrdiff_t clinux_send(int descriptor, const clinux_slice *slices, int count) {
  struct iovec vector[16];
  ssize_t sent;
  if (count == 1) {
    do { sent = send(descriptor, slices->start, slices->count, MSG_NOSIGNAL); } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
  }
  if (count > 16) count = 16;
  for (int i = 0; i < count; i++) vector[i] = (struct iovec){(void *)slices[i].start, slices[i].count};
  struct msghdr message = {.msg_iov = vector, .msg_iovlen = (size_t)count};
  do { sent = sendmsg(descriptor, &message, MSG_NOSIGNAL); } while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : sent;
}

ptrdiff_t clinux_receive(int descriptor, void *buffer, size_t room) {
  ssize_t count;
  do { count = recv(descriptor, buffer, room, 0); } while (count < 0 && errno == EINTR);
  return count < 0 ? -errno : count;
}

void clinux_finish_sending(int descriptor) { shutdown(descriptor, SHUT_WR); }

void clinux_reset(int descriptor) {
  struct linger none = {.l_onoff = 1, .l_linger = 0};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  close(descriptor);
}

int64_t clinux_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t clinux_raise_descriptors(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -errno;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return (int64_t)limit.rlim_cur;
}

void clinux_keep_memory(int trim, int map) {
  mallopt(M_TRIM_THRESHOLD, trim);
  mallopt(M_MMAP_THRESHOLD, map);
}

clinux_heap clinux_heap_now(void) {
  struct mallinfo2 m = mallinfo2();
  return (clinux_heap){m.arena, m.uordblks, m.fordblks, m.hblkhd, m.hblks, m.ordblks, m.keepcost};
}

void clinux_lower_priority(void) { setpriority(PRIO_PROCESS, (id_t)gettid(), 10); }

int clinux_thread(void) { return gettid(); }

clinux_thread_figures clinux_thread_now(void) {
  clinux_thread_figures figures = {0};
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage) == 0) {
    figures.faults = usage.ru_minflt + usage.ru_majflt;
    figures.waits = usage.ru_nvcsw;
    figures.interruptions = usage.ru_nivcsw;
  }
  pthread_attr_t attributes;
  void *lowest;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    if (pthread_attr_getstack(&attributes, &lowest, &figures.stack) == 0) {
      figures.depth = (size_t)((char *)lowest + figures.stack - (char *)__builtin_frame_address(0));
    }
    pthread_attr_destroy(&attributes);
  }
  return figures;
}

int64_t clinux_thread_time(void) {
  struct timespec time;
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0) return 0;
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int clinux_rename_to_free(const char *from, const char *to) {
  return checked(renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE));
}

int64_t clinux_wall_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
