#include "CLinux.h"
int nod_placeholder(void) { return 0; }
