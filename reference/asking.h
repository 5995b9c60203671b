/* reference/asking.h - a set of points put to processes: who owes what.
 *
 * Points are streamed to a process, up to 64 ahead of its answers.  When it
 * falls silent, dies or prints rubbish, what it owes goes to fresh processes
 * as batches whose input is closed after them (a program that buffers its
 * output answers then), halved until the guilty point stands alone.
 *
 * Invariant: every round settles at least one point or halves a batch, so the
 * number of processes is bounded by a multiple of the number of points.
 */
#ifndef REFERENCE_ASKING_H
#define REFERENCE_ASKING_H

#include "reference/impl.h"

/* Points sent ahead of their answers; processes at once; what is passed on of
 * their standard error (less than a pipe holds, so that it never blocks long). */
enum { MLTAB_AHEAD = 64, MLTAB_JOBS = 64, MLTAB_ERRORS = 60000 };

/* Why a process is done with. */
typedef enum {
    MLTAB_DONE,     /* answered everything */
    MLTAB_ENDED,    /* ended or closed its output before that */
    MLTAB_UNLOADED, /* the library cannot be loaded */
    MLTAB_SILENT,   /* no answer within the limit */
    MLTAB_RUBBISH,  /* a line that is no answer, or has no end */
    MLTAB_MISCOUNT, /* ended in peace after fewer lines than points */
    MLTAB_EXTRA     /* more lines than points */
} mltab_reason;

typedef struct {
    size_t *idx;
    size_t n;
} mltab_batch;

typedef struct {
    mltab_child child;
    bool busy, streaming;
    size_t *idx; /* points sent, in order */
    size_t nsent, nanswered, capacity;
    char line[MLTAB_LINE + 1];
    size_t len;
    double last;    /* of the last answer, or the start */
    double dead;    /* since when its leader is; 0: it lives */
    bool was_ready; /* a library: it is loaded */
} mltab_worker;

typedef struct {
    const mltab_points *set;
    const mltab_verify_options *options;
    mltab_verdict *verdicts;
    bool *settled;
    size_t nsettled;
    mltab_program program;
    size_t errors_left; /* bytes of standard error still to be passed on */
    size_t nprocesses;  /* started */

    size_t *todo; /* a ring of points not yet sent to anybody */
    size_t todo_head, todo_n;
    mltab_batch *stack; /* batches for fresh processes with closed input */
    size_t nstack, stack_capacity;

    bool loaded;          /* the library was, by some process */
    bool answered;        /* some process answered something */
    bool counts;          /* a batch got as many lines as it had points */
    size_t lone_extras;   /* points that got more than one line, alone */
    size_t patience;      /* silent starts that may take longer */
    double start_time;    /* the shortest from a start to the first answer */
    bool second_try;      /* it was slow to start, and got another stream */
    bool streams;         /* some answer came while the input was open */
    bool went_silent;     /* some process was silent while its input was open */
    bool closed_only;     /* it buffers its output: no more streaming */
    size_t lone_failures; /* points that got no answer alone */
    mltab_kind last_failure;
    bool probed; /* points all over the set were tried, too */
    mltab_worker *workers;
    size_t nworkers;
    mltab_graveyard yard;
    mltab_clock clock;
    bool nomem;
    bool unloaded; /* the library cannot be loaded: err says why */
    mlio_error *err;
} mltab_engine;

/* ---- queue.c: which points wait, and which batch is halved */

/* The point has its verdict, of that kind. */
void mltab_settle(mltab_engine *e, size_t point, mltab_kind kind);

/* A batch for a fresh process; the next point for a stream. */
void mltab_push(mltab_engine *e, const size_t *idx, size_t n);
size_t mltab_take(mltab_engine *e);

/* Ends the process; what it owes is settled or waits anew. */
void mltab_finish(mltab_engine *e, mltab_worker *w, mltab_reason why);

/* ---- asking.c: what goes to and comes from the processes */

/* Until every point is settled; false with *e->err set. */
bool mltab_ask_all(mltab_engine *e);

#endif
