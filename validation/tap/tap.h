/* validation/tap/tap.h - a producer of TAP 13 for the test programs.
 *
 * A test program announces its plan, states each claim in words, and ends with
 * `return tap_done();`.  Compute first, then assert: never pass a call with
 * side effects to tap_ok.
 *
 *     int main(void)
 *     {
 *         tap_plan(2);
 *         double got = f(1.0);
 *         tap_ok(got == 2.0, "f doubles its argument");
 *         tap_skip(1, "no Python here");
 *         return tap_done();
 *     }
 *
 * After a failed tap_ok, tap_yaml lines describe it: function, arguments as
 * hexfloats, got, want, and the mlref command that reproduces it.
 */
#ifndef ML_VALIDATION_TAP_H
#define ML_VALIDATION_TAP_H

#include <stdbool.h>
#include <stdint.h>

/* Prints the version line and the plan; n claims will follow. */
void tap_plan(int n);

/* One claim; returns ok so that a failure can be explained. */
bool tap_ok(bool ok, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* n claims that cannot be tested here, and why. */
void tap_skip(int n, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* One key and value of the YAML block of the claim just made. */
void tap_yaml(const char *key, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A free diagnostic line ("# ..."). */
void tap_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Stops the whole run: the environment is unusable. */
void tap_bail(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

/* Closes the plan; the exit status of main: 0 when every claim held. */
int tap_done(void);

/* ML_SEED (default 20240803); the first call prints it as a diagnostic. */
uint64_t tap_seed(void);

/* base * ML_EFFORT, at least 1: how often to repeat.  ML_EFFORT is 1 in
 * `make check`, larger in `make validate`, 0.5 under valgrind. */
long tap_effort(long base);

/* A small generator for test inputs (splitmix64): never for walks. */
typedef struct {
    uint64_t state;
} tap_random;

tap_random tap_random_start(uint64_t seed);
uint64_t tap_random_u64(tap_random *r);
double tap_random_unit(tap_random *r); /* in [0, 1) */
double tap_random_range(tap_random *r, double lo, double hi);
double tap_random_log(tap_random *r, double lo, double hi); /* log-uniform */
long tap_random_int(tap_random *r, long lo, long hi);       /* lo..hi */

#endif
