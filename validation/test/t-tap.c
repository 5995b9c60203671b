/* validation/test/t-tap.c - the TAP producer: small programs, what they print.
 *
 * Each runs in a child before this program's own plan, so that its counters
 * begin at zero.
 */
#define _XOPEN_SOURCE 700

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "validation/tap/tap.h"

typedef struct {
    char text[1000];
    int status; /* of exit; -1: it did not exit */
} outcome;

static outcome
run(int (*program)(void))
{
    outcome o = {"", -1};
    size_t n = 0;
    int fd[2], status;

    if (pipe(fd) != 0)
        return o;
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fd[1], 1);
        close(fd[0]);
        close(fd[1]);
        exit(program());
    }
    close(fd[1]);
    for (ssize_t m;
         n + 1 < sizeof o.text
         && (m = read(fd[0], o.text + n, sizeof o.text - 1 - n)) > 0;)
        n += (size_t)m;
    close(fd[0]);
    if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status))
        o.status = WEXITSTATUS(status);
    return o;
}

/* ----------------------------------------------------------------- programs */

static int
all_well(void)
{
    tap_plan(3);
    bool a = tap_ok(true, "one and %d", 1);
    tap_skip(2, "no %s here", "x");
    tap_note("noted %d", 7);
    return a ? tap_done() : 9;
}

static int
one_fails(void)
{
    tap_plan(2);
    if (!tap_ok(false, "two is %s", "three")) {
        tap_yaml("got", "%d", 2);
        tap_yaml("want", "%d", 3);
    }
    tap_ok(true, "after it");
    return tap_done();
}

static int
last_fails(void)
{
    tap_plan(1);
    tap_ok(false, "last");
    tap_yaml("got", "x");
    return tap_done();
}

static int
too_few(void)
{
    tap_plan(2);
    tap_ok(true, "alone");
    return tap_done();
}

static int
too_many(void)
{
    tap_plan(1);
    tap_ok(true, "one");
    tap_ok(true, "two");
    return tap_done();
}

static int
bails(void)
{
    tap_plan(2);
    tap_ok(true, "one");
    tap_bail("no %s", "disk");
}

static int
seed_and_effort(void)
{
    setenv("ML_SEED", "18446744073709551615", 1);
    setenv("ML_EFFORT", "2.5", 1);
    tap_plan(2);
    tap_ok(tap_seed() == UINT64_MAX && tap_seed() == UINT64_MAX, "seed");
    long more = tap_effort(100);
    setenv("ML_EFFORT", "0", 1);
    long least = tap_effort(100);
    unsetenv("ML_EFFORT");
    tap_ok(more == 250 && least == 1 && tap_effort(100) == 100, "effort");
    return tap_done();
}

static const struct {
    const char *claim;
    int (*program)(void);
    int status;
    const char *text;
} programs[] = {
    {"a plan, claims, skips, notes", all_well, 0,
     "TAP version 13\n1..3\nok 1 - one and 1\nok 2 # SKIP no x here\n"
     "ok 3 # SKIP no x here\n# noted 7\n"},
    {"a failed claim is described and fails the program", one_fails, 1,
     "TAP version 13\n1..2\nnot ok 1 - two is three\n  ---\n  got: '2'\n"
     "  want: '3'\n  ...\nok 2 - after it\n"},
    {"a description at the end is closed", last_fails, 1,
     "TAP version 13\n1..1\nnot ok 1 - last\n  ---\n  got: 'x'\n  ...\n"},
    {"fewer claims than planned fail the program", too_few, 1,
     "TAP version 13\n1..2\nok 1 - alone\n# planned 2 claims, made 1\n"},
    {"so do more", too_many, 1,
     "TAP version 13\n1..1\nok 1 - one\nok 2 - two\n"
     "# planned 1 claims, made 2\n"},
    {"bailing out stops at once", bails, 1,
     "TAP version 13\n1..2\nok 1 - one\nBail out! no disk\n"},
    {"ML_SEED is printed once, ML_EFFORT scales", seed_and_effort, 0,
     "TAP version 13\n1..2\n# ML_SEED=18446744073709551615\nok 1 - seed\n"
     "ok 2 - effort\n"},
};

#define PROGRAMS (int)(sizeof programs / sizeof programs[0])

/* ---------------------------------------------------------------- generator */

static void
test_random(void)
{
    /* splitmix64 from state 1234567, as in its reference implementation */
    static const uint64_t known[] = {
        UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    tap_random r = tap_random_start(1234567);
    bool same = true, inside = true;
    int seen[3] = {0};
    double sum = 0.0;

    for (int i = 0; i < 5; i++)
        same = tap_random_u64(&r) == known[i] && same;
    tap_ok(same, "splitmix64 gives the known numbers");
    for (int i = 0; i < 3000; i++) {
        double u = tap_random_unit(&r), v = tap_random_range(&r, -2.0, 3.0);
        double w = tap_random_log(&r, 1e-8, 1e8);
        long k = tap_random_int(&r, -1, 1);

        inside = inside && u >= 0.0 && u < 1.0 && v >= -2.0 && v < 3.0
                 && w > 0.999e-8 && w < 1.001e8 && k >= -1 && k <= 1;
        if (inside)
            seen[k + 1]++;
        sum += (u - 0.5) + (v - 0.5) + (w < 1.0 ? 0.5 : -0.5);
    }
    tap_ok(inside, "every number lies in its range");
    tap_ok(seen[0] > 900 && seen[1] > 900 && seen[2] > 900,
           "integers include both ends");
    /* standard deviation: sqrt(3000 (1/12 + 25/12 + 1/4)) = 85 */
    tap_ok(sum > -600.0 && sum < 600.0, "and they are centred: %g", sum);
}

int
main(void)
{
    outcome got[PROGRAMS];

    for (int i = 0; i < PROGRAMS; i++)
        got[i] = run(programs[i].program);
    tap_plan(PROGRAMS + 4);
    for (int i = 0; i < PROGRAMS; i++) {
        bool ok = got[i].status == programs[i].status
                  && strcmp(got[i].text, programs[i].text) == 0;

        if (!tap_ok(ok, "%s", programs[i].claim))
            tap_note("exit %d, printed: %s", got[i].status, got[i].text);
    }
    test_random();
    return tap_done();
}
