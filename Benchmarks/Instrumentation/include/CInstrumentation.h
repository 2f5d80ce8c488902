#ifndef NOD_INSTRUMENTATION_H
#define NOD_INSTRUMENTATION_H

// What a program tells callgrind that counts its instructions: nothing, where it does not run under
// valgrind or was built without its headers.

/// Whether the headers were there.
int nod_instructions_can_be_counted(void);

/// Starts to count; starting with it off keeps the set-up cheap.
void nod_instructions_start(void);
void nod_instructions_stop(void);

/// Forgets what was counted.
void nod_instructions_zero(void);

/// Writes what was counted since the last call under the name `mark-NUMBER`, and forgets it.
void nod_instructions_mark(unsigned number);

#endif
