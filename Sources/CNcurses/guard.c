#define _GNU_SOURCE
#include "CNcurses.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Everything the handler touches is set before it can run, and it only calls what POSIX lists as safe in a signal
// handler: write, tcsetattr, sigaction, raise.

static char restoring[1024];
static size_t restoring_count;
static struct termios modes;
static bool has_modes;
static atomic_bool armed;

static const int crashes[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE};
#define CRASHES (sizeof crashes / sizeof *crashes)
static struct sigaction before[CRASHES];

static void restore(void) {
  if (!atomic_exchange(&armed, false)) return;
  size_t done = 0;
  while (done < restoring_count) {
    ssize_t written = write(STDOUT_FILENO, restoring + done, restoring_count - done);
    if (written <= 0) break;
    done += (size_t)written;
  }
  if (has_modes) tcsetattr(STDOUT_FILENO, TCSANOW, &modes);
}

static void crashed(int number) {
  restore();
  // Whoever was to handle it still does: the instruction is run again, or the signal is delivered again, when this
  // returns.
  for (size_t index = 0; index < CRASHES; index++)
    if (crashes[index] == number) sigaction(number, &before[index], NULL);
  raise(number);
}

static void install(void) {
  static char stack[64 * 1024];  // a handler for a stack that overflowed needs another one
  stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  stack_t existing;
  if (sigaltstack(NULL, &existing) == 0 && (existing.ss_flags & SS_DISABLE)) sigaltstack(&other, NULL);
  struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (size_t index = 0; index < CRASHES; index++) sigaction(crashes[index], &action, &before[index]);
  atexit(restore);
}

void terminal_guard(const void *bytes, size_t count) {
  static bool installed;
  restoring_count = count < sizeof restoring ? count : sizeof restoring;
  memcpy(restoring, bytes, restoring_count);
  if (!installed) {
    installed = true;
    has_modes = tcgetattr(STDOUT_FILENO, &modes) == 0;
    install();
  }
  atomic_store(&armed, true);
}

void terminal_unguard(void) { atomic_store(&armed, false); }
