/* mlfunc/test/t-status.c - version and names of the status flags. */
#include <string.h>

#include "mlfunc/mlfunc.h"
#include "validation/tap/tap.h"

int
main(void)
{
    static const struct {
        int flags;
        const char *name;
    } cases[] = {
        {ML_OK, "ok"},
        {ML_DOMAIN, "domain"},
        {ML_UNABLE, "unable"},
        {ML_NOMEM, "nomem"},
        {ML_IO, "io"},
        {ML_OVERFLOW, "overflow"},
        {ML_UNDERFLOW, "underflow"},
        {ML_UNDECIDED, "undecided"},
        {ML_UNDECIDED | ML_UNDERFLOW, "underflow"},
        {ML_UNABLE | ML_OVERFLOW, "unable"},
        {ML_DOMAIN | ML_UNABLE | ML_IO, "domain"},
        {ML_IO | ML_UNDERFLOW, "io"},
        {ML_OVERFLOW | ML_UNDERFLOW, "overflow"},
    };
    const int n = sizeof cases / sizeof *cases;

    tap_plan(n + 1);
    for (int i = 0; i < n; i++) {
        const char *got = ml_status_name((ml_status)cases[i].flags);

        if (!tap_ok(strcmp(got, cases[i].name) == 0, "flags %d are called %s",
                    cases[i].flags, cases[i].name))
            tap_yaml("got", "%s", got);
    }
    tap_ok(strcmp(ml_version(), ML_VERSION) == 0,
           "the library linked is the one of the header");
    return tap_done();
}
