#include <spawn.h>
#include <stddef.h>
#include <vterm.h>

// Calls of glibc that the headers show only to those who ask for GNU extensions, which Swift's Glibc module does not.
int posix_openpt(int flags);
int grantpt(int descriptor);
int unlockpt(int descriptor);
int ptsname_r(int descriptor, char *name, size_t size);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
static const short spawn_in_new_session = 0x80;  // POSIX_SPAWN_SETSID
