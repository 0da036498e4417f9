#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

int terminal_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static int described_colours;

int terminal_describe(const char *name) {
  int outcome = 0;
  TERMINAL *before = cur_term;
  if (setupterm((char *)name, STDOUT_FILENO, &outcome) != OK) return TERMINAL_UNKNOWN;
  const char *move = tigetstr("cup");
  described_colours = tigetnum("colors");
  TERMINAL *described = cur_term;
  set_curterm(before);
  del_curterm(described);
  return move == NULL || move == (char *)-1 ? TERMINAL_CANNOT_MOVE : TERMINAL_USABLE;
}

int terminal_described_colours(void) { return described_colours < 0 ? 0 : described_colours; }

SCREEN *terminal_open(const char *name, int input) {
  // ncurses keeps both handles for as long as the screen lives; they stay open, as the descriptors are not ours.
  static FILE *in;
  if (in == NULL || fileno(in) != input) in = fdopen(input, "r");
  if (in == NULL) return NULL;
  SCREEN *screen = newterm(name, stdout, in);
  if (screen == NULL) return NULL;
  set_term(screen);
  raw();
  noecho();
  nonl();
  typeahead(-1);  // a frame is shown whole even while keys are waiting
  return screen;
}

int terminal_start_colours(void) {
  start_color();
  use_default_colors();
  return COLOR_PAIRS;
}

int terminal_pair(int foreground, int background) {
  int pair = alloc_pair(foreground, background);
  return pair < 0 ? 0 : pair;
}

attr_t terminal_attributes(unsigned bits, int pair) {
  static const attr_t known[] = {A_BOLD, A_UNDERLINE, A_REVERSE, A_DIM, A_ITALIC};
  attr_t attributes = COLOR_PAIR(pair > 255 ? 255 : pair);  // a larger pair is in the cell's own field
  for (size_t index = 0; index < sizeof known / sizeof *known; index++)
    if (bits >> index & 1) attributes |= known[index];
  return attributes;
}

bool terminal_size(int *across, int *down) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  *across = size.ws_col;
  *down = size.ws_row;
  return true;
}

size_t terminal_sequence(const char *name, char *into, size_t limit) {
  const char *sequence = tigetstr((char *)name);
  if (sequence == NULL || sequence == (char *)-1) return 0;
  size_t count = 0;
  while (*sequence != 0 && count < limit) {
    const char *end;
    if (sequence[0] == '$' && sequence[1] == '<' && (end = strchr(sequence, '>')) != NULL) {
      sequence = end + 1;  // padding, for terminals of paper
      continue;
    }
    into[count++] = *sequence++;
  }
  return count;
}

bool terminal_write(const void *bytes, size_t count) {
  const char *next = bytes;
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, next, count);
    if (written < 0 && errno == EAGAIN) {
      struct pollfd wait = {STDOUT_FILENO, POLLOUT, 0};
      if (poll(&wait, 1, 1000) > 0) continue;
      return false;
    }
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    next += written;
    count -= (size_t)written;
  }
  return true;
}

ssize_t terminal_read(int input, void *into, size_t limit) {
  struct pollfd ready = {input, POLLIN, 0};
  if (poll(&ready, 1, 0) <= 0 || ready.revents == 0) return 0;
  ssize_t count = read(input, into, limit);
  if (count < 0) return errno == EINTR || errno == EAGAIN ? 0 : -1;
  return count == 0 ? -1 : count;
}
