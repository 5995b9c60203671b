/* base/error.h - what went wrong, in one line for a person.
 *
 * Functions of base that can fail return false (or NULL) and describe the
 * failure in an mlio_error; `err` may be NULL when the caller does not care.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The codes are the exit codes of mlref. */
enum {
    MLIO_OK = 0,
    MLIO_USAGE = 2, /* a malformed number or option on the command line */
    MLIO_DATA = 3, /* bad data in a file: file:line:column, what was expected */
    MLIO_FILE = 5  /* a file cannot be opened, read or written; no memory */
};

typedef struct {
    int code;
    char text[600]; /* without "mlref:" and without a newline */
} mlio_error;

/* Sets err (when not NULL) and returns false. */
bool mlio_fail(mlio_error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#ifdef __cplusplus
}
#endif

#endif
