/* mlfunc/double/status.c - the version, and the names of the status flags.
 * SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "mlfunc/mlfunc.h"

const char *
ml_version(void)
{
    return ML_VERSION;
}

const char *
ml_status_name(ml_status s)
{
    static const struct {
        ml_status flag;
        const char *name;
    } flags[] = {
        {ML_DOMAIN, "domain"},       {ML_UNABLE, "unable"},
        {ML_NOMEM, "nomem"},         {ML_IO, "io"},
        {ML_OVERFLOW, "overflow"},   {ML_UNDERFLOW, "underflow"},
        {ML_UNDECIDED, "undecided"},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (s & flags[i].flag)
            return flags[i].name;
    }
    return "ok";
}
