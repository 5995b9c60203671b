/* paper/record.h - a measurement of a user, as the claims on data see it. */
#ifndef PAPER_RECORD_H
#define PAPER_RECORD_H

#include "paper/impl.h"

/* A decay R(t) with its fits; t > 0 ascending. */
typedef struct {
    size_t n;
    double *t, *g2, *err, *R; /* err NULL: not known */
    double plateau;           /* g2(0): the first lag */
    mlfit_result kww, ml;     /* of R: kww2; ml-direct of the whole only */
    bool fitted;
} mlpaper_decay;

/* One age window: t_a is its middle. */
typedef struct {
    double t_a;
    mlpaper_decay decay;
} mlpaper_age;

struct mlpaper_record {
    double plateau_inf, plateau_inf_se; /* g2(inf) */
    bool plateau_measured;              /* else the paper's 1.00240 */
    double span;                        /* of ages */
    size_t n;                           /* age windows, ascending t_a */
    mlpaper_age *ages;
    mlpaper_decay whole; /* averaged over all ages */
    size_t empty;        /* age windows of 1000 s that hold no frame */
    double frame;        /* spacing of frames; 0 for g2.tsv */
};

/* Both fill ages[].decay.{n,t,g2,err} and whole, unfitted. */
bool mlpaper_record_table(mlpaper_record *r, const char *path, mlio_error *err);
bool mlpaper_record_npy(mlpaper_record *r, const char *c2, const char *times,
                        mlio_error *err);

bool mlpaper_decay_alloc(mlpaper_decay *d, size_t n, bool with_err,
                         mlio_error *err);
void mlpaper_decay_free(mlpaper_decay *d);

/*
 * mlpaper_npy_read - a 2-D array of numpy: '<f8' or '<f4', C order.
 *
 * Result   malloc'ed rows * columns doubles.
 * Errors   MLIO_DATA: not .npy, another type, order or dimension, a file that
 *          is shorter or longer than its header says; MLIO_FILE.
 */
double *mlpaper_npy_read(size_t *rows, size_t *columns, const char *path,
                         mlio_error *err);

#endif
