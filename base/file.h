/* base/file.h - files that appear whole or not at all.
 *
 * The file is written beside its destination under a temporary name and
 * renamed into place by mlio_file_commit, after flush and fsync.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlio_file mlio_file;

/* path NULL or "-": standard output (no renaming; commit flushes and checks). */
mlio_file *mlio_file_create(const char *path, mlio_error *err);
FILE *mlio_file_stream(mlio_file *f);
bool mlio_file_commit(mlio_file *f, mlio_error *err); /* frees f either way */
void mlio_file_abandon(mlio_file *f);                 /* removes and frees */

/* Removes the temporaries of every open mlio_file: for signal and
 * out-of-memory handlers; async-signal-safe. */
void mlio_file_unlink_all(void);

/* Reads a whole file ("-": standard input); *n bytes, NUL-terminated. */
char *mlio_file_read(const char *path, size_t *n, mlio_error *err);

/* mkdir -p for one level: an existing directory is fine. */
bool mlio_make_directory(const char *path, mlio_error *err);

#ifdef __cplusplus
}
#endif

#endif
