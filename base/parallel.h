/* base/parallel.h - loops over threads, and progress on a terminal. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * mlio_parallel_for - calls body(i, context) for i = 0 .. n-1, any order.
 *
 * threads <= 0: as many as there are processors.  Without OpenMP: one.  Each
 * thread frees FLINT's and MPFR's thread-local caches at the end.  Bodies write
 * only to what belongs to their i; reductions come after, in index order.
 */
void mlio_parallel_for(size_t n, int threads,
                       void (*body)(size_t i, void *context), void *context);

int mlio_processors(void);

/* Progress on stderr, only when that is a terminal.  Safe from any thread.
 * step: `done` items of the total are done by now (the largest ever said counts,
 * so that threads may say it out of order). */
void mlio_progress_start(const char *what, size_t total);
void mlio_progress_step(size_t done);
void mlio_progress_end(void);

#ifdef __cplusplus
}
#endif

#endif
