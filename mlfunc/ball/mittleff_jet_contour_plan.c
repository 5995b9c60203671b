/* mlfunc/ball/mittleff_jet_contour_plan.c - jets by a contour: the polydisc, the
 * bits it costs. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

/* Of the terms of node j, and of their sum. */
slong
ml_plan_jet_node(const ml_contour *c, slong j)
{
    return c->bits[j] + 16;
}

slong
ml_plan_jet_sum(const ml_contour *c)
{
    return FLINT_MAX(c->prec, c->plan.algebraic) + 30;
}

/* Bits by which a derivative of the poles is larger than they are. */
slong
ml_plan_jet_growth(const ml_mlpoint *p, const ml_jet *shape)
{
    double more = (double)(shape->nz + shape->na) * fmax(p->lnx, 0) / LN2;

    return (slong)fmin(more, 20000) + 16;
}

/* Bits that decide the place of a pole: cos(theta_h/2) may be as small as
 * sqrt(x/mu) is large. */
slong
ml_plan_place_bits(const ml_mlpoint *p)
{
    return 64 + (slong)fmin(fmax(p->lnx, 0), 1e4);
}

/* Over a parabola and its conjugate, the least distance of t^alpha from z, as
 * a part of the larger: of that itself, and of its change with log z and with
 * alpha. */
typedef struct {
    double z, alpha;
} room;

static void
least_room(room *least, const ml_mlpoint *p, double mu, double c)
{
    for (int i = 0; i < 64; i++) {
        double u = i / 16.0;
        double log_mv = log(mu * (c * c + u * u)), phi = 2 * atan(u / c);
        double l = p->a * log_mv - p->lnr, r = exp(-fabs(l));
        double change = (fabs(log_mv) + phi + 0.5) * exp(fmin(l, 0));
        for (int side = -1; side <= 1; side += 2) {
            double s = sin(0.5 * (side * p->a * phi - PI * p->turn));
            double gap = sqrt((r - 1) * (r - 1) + 4 * r * s * s);
            least->z = fmin(least->z, gap * exp(fmax(l, 0)));
            least->alpha = fmin(least->alpha, gap / change);
        }
    }
}

/* The polydisc takes up to half of the room that the edges of the strip leave,
 * and as much of the weight as an exponential of the order. */
bool
ml_plan_jet_radii_contour(ml_jet_radii *r, const ml_contour_plan *s,
                          const ml_mlpoint *p, const ml_jet *shape)
{
    double nz = (double)shape->nz, na = (double)shape->na;
    double l = fabs(log(s->mu)) + 2, nb = (double)shape->nb;
    /* where |t^alpha| leaves |z| behind */
    double most = 0.4 * p->a / (fmax(p->lnr, 0) + 1.5);
    room least = {1e3, 1e3};

    least_room(&least, p, s->mu, 1 - s->B);
    least_room(&least, p, s->mu, 1 + s->A);
    r->z = r->alpha = r->beta = 0;
    if (shape->nz > 0)
        r->z = 0.25 * least.z * nz / (nz + na) * exp(p->lnr);
    if (shape->na > 0)
        r->alpha = fmin(fmin(0.5 * least.alpha * na / (nz + na), most),
                        (na + nb) / (l * (double)(s->N + 1)));
    if (shape->nb > 0)
        r->beta = nb / l;
    /* |z| < 1, small alpha: |t^alpha| leaves |z| behind by this little. */
    double log_end = log(17 * s->mu), end = p->a * log_end - p->lnr;
    if (p->lnr < 0 && end < 0.5) {
        r->z = fmin(r->z, 0.25 * expm1(end) * exp(p->lnr));
        r->alpha = fmin(r->alpha, 0.25 * end / (log_end + PI));
    }
    return isfinite(r->z) && least.z > 1e-12 && least.alpha > 1e-12;
}

/* Bits that the largest order takes. */
static double
order_bits(const ml_jet_radii *r, const ml_mlpoint *p, const ml_jet *shape)
{
    double bits = 4;

    if (shape->nz > 0)
        bits += (double)shape->nz * (p->lnr / LN2 - log2(r->z));
    if (shape->na > 0)
        bits -= (double)shape->na * log2(r->alpha);
    if (shape->nb > 0)
        bits -= (double)shape->nb * log2(r->beta);
    return bits;
}

bool
ml_plan_jet_contour(ml_contour_plan *s, slong *goal, const ml_mlpoint *p,
                    const ml_jet *shape, slong bits)
{
    ml_jet_radii r;

    if (ml_mlpoint_beyond_goals(p) && !(fabs(p->turn) > p->a))
        return false;
    *goal = (slong)ml_mlpoint_log2_d(p) - bits - 4;
    if (!ml_plan_contour(s, p, *goal)
        || !ml_plan_jet_radii_contour(&r, s, p, shape))
        return false;
    *goal -= (slong)order_bits(&r, p, shape);
    return ml_plan_contour(s, p, *goal);
}

double
ml_mlpoint_jet_contour_cost(const ml_mlpoint *p, const ml_jet *shape,
                            slong bits)
{
    ml_contour_plan s;
    slong goal;

    if (!ml_plan_jet_contour(&s, &goal, p, shape, bits))
        return INFINITY;
    return 130
           + ml_mlpoint_contour_cost(p, goal) * (1 + 0.12 * (double)shape->len);
}
