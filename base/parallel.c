/* base/parallel.c - loops over threads. */
#define _POSIX_C_SOURCE 200809L

#include "base/parallel.h"

#include <unistd.h>
#ifdef _OPENMP
#    include <omp.h>
#endif

#include <flint.h>
#include <mpfr.h>

int
mlio_processors(void)
{
#ifdef _OPENMP
    return omp_get_num_procs(); /* those that this process may use */
#else
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : (int)n;
#endif
}

void
mlio_parallel_for(size_t n, int threads, void (*body)(size_t i, void *context),
                  void *context)
{
#ifdef _OPENMP
    size_t most = (size_t)(threads > 0 ? threads : mlio_processors());
    size_t team = most < n ? most : n;

    if (team > 1) {
#    pragma omp parallel num_threads((int)team)
        {
#    pragma omp for schedule(dynamic, 1)
            for (size_t i = 0; i < n; i++)
                body(i, context);
            /* The threads of the pool live on, their caches need not; the
             * calling thread's cache is in use by its caller. */
            if (omp_get_thread_num() != 0) {
                flint_cleanup();
                mpfr_free_cache();
            }
        }
        return;
    }
#else
    (void)threads;
#endif
    for (size_t i = 0; i < n; i++)
        body(i, context);
}
