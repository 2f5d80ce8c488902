// Runs a program that may make only the system calls that are named on standard input, one a line;
// any other fails with EPERM, as in a systemd unit with SystemCallFilter= and
// SystemCallErrorNumber=EPERM. Memory that is writable may not become executable either, as with
// MemoryDenyWriteExecute=yes.
//
//   with-syscalls PROGRAM [ARGUMENT…] < NAMES

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static int fail(const char *what, int code) {
  fprintf(stderr, "with-syscalls: %s: %s\n", what, strerror(code));
  return 70;
}

int main(int count, char **arguments) {
  if (count < 2) return 64;
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (!filter) return fail("seccomp_init", ENOMEM);
  char name[128];
  while (scanf("%127s", name) == 1) {
    int number = seccomp_syscall_resolve_name(name);
    // Names of other architectures and newer kernels are passed over, as systemd does.
    if (number == __NR_SCMP_ERROR || number < 0) continue;
    // mprotect to executable, and mappings that are writable and executable, are not allowed.
    int result;
    if (!strcmp(name, "mprotect") || !strcmp(name, "pkey_mprotect"))
      result = seccomp_rule_add(
          filter, SCMP_ACT_ALLOW, number, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    else if (!strcmp(name, "mmap"))
      result = 0;
    else
      result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
    if (result < 0) return fail(name, -result);
  }
  int result = seccomp_rule_add(
      filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (result == 0)
    result = seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC));
  if (result < 0) return fail("mmap", -result);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return fail("no_new_privs", errno);
  if ((result = seccomp_load(filter)) < 0) return fail("seccomp_load", -result);
  seccomp_release(filter);
  // Standard input was the list.
  if (!freopen("/dev/null", "r", stdin)) return fail("/dev/null", errno);
  execvp(arguments[1], arguments + 1);
  return fail(arguments[1], errno);
}
