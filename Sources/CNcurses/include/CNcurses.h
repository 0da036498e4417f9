#pragma once

// What Swift cannot import of ncurses and of the C library: macros, globals, FILE handles, signal handlers.
// `stdscr` is never named: a screen is what newterm gives, and its one window what newwin gives.

#define NCURSES_WIDECHAR 1
#include <ncursesw/ncurses.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Columns of a scalar by the locale: -1 not printable.
int terminal_columns(uint32_t scalar);

/// What opening a terminal can come to.
enum terminal_description {
  TERMINAL_USABLE = 0,
  TERMINAL_UNKNOWN = 1,
  TERMINAL_CANNOT_MOVE = 2,
};

/// Looks a terminal's description up by its name, without touching the terminal.
int terminal_describe(const char *name);

/// How many colours the described terminal has, at least 0; to be asked after terminal_describe said it is usable.
int terminal_described_colours(void);

/// newterm on standard output and the given input, in raw mode without echo; NULL when it fails.
SCREEN *terminal_open(const char *name, int input);

/// Colours for the open screen, the terminal's own included; how many pairs of them there may be.
int terminal_start_colours(void);

/// The pair of two colours, -1 being the terminal's own; 0 when there is no pair left.
int terminal_pair(int foreground, int background);

/// What ncurses calls these attributes, in the order bold, underline, reverse, dim, italic from the lowest bit, with a
/// pair.
attr_t terminal_attributes(unsigned bits, int pair);

/// The window's size by the kernel; false when it does not say.
bool terminal_size(int *across, int *down);

/// A terminal's sequence by its terminfo name, without padding, into at most `limit` bytes; how many there are.
size_t terminal_sequence(const char *name, char *into, size_t limit);

/// Writes all bytes to standard output, past ncurses; false when the terminal is gone.
bool terminal_write(const void *bytes, size_t count);

/// Reads what is there now without waiting: how many bytes, 0 for none, -1 for the end of input.
ssize_t terminal_read(int input, void *into, size_t limit);

/// From now on, a crash or exit() writes these bytes to standard output and restores the terminal's modes as they were
/// when this was first called.
void terminal_guard(const void *bytes, size_t count);

/// The guard has nothing to do until it is armed again.
void terminal_unguard(void);

/// A descriptor on which the blocked signals SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT can be read; -1
/// with errno.
int signals_open(void);

/// The number of the next signal that came; 0 for none.
int signals_next(int descriptor);

/// Stops this process as the terminal's Ctrl+Z would; returns when it is continued. That is at once where no shell could
/// continue it.
void signals_stop(void);

/// Runs a program on this terminal, with no signal blocked, and waits for it, stopping and continuing with it.
/// A signal that ends this process ends the program first. Its exit status, 128 + signal when a signal ended it, or -1
/// with errno when it could not be started.
int signals_run(char *const arguments[]);
