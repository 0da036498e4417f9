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

void signals_stop(void) { kill(getpid(), SIGSTOP); }

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

int signals_run(char *const arguments[]) {
  pid_t child;
  int failure = start(&child, arguments);
  if (failure != 0) {
    errno = failure;
    return -1;
  }
  int status;
  while (true) {
    if (waitpid(child, &status, WUNTRACED) < 0) {
      if (errno == EINTR) continue;
      return -1;
    }
    if (!WIFSTOPPED(status)) break;
    signals_stop();
    kill(child, SIGCONT);
  }
  forget_pending();
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
