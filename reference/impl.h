/* reference/impl.h - what the files of reference share. */
#ifndef REFERENCE_IMPL_H
#define REFERENCE_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "reference/reference.h"

/* ------------------------------------------------------------ point builders */

/* Collects points of a built-in set.  A complex argument is two fields here,
 * always; mltab_points_load drops the second when no chosen point uses it. */
typedef struct {
    mltab_points *set;
    const char *prefix; /* of the ids: "ml" */
    size_t capacity;
    bool failed; /* out of memory */
} mltab_builder;

/* Adds a point unless the set has it already. */
void mltab_add(mltab_builder *b, const char *region, const double *fields);

void mltab_builtin_mittleff(mltab_builder *b);
void mltab_builtin_kww(mltab_builder *b);
void mltab_builtin_relaxation(mltab_builder *b);

/* splitmix64: points drawn by seed need no more. */
typedef struct {
    uint64_t state;
} mltab_random;

void mltab_random_mittleff(mltab_random *r, double *fields, bool complex);
void mltab_random_kww(mltab_random *r, double *fields, bool complex);
void mltab_random_relaxation(mltab_random *r, double *fields, bool complex);

/* ------------------------------------------------------------------- answers */

/* Longest line that can be an answer; a longer one is garbage. */
#define MLTAB_LINE 4096

/* Reads one answer line (no newline): sets kind, re, im of v. */
void mltab_parse_answer(mltab_verdict *v, const char *line, size_t n);

/* ----------------------------------------------------------------- processes */

/* One process group that runs the command; in, out are -1 when closed. */
typedef struct {
    pid_t pid;
    int in;      /* we write */
    int out;     /* we read */
    char *queue; /* bytes to write: queue[head..tail) */
    size_t head, tail, capacity;
    bool close_after; /* close `in` once the queue is empty */
} mltab_child;

/* Groups that were told to end and have not ended yet. */
typedef struct {
    pid_t pid;
    double deadline;
    bool reaped, killed;
} mltab_grave;

#define MLTAB_GRAVES 128

typedef struct {
    mltab_grave graves[MLTAB_GRAVES];
    size_t n;
    bool cannot_run; /* some leader ended with 126 or 127 */
} mltab_graveyard;

double mltab_now(void); /* seconds of a monotonic clock */

/* environment: a NULL-terminated list for execve. */
bool mltab_child_start(mltab_child *c, const char *command,
                       char *const *environment, mlio_error *err);
bool mltab_child_queue(mltab_child *c, const char *text, size_t n);
void mltab_child_write(mltab_child *c); /* as much as fits now */

/* Closes the pipes and tells the group to end: TERM, 1 s, KILL. */
void mltab_child_end(mltab_child *c, mltab_graveyard *yard);

/* Reaps, kills what is overdue. */
void mltab_graveyard_tick(mltab_graveyard *yard);
/* Until nothing is left (at most about 2 s). */
void mltab_graveyard_wait(mltab_graveyard *yard);

#endif
