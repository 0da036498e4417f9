#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int signals_open(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGWINCH);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTSTP);
  sigaddset(&signals, SIGCONT);
  int failure = pthread_sigmask(SIG_BLOCK, &signals, NULL);
  if (failure != 0) {
    errno = failure;
    return -1;
  }
  return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

int signals_next(int descriptor) {
  struct signalfd_siginfo came;
  return read(descriptor, &came, sizeof came) == sizeof came ? (int)came.ssi_signo : 0;
}

void signals_stop(void) {
  sigset_t stop, others, before;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigemptyset(&others);
  sigaddset(&others, SIGCONT);
  struct timespec now = {0, 0};
  struct sigaction usual = {.sa_handler = SIG_DFL}, other;
  pthread_sigmask(SIG_BLOCK, &stop, &before);
  while (sigtimedwait(&stop, NULL, &now) > 0) continue;  // the same Ctrl+Z may have sent us one too
  sigaction(SIGTSTP, &usual, &other);
  raise(SIGTSTP);  // not SIGSTOP, which also stops a program that has no shell, and then nobody continues it
  pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(SIGTSTP, &other, NULL);
  if (sigismember(&before, SIGCONT)) sigtimedwait(&others, NULL, &now);  // our return tells it
}

static int start(pid_t *child, char *const arguments[]) {
  posix_spawnattr_t attributes;
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGINT);
  sigaddset(&usual, SIGTSTP);
  sigaddset(&usual, SIGTERM);
  sigaddset(&usual, SIGPIPE);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int failure = posix_spawnp(child, arguments[0], NULL, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  return failure;
}

/// What the keyboard sent to the program was not meant for us as well.
static void forget_pending(void) {
  sigset_t theirs;
  sigemptyset(&theirs);
  sigaddset(&theirs, SIGINT);
  sigaddset(&theirs, SIGTSTP);
  struct timespec now = {0, 0};
  while (sigtimedwait(&theirs, NULL, &now) > 0) continue;
}

/// Waits a moment for a signal that ends the program; 0 if none came. It has to be raised again for whoever reads it.
static int await_end(void) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGHUP);
  struct timespec moment = {0, 20000000};
  int came = sigtimedwait(&ends, NULL, &moment);
  return came > 0 ? came : 0;
}

int signals_run(char *const arguments[]) {
  pid_t child;
  int failure = start(&child, arguments);
  if (failure != 0) {
    errno = failure;
    return -1;
  }
  int status, end = 0;
  while (true) {
    pid_t changed = waitpid(child, &status, WUNTRACED | WNOHANG);
    if (changed < 0 && errno != EINTR) return -1;
    if (changed == child && !WIFSTOPPED(status)) break;
    if (changed == child) {
      signals_stop();
      kill(child, SIGCONT);
    }
    int came = await_end();
    if (came == 0) continue;
    end = came;
    kill(child, end);
  }
  forget_pending();
  if (end != 0) kill(getpid(), end);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
