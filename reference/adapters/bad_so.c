/* reference/adapters/bad_so.c - a library with one of every fault, for the
 * tests:  cc -shared -fPIC -o bad_so.so bad_so.c -lm
 *
 * bad(alpha, beta, z) is exp(z) with alpha = beta = 1, and at z = 1, 2, ... a
 * thing befalls it that libraries do to their process; what becomes of that
 * point is written beside it.  Whatever it does, the points before and after it
 * must not be harmed.  bad_zz is the same for complex numbers.
 */
#define _GNU_SOURCE

#include <fenv.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#if defined(__SSE__)
#    include <xmmintrin.h>
#endif

double bad(double alpha, double beta, double z);
void bad_zz(const double *args, double out[2]);
extern const double bad_data;

const double bad_data = 1;
static volatile double sink;
static jmp_buf nowhere;

static void
spin(void)
{
    for (;;) {
        sink = sink + 1;
    }
}

/* Sleeps where the test looks for it: ML_MARK seconds. */
static void
sleep_marked(void)
{
    const char *mark = getenv("ML_MARK");
    execlp("sleep", "sleep", mark == NULL ? "86399" : mark, (char *)NULL);
    _exit(0);
}

static void
leave_a_daemon(void)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            sleep_marked();
        }
        _exit(0);
    }
}

/* A child that holds every descriptor open, also those that exec would close. */
static void
leave_a_holder(void)
{
    if (fork() == 0) {
        for (;;) {
            pause();
        }
    }
}

static int
overflow_the_stack(int depth)
{
    volatile char room[65536];
    room[depth % 65536] = (char)depth;
    return depth == 1 << 30
               ? 0
               : overflow_the_stack(depth + 1) + room[depth % 65536];
}

static void
ignore_signals(void)
{
    for (int sig = 1; sig < 32; sig++) {
        signal(sig, SIG_IGN);
    }
}

static void
print_much(FILE *out)
{
    static char text[1 << 16];
    memset(text, 'x', sizeof text - 1);
    for (int i = 0; i < 500; i++) {
        fputs(text, out);
    }
    fflush(out);
}

/* True when there is none left before 4 TiB, of which nothing is touched. */
static int
memory_ends(void)
{
    static void *volatile last; /* seen by others: none is optimised away */
    size_t n = 0;
    while (n < 1 << 18 && (last = malloc(1 << 24)) != NULL) {
        n++;
    }
    return n < 1 << 18;
}

static void
spoil_the_environment(void)
{
    fesetround(FE_UPWARD);
    feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
#if defined(__SSE__)
    _mm_setcsr(_mm_getcsr() | 0x8040); /* subnormals are zeros */
#endif
    setlocale(LC_ALL, "de_DE.UTF-8");
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_NOFILE, &none);
    if (chdir("/") != 0) {
        abort();
    }
}

double
bad(double alpha, double beta, double z)
{
    (void)alpha;
    (void)beta;
    double value = exp(z);
    switch (z > 0.5 && z < 100 ? (int)z : 0) {
    case 1: /* hang */
        spin();
        break;
    case 2: /* crash */
        /* cppcheck-suppress nullPointer */
        *(volatile int *)(sink == -1 ? &sink : NULL) = 1;
        break;
    case 3: /* crash */
        abort();
    case 4: /* crash */
        exit(0);
    case 5: /* crash: nothing can be said any more */
        closefrom(0);
        break;
    case 6: /* ok */
        close(0);
        close(1);
        close(2);
        break;
    case 7: /* ok, and so is what comes after */
        spoil_the_environment();
        break;
    case 8: /* ok */
        print_much(stdout);
        break;
    case 9: /* ok */
        print_much(stderr);
        break;
    case 10: /* hang */
        ignore_signals();
        spin();
        break;
    case 11: /* hang */
        raise(SIGSTOP);
        break;
    case 12: /* ok */
        leave_a_daemon();
        break;
    case 13: /* crash, though the pipes are open yet */
        leave_a_holder();
        raise(SIGKILL);
        break;
    case 14: /* ok, once */
        fork();
        break;
    case 15: /* nan */
        return (double)NAN;
    case 16: /* inf */
        return (double)INFINITY;
    case 17: /* crash */
        longjmp(nowhere, 1);
    case 18: /* crash */
        overflow_the_stack(0);
        break;
    case 19: /* crash: of its own group only */
        kill(0, SIGTERM);
        break;
    case 20: /* ok; some later point dies of it, and is asked again */
        alarm(1);
        break;
    case 21: /* ok */
        return memory_ends() ? value : (double)NAN;
    case 22: /* hang */
        pause();
        break;
    case 23: /* wrong */
        return value * (1 + 1e-9);
    default:
        break;
    }
    return value;
}

void
bad_zz(const double *args, double out[2])
{
    double r = bad(args[0], args[1], args[2]);
    out[0] = r * cos(args[3]);
    out[1] = r * sin(args[3]);
}
