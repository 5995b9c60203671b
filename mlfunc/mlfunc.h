/* mlfunc/mlfunc.h - status codes and version: what needs no GMP, MPFR, FLINT.
 *
 * Every function of the library that can fail returns an ml_status, a set of
 * flags.  ML_OK means that the output is what the contract promises.
 */
#ifndef MLFUNC_MLFUNC_H
#define MLFUNC_MLFUNC_H

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#    define ML_MUST_CHECK __attribute__((warn_unused_result))
#else
#    define ML_MUST_CHECK
#endif

typedef enum ml_status {
    ML_OK = 0,
    ML_DOMAIN = 1,    /* no value exists at this point */
    ML_UNABLE = 2,    /* a value may exist; this method cannot give it */
    ML_NOMEM = 4,     /* memory is out */
    ML_IO = 8,        /* a file could not be read or written */
    ML_OVERFLOW = 16, /* the result exceeds the range of the target */
    ML_UNDERFLOW = 32 /* the result is below the range of the target */
} ml_status;

#define ML_VERSION "0.1.0"

/* The version of the library that is linked, "major.minor.patch". */
const char *ml_version(void);

/* "ok", "domain", "unable", "nomem", "io", "overflow" or "underflow": the
 * gravest flag of s, in the order of the enumeration, UNABLE before the
 * flags that describe a value. */
const char *ml_status_name(ml_status s);

#ifdef __cplusplus
}
#endif

#endif
