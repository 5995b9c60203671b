/* mlfunc/ball/functions.c - the registry: one row for each function. */
#include <string.h>

#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

static ml_status
mittleff_domain(const ml_arg *args, size_t *bad)
{
    for (size_t i = 0; i < 2; i++) {
        *bad = i;
        if (!fmpq_is_zero(args[i].im))
            return ML_DOMAIN;
        if (i == 0 && fmpq_sgn(args[i].re) <= 0)
            return ML_DOMAIN;
    }
    return ML_OK;
}

static const ml_argdef mittleff_args[] = {
    {"alpha", "alpha > 0", false},
    {"beta", "beta real", false},
    {"z", "z complex", true},
};

static const ml_argdef relaxation_args[] = {
    {"alpha", "alpha > 0", false},
    {"tau", "tau > 0", false},
    {"t", "t >= 0", false},
};

static const ml_argdef kww_args[] = {
    {"beta", "beta > 0", false},
    {"tau", "tau > 0", false},
    {"c", "c = 1 or 2", false},
    {"t", "t >= 0", false},
};

/* In every row the last method is the most general one. */
static const ml_method mittleff_methods[] = {
    {"series", ml_mittleff_point_series},
    {"asymptotic", ml_mittleff_point_asymptotic},
    {"contour", ml_mittleff_point_contour},
    {"quadrature", ml_mittleff_point_quadrature},
};

static const ml_method relaxation_methods[] = {
    {"series", ml_relaxation_series},
    {"asymptotic", ml_relaxation_asymptotic},
    {"contour", ml_relaxation_contour},
    {"quadrature", ml_relaxation_quadrature},
};

static const ml_method siegert_methods[] = {
    {"series", ml_siegert_series},
    {"asymptotic", ml_siegert_asymptotic},
    {"contour", ml_siegert_contour},
    {"quadrature", ml_siegert_quadrature},
};

static const ml_method kww_methods[] = {
    {"power", ml_kww_point},
};

#define LENGTH(a)       (sizeof(a) / sizeof *(a))
#define ARGUMENTS(name) .args = name##_args, .nargs = LENGTH(name##_args)
#define METHODS(name) \
    .methods = name##_methods, .nmethods = LENGTH(name##_methods)

static const ml_function rows[] = {
    {
        .name = "mittag-leffler",
        .definition = "E_{alpha,beta}(z) = "
                      "sum_{k>=0} z^k / Gamma(alpha k + beta)",
        ARGUMENTS(mittleff),
        .domain = mittleff_domain,
        .eval = ml_mittleff_row,
        METHODS(mittleff),
        .exact = ml_mittleff_exact,
        .log2 = ml_mittleff_log2,
        .sign = ml_mittleff_sign,
        .nearly = ml_mittleff_nearly,
        .partial = ml_mittleff_partial,
    },
    {
        .name = "ml-relaxation",
        .definition = "E_alpha(-(t/tau)^alpha)",
        ARGUMENTS(relaxation),
        .domain = ml_relaxation_domain,
        .eval = ml_relaxation_point,
        METHODS(relaxation),
        .exact = ml_relaxation_exact,
        .log2 = ml_relaxation_log2,
        .sign = ml_relaxation_sign,
        .nearly = ml_relaxation_nearly,
        .partial = ml_relaxation_partial,
    },
    {
        .name = "ml-siegert",
        .definition = "E_alpha(-(t/tau)^alpha)^2",
        ARGUMENTS(relaxation),
        .domain = ml_relaxation_domain,
        .eval = ml_siegert_point,
        METHODS(siegert),
        .exact = ml_relaxation_exact,
        .log2 = ml_siegert_log2,
        .sign = ml_siegert_sign,
        .nearly = ml_siegert_nearly,
        .partial = ml_siegert_partial,
    },
    {
        .name = "kww",
        .definition = "exp(-c (t/tau)^beta)",
        ARGUMENTS(kww),
        .domain = ml_kww_domain,
        .eval = ml_kww_point,
        METHODS(kww),
        .exact = ml_kww_exact,
        .log2 = ml_kww_log2,
        .sign = ml_kww_sign,
        .nearly = ml_kww_nearly,
        .partial = ml_kww_partial,
    },
};

const ml_function *
ml_functions(size_t *n)
{
    *n = LENGTH(rows);
    return rows;
}

const ml_function *
ml_function_find(const char *name)
{
    for (size_t i = 0; i < LENGTH(rows); i++) {
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    }
    return NULL;
}

const ml_method *
ml_method_find(const ml_function *f, const char *name)
{
    for (size_t i = 0; i < f->nmethods; i++) {
        if (strcmp(f->methods[i].name, name) == 0)
            return &f->methods[i];
    }
    return NULL;
}
