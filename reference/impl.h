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
    size_t *slots, nslots; /* hash table of the points: index + 1, or 0 */
    bool failed;           /* out of memory */
} mltab_builder;

/* Adds a point unless the set has it already; -0 is taken for 0. */
void mltab_add(mltab_builder *b, const char *region, const double *fields);
void mltab_builder_clear(mltab_builder *b); /* not the set */

/* The double nearest to x^y, x > 0: y has to be such that it is finite. */
double mltab_power(double x, double y);

/* The doubles nearest to r cos(pi t), r sin(pi t). */
void mltab_ray(double z[2], double r, double t);

/* The double that is k steps above x (below for k < 0). */
double mltab_step(double x, int k);

/* In the order of the ids: what is new goes to the end of the last. */
void mltab_mittleff_axes(mltab_builder *b);
void mltab_mittleff_rays(mltab_builder *b);
void mltab_mittleff_hard(mltab_builder *b);

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

/* ----------------------------------------------------------------- verdicts */

/* How bad it is: unknown 0, ok, refused, wrong, inf, nan, garbage, crash, hang. */
int mltab_severity(mltab_kind k);

/* ------------------------------------------------------------------- answers */

/* Longest line that can be an answer; a longer one is garbage. */
#define MLTAB_LINE 4096

/* Reads one answer line (no newline): sets kind, re, im of v. */
void mltab_parse_answer(mltab_verdict *v, const char *line, size_t n);

/* ----------------------------------------------------------------- processes */

/* A function of a shared object. */
typedef struct {
    char *path, *symbol;
    bool is_complex; /* void f(const double *args, double out[2]) */
    const mltab_points *set;
    double memory; /* bytes that a worker may have; 0: no limit */
} mltab_so;

/* jobs: how many workers share the memory. */
bool mltab_so_parse(mltab_so *so, const char *spec, const mltab_points *set,
                    int jobs, mlio_error *err);
void mltab_so_clear(mltab_so *so);

/* In a forked process: loads the library and says "#ready" or "#failed WHY";
 * then each line of points (16 hexadecimal digits of the bits of each field,
 * and one more byte) is answered by a line. */
_Noreturn void mltab_so_serve(const mltab_so *so, int in, int out);

/* What a process runs: a command for /bin/sh, or a function. */
typedef struct {
    const char *command;
    char *const *environment; /* a NULL-terminated list for execve */
    const mltab_so *so;       /* NULL: the command */
} mltab_program;

/* One process group that runs the program; in, out, err are -1 when closed. */
typedef struct {
    pid_t pid;
    int in;      /* we write */
    int out;     /* we read */
    int err;     /* we read: its standard error */
    char *queue; /* bytes to write: queue[head..tail) */
    size_t head, tail, capacity;
    bool close_after; /* close `in` once the queue is empty */
} mltab_child;

double mltab_now(void); /* seconds of a monotonic clock */

/* A clock for limits, from zeros.  What passes between two calls beyond a
 * quarter of a second is not counted: this process looks ten times a second,
 * so the machine did not run it, nor the programs that it waits for. */
typedef struct {
    double time, seen;
} mltab_clock;

double mltab_clock_now(mltab_clock *c);

/* Groups that were told to end and have not ended yet. */
typedef struct {
    pid_t pid;
    int err; /* its standard error, read to the end: last words break nothing */
    double deadline;
    bool reaped, killed;
} mltab_grave;

#define MLTAB_GRAVES 128

typedef struct {
    mltab_grave graves[MLTAB_GRAVES];
    size_t n;
    mltab_clock clock;
    bool cannot_run; /* some leader ended with 126 or 127 */
} mltab_graveyard;

bool mltab_child_start(mltab_child *c, const mltab_program *program,
                       mlio_error *err);
bool mltab_child_queue(mltab_child *c, const char *text, size_t n);
void mltab_child_write(mltab_child *c); /* as much as fits now */
/* True when the leader of the group has ended; it is not reaped. */
bool mltab_child_ended(const mltab_child *c);
/* True when it has exited with 0, or does within 200 ms. */
bool mltab_child_ends_in_peace(const mltab_child *c);
/* Reads what is there of its standard error, and passes on at most *left
 * bytes, which become less. */
void mltab_child_pass_errors(mltab_child *c, size_t *left);

/* Closes the pipes and tells the group to end: TERM, 1 s, KILL. */
void mltab_child_end(mltab_child *c, mltab_graveyard *yard);

/* Reaps, kills what is overdue. */
void mltab_graveyard_tick(mltab_graveyard *yard);
/* Until nothing is left (at most about 2 s). */
void mltab_graveyard_wait(mltab_graveyard *yard);

/* ---- escaped.c: processes that left their group */

/* True between the two below. */
bool mltab_escaped_ours(void);

/* From now on orphans become children of this process (Linux).  Returns
 * whether that was so before. */
bool mltab_escaped_begin(void);

/* Kills every new child of this process, and theirs, until there is none (at
 * most 2 s); returns how many.  Then orphans are init's again unless kept. */
size_t mltab_escaped_end(bool keep);

/* One round of that: kills every child but those there were at the beginning,
 * reaps the dead; returns how many of
 * those had been killed, *left how many still live.  Async-signal-safe. */
size_t mltab_escaped_kill(size_t *left);

#endif
