/* validation/checks/v-tables.c - every row of the certified tables, certified
 * again by a second program.
 *
 * Nothing of mlfunc or reference is called or linked into what decides: the
 * format is read by validation/cells.c, E_{alpha,beta}(z) and its derivatives
 * are one integral and residues (validation/second.c), kww is an interval of
 * MPFR numbers.  Where they are cheap, the defining series and closed forms
 * have a say as well.  A row is
 *
 *   confirmed   a ball lies strictly within half a unit of the 40th digit, and
 *               within the numbers that round to the double; `=` stands where
 *               the value is known to be that decimal, and nowhere else; kappa
 *               is the least number of 3 digits that is not below it;
 *   a miss      a ball lies outside;
 *   undecided   neither, up to 20000 bits.
 *
 *     v-tables [all | NUMBER] [TABLE ...]
 *
 * NUMBER rows of each table (drawn by seed; all when ML_EFFORT >= 10).  Faults
 * planted in copies of rows must be misses.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <acb_hypgeom.h>
#include <mpfr.h>

#include "base/parallel.h"
#include "validation/cells.h"
#include "validation/second.h"
#include "validation/tap/tap.h"

enum { MAX_COLUMNS = 16, MAX_ARGS = 5, SERIES_TERMS = 300, ATTEMPTS = 6 };
static const double goals[ATTEMPTS] = {152, 200, 330, 600, 1300, 2600};

typedef enum { MITTLEFF, RELAXATION, SIEGERT, KWW, FUNCTIONS } function;
static const struct {
    const char *name, *args[MAX_ARGS];
} functions[FUNCTIONS] = {
    {"mittag-leffler", {"alpha", "beta", "re_z", "im_z"}},
    {"ml-relaxation", {"alpha", "tau", "t"}},
    {"ml-siegert", {"alpha", "tau", "t"}},
    {"kww", {"beta", "tau", "c", "t"}},
};

/* ---------------------------------------------------------------------- tables */

typedef enum { RE, IM, PARTS } part;

typedef struct {
    const char *id, *arg[MAX_ARGS], *digits[PARTS], *hex[PARTS], *kappa;
    const char *region;
    long line;
} row;

typedef struct {
    const char *path;
    function f;
    row *rows;
    size_t n;
    char *text;
    bool hash;
    const char *trouble;
    long trouble_line;
} table;

static char *
read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t have = 0, room = 1 << 16;
    char *text = malloc(room + 1);

    if (!f || !text)
        tap_bail("%s cannot be read", path);
    for (size_t got; (got = fread(text + have, 1, room - have, f)) > 0;) {
        have += got;
        if (have == room) {
            text = realloc(text, 2 * room + 1);
            if (!text)
                tap_bail("no memory");
            room *= 2;
        }
    }
    text[have] = '\0';
    fclose(f);
    return text;
}

/* The hash in the header is that of the lines that do not begin with #.  The
 * system's own program computes it. */
static bool
hash_is_right(const char *path, const char *text)
{
    const char *key = "\n# sha256: ", *said = strstr(text, key);
    char command[4200], got[65] = "";
    FILE *p;

    if (strchr(path, '\'') || strlen(path) > 4000 || !said)
        return false;
    snprintf(command, sizeof command, "grep -v '^#' '%s' | sha256sum", path);
    p = popen(command, "r");
    if (!p)
        return false;
    if (!fgets(got, sizeof got, p))
        *got = '\0';
    pclose(p);
    return strlen(got) == 64 && strncmp(got, said + strlen(key), 64) == 0
           && said[strlen(key) + 64] == '\n';
}

/* Splits at tabs in place; the number of cells. */
static int
cells_of(char *line, char *cell[MAX_COLUMNS])
{
    int n = 0;

    while (n < MAX_COLUMNS) {
        cell[n++] = line;
        line = strchr(line, '\t');
        if (!line)
            break;
        *line++ = '\0';
    }
    return n;
}

static const char **
place_of(row *r, function f, const char *name)
{
    for (int i = 0; i < MAX_ARGS && functions[f].args[i]; i++)
        if (strcmp(name, functions[f].args[i]) == 0)
            return &r->arg[i];
    return strcmp(name, "id") == 0       ? &r->id
           : strcmp(name, "re") == 0     ? &r->digits[RE]
           : strcmp(name, "im") == 0     ? &r->digits[IM]
           : strcmp(name, "re_hex") == 0 ? &r->hex[RE]
           : strcmp(name, "im_hex") == 0 ? &r->hex[IM]
           : strcmp(name, "kappa") == 0  ? &r->kappa
           : strcmp(name, "region") == 0 ? &r->region
                                         : NULL;
}

static void
read_header(table *t, const char *line)
{
    static const char key[] = "# function: ";

    if (strncmp(line, key, sizeof key - 1) != 0)
        return;
    for (int f = 0; f < FUNCTIONS; f++)
        if (strcmp(line + sizeof key - 1, functions[f].name) == 0)
            t->f = f;
}

static bool
complete(const row *r, function f)
{
    for (int i = 0; i < MAX_ARGS && functions[f].args[i]; i++)
        if (!r->arg[i])
            return false;
    return r->id && r->digits[RE] && r->hex[RE]
           && (f != MITTLEFF || (r->digits[IM] && r->hex[IM]));
}

static table
read_table(const char *path)
{
    table t = {.path = path, .text = read_all(path), .f = FUNCTIONS};
    char *cell[MAX_COLUMNS], *columns[MAX_COLUMNS];
    size_t room = 0;
    int ncolumns = 0;
    long number = 0;

    t.hash = hash_is_right(path, t.text);
    for (char *line = t.text, *next; *line; line = next) {
        row r = {.line = ++number};

        next = strchr(line, '\n');
        if (!next) {
            t.trouble = "the last line is cut off";
            t.trouble_line = number;
            break;
        }
        *next++ = '\0';
        if (*line == '#') {
            read_header(&t, line);
            continue;
        }
        if (!ncolumns) {
            ncolumns = cells_of(line, columns);
            continue;
        }
        if (t.f == FUNCTIONS || cells_of(line, cell) != ncolumns) {
            t.trouble = "no such function, or another number of cells";
            t.trouble_line = number;
            break;
        }
        for (int i = 0; i < ncolumns; i++) {
            const char **place = place_of(&r, t.f, columns[i]);

            if (place)
                *place = cell[i];
            else
                t.trouble = "an unknown column";
        }
        if (!complete(&r, t.f))
            t.trouble = "a column is missing";
        if (t.trouble && !t.trouble_line)
            t.trouble_line = number;
        if (t.n == room) {
            room = room ? 2 * room : 1024;
            t.rows = realloc(t.rows, room * sizeof *t.rows);
            if (!t.rows)
                tap_bail("no memory");
        }
        t.rows[t.n++] = r;
    }
    return t;
}

static int
by_id(const void *a, const void *b)
{
    return strcmp((*(const row *const *)a)->id, (*(const row *const *)b)->id);
}

/* An id that stands twice, or NULL. */
static const char *
twice(const table *t)
{
    const row **sorted = malloc((t->n + 1) * sizeof *sorted);
    const char *found = NULL;

    if (!sorted)
        tap_bail("no memory");
    for (size_t i = 0; i < t->n; i++)
        sorted[i] = t->rows + i;
    qsort(sorted, t->n, sizeof *sorted, by_id);
    for (size_t i = 1; i < t->n && !found; i++)
        if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0)
            found = sorted[i]->id;
    free(sorted);
    return found;
}

/* ------------------------------------------------------------------ one verdict */

enum { SERIES_TOO, CLOSED_TOO, OPINIONS };
enum { BY_MPFR = MLVAL_WAYS, BY_RULE, WAYS };

typedef struct {
    mlval_mark mark, kappa;
    int way, attempts;
    bool has_kappa, no_kappa, also[OPINIONS];
    bool by_slopes; /* kappa rests on the definition alone */
    double seconds;
    const char *what; /* of a miss */
} verdict;

/* The arguments as balls, the value and what is wished for. */
typedef struct {
    function f;
    const row *r;
    double d[MAX_ARGS];
    arb_t alpha, beta, log_t; /* log(t/tau) */
    acb_t z;
    double log_part[PARTS]; /* of the printed parts: they only steer */
} problem;

static void
problem_init(problem *p, function f, const row *r)
{
    memset(p, 0, sizeof *p);
    p->f = f;
    p->r = r;
    arb_init(p->alpha);
    arb_init(p->beta);
    arb_init(p->log_t);
    acb_init(p->z);
}

static void
problem_clear(problem *p)
{
    arb_clear(p->alpha);
    arb_clear(p->beta);
    arb_clear(p->log_t);
    acb_clear(p->z);
}

static bool
read_arguments(problem *p)
{
    for (int i = 0; i < MAX_ARGS && functions[p->f].args[i]; i++)
        if (!mlval_cell_argument(&p->d[i], p->r->arg[i]))
            return false;
    return true;
}

static bool
read_parts(problem *p)
{
    mlval_decimal d;
    bool ok = true;

    mlval_decimal_init(&d);
    for (part i = RE; i <= (p->f == MITTLEFF ? IM : RE); i++) {
        ok = ok && mlval_decimal_read(&d, p->r->digits[i]);
        p->log_part[i] = ok ? mlval_decimal_log(&d) : 0;
    }
    if (p->f != MITTLEFF)
        p->log_part[IM] = -HUGE_VAL;
    for (part i = RE; i < PARTS; i++)
        if (!isfinite(p->log_part[i]))
            p->log_part[i] = isfinite(p->log_part[PARTS - 1 - i])
                                 ? p->log_part[PARTS - 1 - i]
                                 : 0;
    mlval_decimal_clear(&d);
    return ok;
}

/* alpha, beta, z of the Mittag-Leffler function that the row is about. */
static void
set_problem(problem *p, slong prec)
{
    arb_set_d(p->alpha, p->d[0]);
    if (p->f == MITTLEFF) {
        arb_set_d(p->beta, p->d[1]);
        acb_set_d_d(p->z, p->d[2], p->d[3]);
        return;
    }
    arb_one(p->beta);
    acb_zero(p->z);
    if (p->d[2] == 0)
        return;
    arb_set_d(p->log_t, p->d[1]);
    arb_set_d(acb_realref(p->z), p->d[2]);
    arb_div(p->log_t, acb_realref(p->z), p->log_t, prec);
    arb_log(p->log_t, p->log_t, prec);
    arb_mul(acb_realref(p->z), p->log_t, p->alpha, prec);
    arb_exp(acb_realref(p->z), acb_realref(p->z), prec);
    arb_neg(acb_realref(p->z), acb_realref(p->z));
}

/*
 * Values that are known to be a decimal: E(0) = 1/Gamma(beta) for beta = ..., -1,
 * 0 (0), 1, 2 (1), 3 (1/2); the relaxations at t = 0 (1); the imaginary part for
 * real z.  For beta = 4, 5, ... 1/(beta-1)! has infinitely many digits.
 * [validation V4]
 */
static bool
known_part(arb_t v, const problem *p, part i)
{
    double b = p->d[1];

    arb_zero(v);
    if (i == IM)
        return p->d[3] == 0;
    if (p->f == MITTLEFF) {
        if (p->d[2] != 0 || p->d[3] != 0 || b != floor(b) || b > 3)
            return false;
        arb_set_d(v, b <= 0 ? 0 : (b == 3 ? 0.5 : 1));
        return true;
    }
    arb_one(v);
    return p->d[p->f == KWW ? 3 : 2] == 0 || (p->f == KWW && p->d[2] == 0);
}

/* exp(-c (t/tau)^beta) between MPFR numbers rounded down and up. */
static void
kww(arb_t v, const problem *p, slong prec)
{
    static const mpfr_rnd_t way[2] = {MPFR_RNDD, MPFR_RNDU};
    mpfr_t x[2], a;

    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    mpfr_init2(a, 64);
    for (int i = 0; i < 2; i++) {
        mpfr_init2(x[i], prec);
        mpfr_set_d(x[i], p->d[3], MPFR_RNDN);
        mpfr_set_d(a, p->d[1], MPFR_RNDN);
        mpfr_div(x[i], x[i], a, way[i]);
        mpfr_set_d(a, p->d[0], MPFR_RNDN);
        mpfr_pow(x[i], x[i], a, way[i]);
        mpfr_set_d(a, p->d[2], MPFR_RNDN);
        mpfr_mul(x[i], x[i], a, way[i]);
        mpfr_neg(x[i], x[i], MPFR_RNDN);
        mpfr_exp(x[i], x[i], way[1 - i]);
    }
    arb_set_interval_mpfr(v, x[1], x[0], prec);
    for (int i = 0; i < 2; i++)
        mpfr_clear(x[i]);
    mpfr_clear(a);
}

static mlval_mark
worse(mlval_mark a, mlval_mark b)
{
    return a > b ? a : b;
}

/* Both parts of the row against one ball. */
static mlval_mark
judge_parts(verdict *v, const problem *p, const acb_t e, slong prec)
{
    mlval_mark mark = MLVAL_RIGHT;
    arb_t exact;

    arb_init(exact);
    for (part i = RE; i <= (p->f == MITTLEFF ? IM : RE); i++) {
        bool known = known_part(exact, p, i);
        const arb_struct *ball = i ? acb_imagref(e) : acb_realref(e);
        mlval_mark m[2];

        if (known)
            ball = exact;
        m[0] = mlval_cell_digits(p->r->digits[i], ball, known, prec);
        m[1] = mlval_cell_double(p->r->hex[i], ball);
        for (int k = 0; k < 2; k++)
            if (m[k] >= MLVAL_MISS)
                v->what = k ? (i ? "im_hex" : "re_hex") : (i ? "im" : "re");
        mark = worse(mark, worse(m[0], m[1]));
    }
    arb_clear(exact);
    return mark;
}

/* A miss by any opinion is a miss; a decision of one decides. */
static void
take(verdict *v, mlval_mark mark)
{
    if (mark >= MLVAL_MISS || v->mark == MLVAL_OPEN)
        v->mark = v->mark >= MLVAL_MISS ? v->mark : mark;
}

static void
square(acb_t e, const problem *p, slong prec)
{
    if (p->f == SIEGERT)
        acb_mul(e, e, e, prec);
}

/* The defining series, where few terms do. */
static void
ask_series(verdict *v, const problem *p, double log_tol)
{
    double a = p->d[0], r, bits;
    slong prec;
    acb_t e;
    arb_t t;

    acb_init(e);
    arb_init(t);
    acb_abs(t, p->z, 64);
    r = exp(mlval_log(t) / a);
    arb_clear(t);
    bits = (r + fabs(p->d[1]) * fmax(0, log(r)) - log_tol) / log(2) + 60;
    if (r < 100 && r / a < SERIES_TERMS && bits < 6000 && bits > 0) {
        prec = (slong)bits;
        if (mlval_second_series(e, p->alpha, p->beta, p->z, log_tol,
                                SERIES_TERMS, prec)) {
            mlval_mark mark;

            square(e, p, prec);
            mark = judge_parts(v, p, e, prec + 64);
            v->also[SERIES_TOO] = mark != MLVAL_OPEN;
            if (mark != MLVAL_OPEN)
                take(v, mark);
        }
    }
    acb_clear(e);
}

/* beta = 1: exp(z), cosh(sqrt z), exp(z^2) erfc(-z). */
static bool
closed_form(acb_t e, const problem *p, slong prec)
{
    double a = p->d[0];

    if ((p->f == MITTLEFF && p->d[1] != 1) || (a != 0.5 && a != 1 && a != 2))
        return false;
    if (a == 1) {
        acb_exp(e, p->z, prec);
    } else if (a == 2) {
        acb_sqrt(e, p->z, prec);
        acb_cosh(e, e, prec);
    } else {
        acb_t s;

        acb_init(s);
        acb_neg(e, p->z);
        acb_hypgeom_erfc(e, e, prec);
        acb_mul(s, p->z, p->z, prec);
        acb_exp(s, s, prec);
        acb_mul(e, e, s, prec);
        acb_clear(s);
    }
    return true;
}

static void
ask_closed(verdict *v, problem *p)
{
    acb_t e;

    acb_init(e);
    for (slong prec = 256; prec < 3000 && !v->also[CLOSED_TOO]; prec *= 3) {
        mlval_mark mark;

        set_problem(p, 3 * prec);
        if (!closed_form(e, p, prec))
            break;
        square(e, p, prec);
        mark = judge_parts(v, p, e, prec + 64);
        v->also[CLOSED_TOO] = mark != MLVAL_OPEN;
        if (mark != MLVAL_OPEN)
            take(v, mark);
    }
    acb_clear(e);
}

static double
goal_of(const problem *p, part i, double bits)
{
    double half = p->f == SIEGERT ? 0.5 : 1;

    return half * p->log_part[i] - bits * log(2);
}

static void
ask_integral(verdict *v, problem *p)
{
    acb_t e;

    acb_init(e);
    for (int k = 0; k < ATTEMPTS && v->mark == MLVAL_OPEN; k++) {
        double re = goal_of(p, RE, goals[k]), im = goal_of(p, IM, goals[k]);
        slong prec = (slong)goals[k] + 64;

        v->attempts = k + 1;
        set_problem(p, (slong)goals[k] * 2 + 2300);
        v->way = mlval_second(e, MLVAL_VALUE, p->alpha, p->beta, p->z, re, im);
        square(e, p, 2 * prec + 2000);
        take(v, judge_parts(v, p, e, prec));
        if (k == 0)
            ask_series(v, p, fmin(re, im));
    }
    /* A wrong row may ask for what cannot be had, far below the value. */
    if (v->mark == MLVAL_OPEN && v->way == MLVAL_BY_NOTHING)
        for (double tol = 300; tol > -3000 && v->mark == MLVAL_OPEN;
             tol -= 300) {
            mlval_second(e, MLVAL_VALUE, p->alpha, p->beta, p->z, tol, tol);
            square(e, p, 6000);
            take(v, judge_parts(v, p, e, 6000));
        }
    acb_clear(e);
}

static void
ask_kww(verdict *v, const problem *p)
{
    acb_t e;

    acb_init(e);
    v->way = BY_MPFR;
    for (int k = 0; k < ATTEMPTS && v->mark == MLVAL_OPEN; k++) {
        v->attempts = k + 1;
        kww(acb_realref(e), p, (slong)goals[k] + 64);
        take(v, judge_parts(v, p, e, (slong)goals[k] + 64));
    }
    acb_clear(e);
}

/* ------------------------------------------------------------------------ kappa */

/* c x (1 + 2 beta + beta |log(t/tau)|), x = (t/tau)^beta; exact where t = tau. */
static void
kappa_kww(arb_t kappa, const problem *p, slong prec)
{
    arb_t a, b, l;

    arb_init(a);
    arb_init(b);
    arb_init(l);
    arb_set_d(a, p->d[3]);
    arb_set_d(b, p->d[1]);
    arb_zero(kappa);
    if (p->d[3] != 0) {
        if (p->d[3] != p->d[1]) {
            arb_div(a, a, b, prec);
            arb_log(l, a, prec);
        }
        arb_set_d(b, p->d[0]);
        arb_mul(kappa, b, l, prec);
        arb_exp(a, kappa, prec);
        arb_abs(kappa, kappa);
        arb_addmul_ui(kappa, b, 2, prec);
        arb_add_ui(kappa, kappa, 1, prec);
        arb_mul(kappa, kappa, a, prec);
        arb_set_d(a, p->d[2]);
        arb_mul(kappa, kappa, a, prec);
    }
    arb_clear(a);
    arb_clear(b);
    arb_clear(l);
}

/* |x| |derivative| as a complex number of its own: signs matter below. */
static void
weighted(acb_t res, mlval_kind2 kind, const problem *p, const acb_t by,
         double log_tol)
{
    arb_t t;

    arb_init(t);
    acb_abs(t, by, 64);
    if (arb_is_zero(t)) {
        acb_zero(res);
    } else {
        log_tol -= mlval_log(t);
        mlval_second(res, kind, p->alpha, p->beta, p->z, log_tol, log_tol);
        acb_mul(res, res, by, 4000);
    }
    arb_clear(t);
}

/* For alpha beyond this kappa is taken from the definition.  [validation V5] */
static bool
by_slopes(const problem *p)
{
    return p->f == MITTLEFF && p->d[0] > 128 && p->d[1] >= 2;
}

/* kappa by the terms of the definition, to about `bits`. */
static bool
kappa_slopes(arb_t kappa, const problem *p, double log_kappa, double bits)
{
    double log_e = fmax(goal_of(p, RE, 0), goal_of(p, IM, 0));
    double tol = log_e + log_kappa - (bits + 8) * log(2);
    slong prec = (slong)bits + 200 + (slong)fabs(tol);
    acb_t e, d[3];
    arb_t t;

    acb_init(e);
    arb_init(t);
    for (int i = 0; i < 3; i++)
        acb_init(d[i]);
    bool done =
        mlval_second_slopes(d, p->alpha, p->beta, p->z, tol, SERIES_TERMS, prec)
        && mlval_second_series(e, p->alpha, p->beta, p->z,
                               log_e - (bits + 8) * log(2), SERIES_TERMS, prec);
    arb_zero(kappa);
    for (int i = 0; i < 3; i++) {
        acb_abs(t, d[i], prec);
        arb_add(kappa, kappa, t, prec);
        acb_clear(d[i]);
    }
    acb_abs(t, e, prec);
    arb_div(kappa, kappa, t, prec);
    acb_clear(e);
    arb_clear(t);
    return done;
}

/* kappa by the integrals of the derivatives, to about `bits`. */
static void
kappa_ml(arb_t kappa, const problem *p, double log_kappa, double bits)
{
    double log_e = fmax(goal_of(p, RE, 0), goal_of(p, IM, 0));
    double tol = log_e + log_kappa - bits * log(2);
    acb_t e, by, d[3];
    arb_t t;

    acb_init(e);
    acb_init(by);
    arb_init(t);
    for (int i = 0; i < 3; i++)
        acb_init(d[i]);
    weighted(d[0], MLVAL_DZ, p, p->z, tol);
    acb_set_arb(by, p->alpha);
    if (!acb_is_zero(p->z))
        weighted(d[1], MLVAL_DALPHA, p, by, tol);
    acb_set_arb(by, p->beta);
    if (p->f == MITTLEFF) {
        weighted(d[2], MLVAL_DBETA, p, by, tol);
    } else { /* z = -exp(alpha l): z E_z enters thrice */
        acb_mul_arb(d[2], d[0], p->log_t, 4000);
        acb_mul_arb(d[2], d[2], p->alpha, 4000);
        acb_add(d[1], d[1], d[2], 4000);
        acb_mul_arb(d[0], d[0], p->alpha, 4000);
        acb_mul_2exp_si(d[0], d[0], 1);
        acb_zero(d[2]);
    }
    arb_zero(kappa);
    for (int i = 0; i < 3; i++) {
        acb_abs(t, d[i], 4000);
        arb_add(kappa, kappa, t, 4000);
        acb_clear(d[i]);
    }
    mlval_second(e, MLVAL_VALUE, p->alpha, p->beta, p->z,
                 log_e - (bits + 8) * log(2), log_e - (bits + 8) * log(2));
    acb_abs(t, e, 4000);
    arb_div(kappa, kappa, t, 4000);
    if (p->f == SIEGERT)
        arb_mul_2exp_si(kappa, kappa, 1);
    acb_clear(e);
    acb_clear(by);
    arb_clear(t);
}

static bool
value_is_zero(const problem *p)
{
    arb_t v;
    bool zero;

    arb_init(v);
    zero = known_part(v, p, RE) && arb_is_zero(v)
           && (p->f != MITTLEFF || p->d[3] == 0);
    arb_clear(v);
    return zero;
}

/* `-` stands where the value is 0, and where the first program gives none:
 * that is counted. */
static mlval_mark
judge_kappa(problem *p, bool *none)
{
    static const double bits[] = {28, 70, 200, 600, 1500};
    const char *cell = p->r->kappa;
    mlval_mark mark = MLVAL_OPEN;
    mlval_decimal d;
    arb_t kappa;
    double log_kappa;

    *none = strcmp(cell, "-") == 0 && !value_is_zero(p);
    if (*none)
        return MLVAL_RIGHT;
    if (value_is_zero(p))
        return strcmp(cell, "-") == 0 ? MLVAL_RIGHT : MLVAL_MISS;
    mlval_decimal_init(&d);
    arb_init(kappa);
    if (!mlval_decimal_read(&d, cell))
        mark = MLVAL_MALFORMED;
    log_kappa = mlval_decimal_log(&d);
    if (!isfinite(log_kappa))
        log_kappa = 0;
    for (int i = 0; i < 5 && mark == MLVAL_OPEN; i++) {
        if (p->f == KWW) {
            kappa_kww(kappa, p, 128 << i);
        } else if (p->f != MITTLEFF && p->d[2] == 0) {
            arb_zero(kappa); /* t is 0, and alpha does not matter there */
        } else {
            set_problem(p, (slong)bits[i] * 2 + 2300);
            if (!by_slopes(p) || !kappa_slopes(kappa, p, log_kappa, bits[i]))
                kappa_ml(kappa, p, log_kappa, bits[i]);
        }
        mark = mlval_cell_up(cell, kappa, (slong)bits[i] + 200);
    }
    mlval_decimal_clear(&d);
    arb_clear(kappa);
    return mark;
}

/* ----------------------------------------------------------------------- a row */

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool
in_domain(const problem *p)
{
    return p->d[0] > 0
           && (p->f == MITTLEFF
               || (p->d[1] > 0 && p->d[p->f == KWW ? 3 : 2] >= 0
                   && (p->f != KWW || p->d[2] >= 0)));
}

static verdict
judge_row(function f, const row *r, bool with_kappa)
{
    verdict v = {.mark = MLVAL_OPEN};
    problem p;
    arb_t exact;
    double start = now();

    problem_init(&p, f, r);
    arb_init(exact);
    if (!read_arguments(&p) || !in_domain(&p)) {
        v.mark = MLVAL_MALFORMED;
        v.what = "arguments";
    } else if (!read_parts(&p)) {
        v.mark = MLVAL_MALFORMED;
        v.what = "digits";
    } else {
        acb_t nothing;

        acb_init(nothing);
        if (known_part(exact, &p, RE) && (f != MITTLEFF || p.d[3] == 0)) {
            v.way = BY_RULE;
            take(&v, judge_parts(&v, &p, nothing, 64));
        } else if (f == KWW) {
            ask_kww(&v, &p);
        } else {
            ask_integral(&v, &p);
            ask_closed(&v, &p);
        }
        acb_clear(nothing);
        v.has_kappa = r->kappa != NULL;
        if (r->kappa && with_kappa && v.mark < MLVAL_MISS) {
            v.kappa = judge_kappa(&p, &v.no_kappa);
            v.by_slopes = !v.no_kappa && by_slopes(&p);
            if (v.kappa >= MLVAL_MISS)
                v.what = "kappa";
        }
    }
    arb_clear(exact);
    problem_clear(&p);
    v.seconds = now() - start;
    return v;
}

/* ------------------------------------------------------------------------- runs */

typedef struct {
    const table *t;
    const size_t *which;
    verdict *verdicts;
} run;

static void
one_row(size_t i, void *context)
{
    run *r = context;

    r->verdicts[i] = judge_row(r->t->f, r->t->rows + r->which[i], true);
}

static void
show(const table *t, const row *r, const verdict *v)
{
    tap_note("%s:%ld %s: %s", t->path, r->line, r->id,
             v->mark >= MLVAL_MISS || v->kappa >= MLVAL_MISS ? v->what
                                                             : "undecided");
    for (int i = 0; i < MAX_ARGS && functions[t->f].args[i]; i++)
        tap_note("  %s: %s", functions[t->f].args[i], r->arg[i]);
    tap_note("  re: %s %s", r->digits[RE], r->hex[RE]);
    if (r->digits[IM])
        tap_note("  im: %s %s", r->digits[IM], r->hex[IM]);
    if (r->kappa)
        tap_note("  kappa: %s", r->kappa);
}

static void
summarize(const table *t, const size_t *which, const verdict *v, size_t n)
{
    static const char *const name[WAYS - MLVAL_WAYS] = {"mpfr", "rule"};
    size_t slowest = 0;
    double total = 0;

    for (int w = 0; w < WAYS; w++) {
        size_t count = 0, series = 0, closed = 0, more = 0;
        double seconds = 0;

        for (size_t i = 0; i < n; i++) {
            if (v[i].way != w)
                continue;
            count++;
            series += v[i].also[SERIES_TOO];
            closed += v[i].also[CLOSED_TOO];
            more += v[i].attempts > 1;
            seconds += v[i].seconds;
        }
        total += seconds;
        if (count)
            tap_note(
                "  %-20s %6zu rows (%zu by the series too, %zu by a closed "
                "form, %zu at more bits), %.3g s, %.3g ms a row",
                w < MLVAL_WAYS ? mlval_way_name[w] : name[w - MLVAL_WAYS],
                count, series, closed, more, seconds,
                1e3 * seconds / (double)count);
    }
    for (size_t i = 0; i < n; i++)
        if (v[i].seconds > v[slowest].seconds)
            slowest = i;
    if (n)
        tap_note("  %.4g s of processor time; slowest %s, %.3g s", total,
                 t->rows[which[slowest]].id, v[slowest].seconds);
}

static void
check_rows(const table *t, long sample)
{
    size_t n = sample > 0 && (size_t)sample < t->n ? (size_t)sample : t->n;
    size_t *which = malloc((t->n + 1) * sizeof *which), bad = 0, open = 0;
    size_t kappas = 0, none = 0, slopes = 0, badk = 0, openk = 0;
    verdict *v = calloc(n + 1, sizeof *v);
    tap_random random = tap_random_start(tap_seed());
    run r = {t, which, v};

    if (!which || !v)
        tap_bail("no memory");
    for (size_t i = 0; i < t->n; i++)
        which[i] = i;
    for (size_t i = 0; n < t->n && i < n; i++) { /* the first n of a shuffle */
        size_t k = i + (size_t)tap_random_int(&random, 0, (long)(t->n - i - 1));
        size_t swap = which[i];

        which[i] = which[k];
        which[k] = swap;
    }
    mlio_parallel_for(n, 0, one_row, &r);
    for (size_t i = 0; i < n; i++) {
        bad += v[i].mark >= MLVAL_MISS;
        open += v[i].mark == MLVAL_OPEN;
        kappas += v[i].has_kappa && !v[i].no_kappa;
        none += v[i].no_kappa;
        slopes += v[i].by_slopes;
        badk += v[i].kappa >= MLVAL_MISS;
        openk += v[i].kappa == MLVAL_OPEN;
        if ((v[i].mark != MLVAL_RIGHT || v[i].kappa != MLVAL_RIGHT)
            && bad + open + badk + openk <= 40)
            show(t, t->rows + which[i], v + i);
    }
    tap_note(
        "%s: %zu of %zu rows, %zu misses, %zu undecided; kappa of %zu rows, "
        "%zu misses, %zu undecided, by the definition alone in %zu, not given "
        "in %zu",
        functions[t->f].name, n, t->n, bad, open, kappas, badk, openk, slopes,
        none);
    summarize(t, which, v, n);
    tap_ok(n > 0 && bad == 0 && open == 0,
           "%s: every row is what a second program finds "
           "[validation V1]",
           functions[t->f].name);
    tap_ok(badk == 0 && openk == 0, "%s: every kappa is rounded up",
           functions[t->f].name);
    free(which);
    free(v);
}

/* ----------------------------------------------------------------- planted faults */

enum {
    DIGIT_UP,
    DIGIT_DOWN,
    SIGN,
    ULP,
    EQUALS_GONE,
    EQUALS_ADDED,
    SWAPPED,
    KAPPA_UP,
    KAPPA_DOWN,
    FAULTS
};
static const char *const fault_name[FAULTS] = {
    "the last digit one up",
    "the last digit one down",
    "the sign",
    "the double one ulp off",
    "an = missing",
    "an = too many",
    "the value of another row",
    "kappa one unit up",
    "kappa one unit down",
};

/* The last digit of the mantissa, moved by one without a carry. */
static bool
move_digit(char *text, int by)
{
    size_t n = strcspn(text, "e=");

    for (; n > 0; n--)
        if (text[n - 1] != '.')
            break;
    if (n == 0 || text[n - 1] == (by > 0 ? '9' : '0'))
        return false;
    text[n - 1] = (char)(text[n - 1] + by);
    return true;
}

/* Plants a fault in a copy of a row; false when it would be none. */
static bool
plant(row *r, const row *other, int fault, char cell[100], tap_random *random)
{
    const char **place = &r->digits[RE];
    bool exact = strchr(r->digits[RE], '=') != NULL;
    double d = strtod(r->hex[RE], NULL);

    if (fault == EQUALS_GONE && !exact && r->digits[IM]) {
        place = &r->digits[IM];
        exact = strchr(*place, '=') != NULL;
    }
    if (fault == ULP)
        place = &r->hex[RE];
    if (fault == KAPPA_UP || fault == KAPPA_DOWN)
        place = &r->kappa;
    if (!*place || strlen(*place) > 90 || strcmp(*place, "-") == 0
        || (exact && fault != EQUALS_GONE) || strcmp(*place, "0") == 0)
        return false;
    strcpy(cell, *place);
    switch (fault) {
    case DIGIT_UP:
    case KAPPA_UP:
        if (!move_digit(cell, 1))
            return false;
        break;
    case DIGIT_DOWN:
    case KAPPA_DOWN:
        if (!move_digit(cell, -1))
            return false;
        break;
    case SIGN:
        if (*cell == '-')
            memmove(cell, cell + 1, strlen(cell));
        else {
            memmove(cell + 1, cell, strlen(cell) + 1);
            *cell = '-';
        }
        break;
    case ULP:
        if (isinf(d))
            return false;
        snprintf(cell, 100, "%a",
                 nextafter(d, tap_random_u64(random) & 1 ? 1e308 : -1e308));
        break;
    case EQUALS_GONE:
        if (!exact)
            return false;
        cell[strlen(cell) - 1] = '\0';
        break;
    case EQUALS_ADDED:
        strcat(cell, "=");
        break;
    case SWAPPED:
        if (strlen(other->digits[RE]) > 90
            || strcmp(other->digits[RE], r->digits[RE]) == 0)
            return false;
        strcpy(cell, other->digits[RE]);
        r->hex[RE] = other->hex[RE];
        r->digits[IM] = other->digits[IM];
        r->hex[IM] = other->hex[IM];
        break;
    default:
        break;
    }
    *place = cell;
    return true;
}

static void
check_planted(const table *t, int count)
{
    tap_random random = tap_random_start(tap_seed() + 7);
    long planted[FAULTS] = {0}, found[FAULTS] = {0}, all = 0, missed = 0;

    for (int fault = 0; fault < FAULTS; fault++) {
        for (int k = 0; k < 40 * count && planted[fault] < count; k++) {
            row r = t->rows[tap_random_int(&random, 0, (long)t->n - 1)];
            const row *o = t->rows + tap_random_int(&random, 0, (long)t->n - 1);
            char cell[100];
            verdict v;

            if (!plant(&r, o, fault, cell, &random))
                continue;
            planted[fault]++;
            v = judge_row(t->f, &r, fault == KAPPA_UP || fault == KAPPA_DOWN);
            if (v.mark >= MLVAL_MISS || v.kappa >= MLVAL_MISS) {
                found[fault]++;
            } else {
                tap_note("not found: %s", fault_name[fault]);
                show(t, &r, &v);
            }
        }
        all += planted[fault];
        missed += planted[fault] - found[fault];
        tap_note("%s, planted: %s, %ld times, found %ld", functions[t->f].name,
                 fault_name[fault], planted[fault], found[fault]);
    }
    tap_ok(all > 0 && missed == 0, "%s: every planted fault is found",
           functions[t->f].name);
}

int
main(int argc, char **argv)
{
    static const char *const committed[] = {
        "reference/tables/mittag-leffler.tsv",
        "reference/tables/ml-relaxation.tsv", "reference/tables/ml-siegert.tsv",
        "reference/tables/kww.tsv"};
    const char *const *paths = committed;
    const char *effort = getenv("ML_EFFORT");
    bool all = effort && atof(effort) >= 10;
    int n = 4, first = 1;
    long sample = tap_effort(40);

    if (argc > 1 && strcmp(argv[1], "all") == 0) {
        all = true;
        first = 2;
    } else if (argc > 1 && atol(argv[1]) > 0) {
        sample = atol(argv[1]);
        first = 2;
    }
    if (argc > first) {
        paths = (const char *const *)argv + first;
        n = argc - first;
    }
    tap_plan(6 * n);
    for (int i = 0; i < n; i++) {
        table t = read_table(paths[i]);
        const char *again = t.trouble ? NULL : twice(&t);

        tap_ok(!t.trouble && t.n > 0, "%s is a table", paths[i]);
        if (t.trouble)
            tap_yaml("line", "%ld: %s", t.trouble_line, t.trouble);
        tap_ok(!again, "%s: an id stands for one row", paths[i]);
        tap_ok(t.hash, "%s: the hash is that of its rows", paths[i]);
        if (t.trouble || t.n == 0) {
            tap_skip(3, "no rows");
        } else {
            check_rows(&t, all ? 0 : sample);
            check_planted(&t, all ? 12 : 2);
        }
        free(t.rows);
        free(t.text);
    }
    return tap_done();
}
