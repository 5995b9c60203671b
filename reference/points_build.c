/* reference/points_build.c - collects built-in points.
 *
 * No bit of a point depends on a libm: literals, exact operations, and values
 * of the ball library that are correctly rounded.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arb.h>

#include "reference/impl.h"

static bool
grow(mltab_builder *b)
{
    mltab_points *set = b->set;
    if (set->n < b->capacity) {
        return true;
    }
    size_t more = 2 * b->capacity + 64;
    mltab_point *points = realloc(set->points, more * sizeof *points);
    if (points == NULL) {
        return false;
    }
    set->points = points;
    b->capacity = more;
    return true;
}

/* FNV-1a */
static uint64_t
hash(const double *fields, size_t n)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t k = 0; k < n; k++) {
        uint64_t bits;
        memcpy(&bits, &fields[k], sizeof bits);
        for (int i = 0; i < 8; i++) {
            h = (h ^ (bits & 0xff)) * 0x100000001b3u;
            bits >>= 8;
        }
    }
    return h;
}

/* The slot of these fields, or the empty one where they belong. */
static size_t *
find_slot(const mltab_builder *b, const double *fields)
{
    size_t n = b->set->nfields;
    size_t at = hash(fields, n) & (b->nslots - 1);
    while (b->slots[at] != 0
           && memcmp(b->set->points[b->slots[at] - 1].args, fields,
                     n * sizeof *fields)
                  != 0) {
        at = (at + 1) & (b->nslots - 1);
    }
    return &b->slots[at];
}

/* Room for one more in the hash table, at most half full. */
static bool
make_slots(mltab_builder *b)
{
    if (2 * (b->set->n + 1) <= b->nslots) {
        return true;
    }
    free(b->slots);
    b->nslots = b->nslots == 0 ? 256 : 2 * b->nslots;
    b->slots = calloc(b->nslots, sizeof *b->slots);
    if (b->slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < b->set->n; i++) {
        *find_slot(b, b->set->points[i].args) = i + 1;
    }
    return true;
}

void
mltab_add(mltab_builder *b, const char *region, const double *fields)
{
    double x[2 * ML_MAX_ARGS];
    if (b->failed || !grow(b) || !make_slots(b)) {
        b->failed = true;
        return;
    }
    for (size_t k = 0; k < b->set->nfields; k++) {
        x[k] = fields[k] == 0 ? 0.0 : fields[k];
    }
    size_t *slot = find_slot(b, x);
    if (*slot != 0) {
        return;
    }
    mltab_point *p = &b->set->points[b->set->n++];
    memset(p, 0, sizeof *p);
    snprintf(p->id, sizeof p->id, "%.16s-%05zu", b->prefix, b->set->n % 100000);
    snprintf(p->region, sizeof p->region, "%s", region);
    memcpy(p->args, x, b->set->nfields * sizeof *x);
    *slot = b->set->n;
}

void
mltab_builder_clear(mltab_builder *b)
{
    free(b->slots);
    b->slots = NULL;
    b->nslots = 0;
}

/* ------------------------------------------------------------------ doubles */

double
mltab_power(double x, double y)
{
    arb_t a, e;
    double d = 0;
    bool done = false;
    arb_init(a);
    arb_init(e);
    for (slong prec = 96; !done && prec < 4096; prec *= 2) {
        arb_set_d(a, x);
        arb_set_d(e, y);
        arb_pow(a, a, e, prec);
        done = ml_round_arb_d(&d, a, MPFR_RNDN);
    }
    arb_clear(a);
    arb_clear(e);
    return d;
}

void
mltab_ray(double z[2], double r, double t)
{
    arb_t part[2], y;
    arb_init(part[0]);
    arb_init(part[1]);
    arb_init(y);
    z[0] = z[1] = 0;
    bool done = false;
    for (slong prec = 128; !done && prec < 4096; prec *= 2) {
        arb_set_d(y, t);
        arb_sin_cos_pi(part[1], part[0], y, prec);
        arb_set_d(y, r);
        done = true;
        for (int i = 0; i < 2; i++) {
            arb_mul(part[i], part[i], y, prec);
            done = ml_round_arb_d(&z[i], part[i], MPFR_RNDN) && done;
        }
    }
    arb_clear(part[0]);
    arb_clear(part[1]);
    arb_clear(y);
}

double
mltab_step(double x, int k)
{
    for (; k > 0; k--) {
        x = nextafter(x, HUGE_VAL);
    }
    for (; k < 0; k++) {
        x = nextafter(x, -HUGE_VAL);
    }
    return x;
}
