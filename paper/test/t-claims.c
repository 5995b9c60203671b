/* paper/test/t-claims.c - verdicts turn when what they rest on is wrong.
 *
 * A claim that holds for any input checks nothing.  Each group is given walks
 * or numbers that are off, and must say so.
 */
#include <math.h>
#include <string.h>

#include "paper/impl.h"
#include "validation/tap/tap.h"

static mlpaper_outcome
run(const char *id, const mlpaper_walks *w)
{
    mlpaper_context c = {w, NULL, 1};
    const mlpaper_claim *claim = mlpaper_claim_find(id);
    mlpaper_outcome o;

    memset(&o, 0, sizeof o);
    claim->compute(&o, &c, claim->args);
    return o;
}

static void
expect(const char *id, const mlpaper_walks *w, mlpaper_verdict want,
       const char *when)
{
    mlpaper_outcome o = run(id, w);

    if (!tap_ok(o.verdict == want && !o.failed, "%s: %s is %s", when, id,
                mlpaper_verdict_name(want))) {
        tap_yaml("verdict", "%s", mlpaper_verdict_name(o.verdict));
        tap_yaml("computed", "%s", o.computed);
        tap_yaml("detail", "%s", o.detail);
    }
}

static void
as_they_are(const mlpaper_walks *w)
{
    expect("walk-density", w, MLPAPER_CONVENTION, "right walks");
    expect("walk-bins", w, MLPAPER_CONVENTION, "right walks");
    expect("walk-msd-law", w, MLPAPER_REPRODUCED, "right walks");
    expect("walk-msd-form", w, MLPAPER_DAMAGED, "right walks");
    expect("walk-msd-k", w, MLPAPER_CONVENTION, "right walks");
    expect("walk-asymptotic", w, MLPAPER_CONSISTENT, "right walks");
    expect("walk-isf-small", w, MLPAPER_REPRODUCED, "right walks");
    expect("walk-isf-peak", w, MLPAPER_CONVENTION, "right walks");
    expect("age-law", w, MLPAPER_CONVENTION, "right walks");
}

/* Everything a tenth too large, as after a wrong unit of time. */
static void
off_by_a_tenth(mlpaper_walks *w)
{
    for (size_t i = 0; i < w->ml.ntimes; i++) {
        w->ml.rows[i].msd *= 1.1;
    }
    for (size_t i = 0; i < w->ml.ntimes * w->ml.nq; i++) {
        w->ml.isf[i].isf *= 1.1;
        w->ml.isf[i].isf_rb *= 1.1;
    }
    for (int k = 0; k < 2; k++) {
        w->pareto[k].rows[0].n *= 1.1;
        w->pareto[k].density_slope *= 1.1;
    }
    for (size_t i = 0; i < w->aged.ntimes * w->aged.nq; i++) {
        w->aged.isf[i].isf_rb *= 1.1;
    }
    expect("walk-density", w, MLPAPER_INCONSISTENT, "walks off");
    expect("walk-bins", w, MLPAPER_INCONSISTENT, "walks off");
    expect("walk-msd-law", w, MLPAPER_INCONSISTENT, "walks off");
    expect("walk-msd-form", w, MLPAPER_INCONSISTENT, "walks off");
    expect("walk-msd-k", w, MLPAPER_INCONSISTENT, "walks off");
    expect("walk-asymptotic", w, MLPAPER_INCONSISTENT, "walks off");
    expect("walk-isf-small", w, MLPAPER_INCONSISTENT, "walks off");
    expect("walk-isf-peak", w, MLPAPER_INCONSISTENT, "walks off");
    expect("age-law", w, MLPAPER_INCONSISTENT, "walks off");
}

/* Walks that follow the text as printed would give other verdicts. */
static void
as_printed(mlpaper_walks *w)
{
    for (size_t i = 0; i < w->ml.ntimes; i++) {
        w->ml.rows[i].msd = pow(w->ml.rows[i].t, .45) / 1.45;
    }
    expect("walk-msd-form", w, MLPAPER_REPRODUCED,
           "walks with b'+1 for Gamma(b'+1)");
}

static void
without_walks(void)
{
    mlpaper_walks none;
    mlpaper_outcome o;

    memset(&none, 0, sizeof none);
    none.status = ML_NOMEM;
    o = run("walk-msd-k", &none);
    tap_ok(o.failed && strcmp(o.computed, "failed") == 0,
           "walks that did not run fail the claim");
}

static void
one_over(arb_t y, arb_srcptr x)
{
    arb_inv(y, x, PREC);
}

static void
arithmetic(void)
{
    mlpaper_sum s = {one_over, {"3.0"}, "0.33", 6, "m"};
    mlpaper_outcome o;

    memset(&o, 0, sizeof o);
    mlpaper_arithmetic(&o, NULL, &s);
    tap_ok(o.verdict == MLPAPER_REPRODUCED
               && strcmp(o.computed, "0.333333 m") == 0,
           "1/3.0 = 0.33 is reproduced: %s", o.computed);
    memset(&o, 0, sizeof o);
    s.printed = "0.328";
    mlpaper_arithmetic(&o, NULL, &s);
    tap_ok(o.verdict == MLPAPER_CONSISTENT, "1/3.0 = 0.328 is consistent: %s",
           o.detail);
    memset(&o, 0, sizeof o);
    s.printed = "0.35";
    mlpaper_arithmetic(&o, NULL, &s);
    tap_ok(o.verdict == MLPAPER_INCONSISTENT, "1/3.0 = 0.35 is inconsistent");
}

int
main(void)
{
    mlpaper_walks w;

    tap_plan(23);
    arithmetic();
    mlpaper_walks_run(&w, 40000, tap_seed(), 1);
    as_they_are(&w);
    off_by_a_tenth(&w);
    as_printed(&w);
    mlpaper_walks_clear(&w);
    without_walks();
    return tap_done();
}
