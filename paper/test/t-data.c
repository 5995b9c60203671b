/* paper/test/t-data.c - every needs-data claim driven to a verdict. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "paper/impl.h"
#include "paper/test/synthetic.h"
#include "validation/tap/tap.h"

typedef struct {
    const char *id;
    mlpaper_verdict claimed, contrary; /* NEEDS_DATA: any verdict will do */
} expectation;

#define ANY MLPAPER_NEEDS_DATA

static const expectation expected[] = {
    {"data-plateau", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-range", MLPAPER_REPRODUCED, MLPAPER_INCONSISTENT},
    {"data-increase", MLPAPER_REPRODUCED, ANY},
    {"data-similar", MLPAPER_REPRODUCED, ANY},
    {"data-beta", MLPAPER_REPRODUCED, MLPAPER_INCONSISTENT},
    {"data-monotonic-1", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-monotonic-2", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-monotonic-3", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-ttss", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-stationary-1", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-stationary-2", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-stationary-3", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-gap", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-event", MLPAPER_REPRODUCED, MLPAPER_INCONSISTENT},
    {"data-acceleration", MLPAPER_CONSISTENT, MLPAPER_INCONSISTENT},
    {"data-anticorrelation", MLPAPER_REPRODUCED, MLPAPER_INCONSISTENT},
    {"data-reemerging", MLPAPER_REPRODUCED, MLPAPER_INCONSISTENT},
    {"data-ml", ANY, ANY},
    {"data-tail", ANY, ANY},
    {"data-distance", ANY, ANY},
    {"lim-reached", ANY, ANY},
    {"plat-long", MLPAPER_CONSISTENT, ANY},
};
enum { N = sizeof expected / sizeof *expected };

static mlpaper_outcome
run(const char *id, const mlpaper_record *r)
{
    mlpaper_context c = {NULL, r, 1};
    const mlpaper_claim *claim = mlpaper_claim_find(id);
    mlpaper_outcome o;

    memset(&o, 0, sizeof o);
    claim->on_data(&o, &c, claim->args);
    return o;
}

static void
check_all(const mlpaper_record *r, bool contrary)
{
    for (int i = 0; i < N; i++) {
        mlpaper_outcome o = run(expected[i].id, r);
        mlpaper_verdict want =
            contrary ? expected[i].contrary : expected[i].claimed;
        bool ok =
            want == ANY ? o.verdict != MLPAPER_NEEDS_DATA : o.verdict == want;
        if (!tap_ok(ok, "%s, %s: %s", contrary ? "contrary" : "as claimed",
                    expected[i].id, mlpaper_verdict_name(o.verdict))) {
            tap_yaml("computed", "%s", o.computed);
            tap_yaml("detail", "%s", o.detail);
        }
    }
}

/* tau, beta and the plateaus come back. */
static void
check_truth(const mlpaper_record *r)
{
    double worst = 0, worst_beta = 0;

    for (size_t i = 0; i < r->n; i++) {
        const mlpaper_age *a = &r->ages[i];
        if (a->t_a < 1.2e5 && a->decay.fitted) {
            /* R is divided by the first lag's value, which is below 1 */
            double mean = synthetic_mean(AS_CLAIMED, a->t_a);
            worst = fmax(worst, fabs(a->decay.kww.moments[0] / mean - 1));
            worst_beta =
                fmax(worst_beta, fabs(a->decay.kww.p[MLFIT_SHAPE] - .8));
        }
    }
    tap_ok(r->n == 300, "300 ages are found");
    tap_ok(worst < 0.05, "<t> of each age comes back, %.3f off at most", worst);
    tap_ok(worst_beta < 0.05, "so does beta, %.3f off at most", worst_beta);
    tap_ok(fabs(r->plateau_inf - 1.0024) < 1e-5 && r->plateau_measured,
           "and the long-time plateau, %.6f", r->plateau_inf);
}

static void
check_short(const char *dir)
{
    mlio_error err;
    int undecided = 0;

    synthetic_table(dir, SHORT);
    mlpaper_record *r = mlpaper_record_read(dir, &err);
    for (int i = 0; r && i < N; i++) {
        undecided += run(expected[i].id, r).verdict == MLPAPER_NEEDS_DATA;
    }
    tap_ok(r && undecided >= 10,
           "three ages leave %d claims about ages undecided", undecided);
    mlpaper_record_free(r);
}

/* 400 frames of 50 s, a gap of 40 frames at 10 ks. */
static void
check_matrix(const char *dir)
{
    mlio_error err;
    double worst = 0;

    synthetic_matrix(dir, AS_CLAIMED, 400, 50, 200, 240);
    mlpaper_record *r = mlpaper_record_read(dir, &err);
    tap_ok(r != NULL, "a two-time correlation with a gap is read");
    for (size_t i = 0; r && i < r->n; i++) {
        const mlpaper_age *a = &r->ages[i];
        for (size_t k = 0; k < a->decay.n; k++) {
            double want = synthetic_g2(AS_CLAIMED, a->decay.t[k], a->t_a);
            worst = fmax(worst, fabs(a->decay.g2[k] - want) / 0.03);
        }
    }
    tap_ok(r && r->n == 18, "18 of 20 windows of 1000 s are live");
    tap_ok(r && worst < 0.02, "g2 of each window and lag is right to %.4f",
           worst);
    tap_ok(r && r->whole.fitted, "their average is fitted");
    tap_ok(r && r->frame == 50 && r->empty == 0, "the spacing of frames");
    tap_ok(r && r->ages[0].t_a == 500 && r->ages[1].t_a == 1500
               && r->ages[r->n - 1].t_a == 19500,
           "a window's age is its middle");
    /* five bins a decade of frames: 1, 2, 3, 4 to 6, 7 to 9 frames */
    const double *t = r ? r->ages[0].decay.t : NULL;
    tap_ok(t && t[0] == 50 && t[1] == 100 && t[2] == 150 && t[3] == 250
               && t[4] == 400,
           "lags are whole frames, binned at their mean");
    mlpaper_record_free(r);
}

int
main(void)
{
    char dir[] = "/tmp/record-XXXXXX", path[64];
    mlio_error err;

    if (!mkdtemp(dir)) {
        tap_bail("no temporary directory");
    }
    tap_plan(2 * N + 14);
    synthetic_table(dir, AS_CLAIMED);
    mlpaper_record *r = mlpaper_record_read(dir, &err);
    tap_ok(r != NULL, "a table of g2 is read");
    if (!r) {
        tap_bail("%s", err.text);
        return 1;
    }
    check_truth(r);
    check_all(r, false);
    mlpaper_record_free(r);

    synthetic_table(dir, CONTRARY);
    r = mlpaper_record_read(dir, &err);
    tap_ok(r != NULL, "and one with the contrary");
    if (!r) {
        tap_bail("%s", err.text);
        return 1;
    }
    check_all(r, true);
    mlpaper_record_free(r);

    check_short(dir);
    snprintf(path, sizeof path, "%s/g2.tsv", dir);
    unlink(path);
    check_matrix(dir);
    snprintf(path, sizeof path, "%s/c2.npy", dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/times.tsv", dir);
    unlink(path);
    rmdir(dir);
    return tap_done();
}
