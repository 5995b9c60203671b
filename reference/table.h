/* reference/table.h - certified tables as objects: made, read, written, cited.
 *
 * A row is one line of text, as in the TSV form; README.md and mlref-tables(5)
 * say what is in it.
 */
#ifndef REFERENCE_TABLE_H
#define REFERENCE_TABLE_H

#include "reference/reference.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    char *function, *definition; /* the name in the registry; one line */
    char *columns;               /* their names, tab-separated */
    char **rows;                 /* rows[n], each a line without its end */
    size_t n;
    char sha256[65]; /* of columns and rows, each line with its end */
} mltab_table;

/*
 * mltab_table_certify - the rows of a point set that are decided.
 *
 * undecided, prov, nundecided, threads as mltab_write.
 */
bool mltab_table_certify(mltab_table *t, const mltab_points *set,
                         mlio_writer *undecided, mlio_writer *prov,
                         size_t *nundecided, int threads, mlio_error *err);

/* A table that was written before, in any form that mlio_table_read takes.
 * Errors  MLIO_DATA: no table of mlref, or its hash is not that of its rows. */
bool mltab_table_read(mltab_table *t, const char *path, mlio_error *err);

void mltab_table_clear(mltab_table *t);

/* The row of that id, or -1. */
long mltab_table_find(const mltab_table *t, const char *id);

/* All rows (row < 0), or one, with the line that cites it. */
void mltab_table_write(const mltab_table *t, long row, mlio_writer *w);

/* A C header, which is C++17, too: an array of structures. */
bool mltab_table_write_c(const mltab_table *t, const char *path,
                         mlio_error *err);

#ifdef __cplusplus
}
#endif

#endif
