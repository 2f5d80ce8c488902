#ifndef NOD_CLINUX_H
#define NOD_CLINUX_H
int nod_placeholder(void);
#endif
