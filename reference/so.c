/* reference/so.c - a function of a shared object, called by forked processes.
 *
 * The library is loaded and called in a process of its own only, which speaks
 * the line protocol with everything that the library may disturb left out:
 * numbers travel as their bits (no locale, no rounding mode), the pipes have
 * numbers far from those that libraries use or close, the floating-point
 * environment is set before every call, standard output is nowhere.
 */
#define _GNU_SOURCE /* RTLD_DEEPBIND, dladdr1 */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#if defined(__linux__)
#    include <elf.h>
#    include <link.h>
#    include <sys/syscall.h>
#endif

#include "reference/impl.h"

#if defined(__SANITIZE_ADDRESS__)
#    define SANITIZED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define SANITIZED 1
#    endif
#endif

/* The pipes of a worker have numbers from here on. */
enum { HIGH_FD = 200 };

/* A worker may have this part of the memory, divided by the workers. */
enum { MEMORY_PART = 2 };

/* ---------------------------------------------------------------- the options */

bool
mltab_so_is_complex(const char *spec)
{
    size_t n = strlen(spec);
    return n > 3 && strcmp(spec + n - 3, "@zz") == 0;
}

void
mltab_so_clear(mltab_so *so)
{
    free(so->path);
    free(so->symbol);
    so->path = so->symbol = NULL;
}

/* dlopen looks for a name without a slash where libraries are installed; the
 * file here is meant when there is one. */
static char *
library_path(const char *spec, size_t n)
{
    char *path = malloc(n + 3);
    if (path == NULL) {
        return NULL;
    }
    memcpy(path, "./", 2);
    memcpy(path + 2, spec, n);
    path[n + 2] = '\0';
    if (memchr(spec, '/', n) != NULL || access(path, F_OK) != 0) {
        memmove(path, path + 2, n + 1);
    }
    return path;
}

bool
mltab_so_parse(mltab_so *so, const char *spec, const mltab_points *set,
               int jobs, mlio_error *err)
{
    const char *colon = strrchr(spec, ':');
    bool zz = mltab_so_is_complex(spec);
    *so = (mltab_so){.set = set, .is_complex = zz};
    if (colon == NULL || colon == spec
        || strlen(colon + 1) <= (zz ? strlen("@zz") : 0)) {
        return mlio_fail(err, MLIO_USAGE,
                         "--so: expected LIB.so:SYMBOL or LIB.so:SYMBOL@zz, "
                         "got \"%s\"",
                         spec);
    }
    if (set->has_im && !zz) {
        return mlio_fail(err, MLIO_USAGE,
                         "--so: %s takes real arguments, and the points are "
                         "complex: choose real ones (--points real), or "
                         "name a function void f(const double *args, double "
                         "out[2]) as %s@zz",
                         colon + 1, colon + 1);
    }
    so->path = library_path(spec, (size_t)(colon - spec));
    so->symbol = strdup(colon + 1);
    if (so->path == NULL || so->symbol == NULL) {
        mltab_so_clear(so);
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    if (zz) {
        so->symbol[strlen(so->symbol) - strlen("@zz")] = '\0';
    }
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    if (pages > 0 && page > 0) {
        so->memory = (double)pages * (double)page / (MEMORY_PART * jobs);
    }
    return true;
}

/* ------------------------------------------------------- the worker's own house */

/* dlopen, popen and the like of the library must not inherit the pipes. */
static int
move_up(int fd)
{
    int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
    if (high < 0) {
        _exit(126);
    }
    return high;
}

static void
close_all_but(int a, int b)
{
    long n = sysconf(_SC_OPEN_MAX);
    int end = n < 0 || n > 4096 ? 4096 : (int)n;
#ifdef SYS_close_range
    int last = a > b ? a : b;
    if (syscall(SYS_close_range, (unsigned)last + 1, ~0U, 0U) == 0) {
        end = last;
    }
#endif
    for (int fd = 3; fd < end; fd++) {
        if (fd != a && fd != b) {
            close(fd);
        }
    }
}

static void
limit_memory(double bytes)
{
#ifndef SANITIZED
    struct rlimit r;
    if (bytes >= 0x1p20 && bytes < 0x1p62 && getrlimit(RLIMIT_DATA, &r) == 0) {
        rlim_t want = (rlim_t)bytes;
        if (r.rlim_cur == RLIM_INFINITY || r.rlim_cur > want) {
            r.rlim_cur = want;
            setrlimit(RLIMIT_DATA, &r);
        }
    }
#else
    (void)bytes;
#endif
}

/* Writes all, or ends the process: nobody reads any more. */
static void
say(int out, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t k = write(out, text, n);
        if (k > 0) {
            text += k;
            n -= (size_t)k;
        } else if (k < 0 && errno != EINTR) {
            _exit(1);
        }
    }
}

/* "#failed TEXT": TEXT on one line. */
static _Noreturn void
fail(int out, const char *text)
{
    char line[1024];
    int n = snprintf(line, sizeof line - 1, "#failed %s", text);
    size_t end = n < (int)sizeof line - 1 ? (size_t)n : sizeof line - 2;
    for (size_t i = 0; i < end; i++) {
        if (line[i] == '\n') {
            line[i] = ' ';
        }
    }
    line[end] = '\n';
    say(out, line, end + 1);
    _exit(0);
}

/* ------------------------------------------------------------------ the library */

static bool
is_data(void *symbol)
{
#if defined(__linux__) && defined(__GLIBC__)
    Dl_info info;
    void *entry = NULL;
    if (dladdr1(symbol, &info, &entry, RTLD_DL_SYMENT) != 0 && entry != NULL) {
        const ElfW(Sym) *sym = entry;
        int type = sym->st_info & 0xf;
        return sym->st_shndx != SHN_UNDEF
               && (type == STT_OBJECT || type == STT_COMMON);
    }
#endif
    (void)symbol;
    return false;
}

/* The symbol.  What the library needs comes from itself and its own
 * dependencies first: another version of a library that mlref uses may be among
 * them. */
static void *
load(const mltab_so *so, int out)
{
    int flags = RTLD_NOW | RTLD_LOCAL;
#if defined(RTLD_DEEPBIND) && !defined(SANITIZED)
    flags |= RTLD_DEEPBIND;
#endif
    char text[900];
    void *library = dlopen(so->path, flags);
    if (library == NULL) {
        const char *why = dlerror();
        snprintf(text, sizeof text, "cannot load \"%s\": %s", so->path,
                 why == NULL ? "no reason given" : why);
        fail(out, text);
    }
    dlerror();
    void *symbol = dlsym(library, so->symbol);
    if (symbol == NULL) {
        const char *why = dlerror();
        snprintf(text, sizeof text, "no function \"%s\" in \"%s\": %s",
                 so->symbol, so->path, why == NULL ? "it is null" : why);
        fail(out, text);
    }
    if (is_data(symbol)) {
        snprintf(text, sizeof text, "\"%s\" in \"%s\" is data, not a function",
                 so->symbol, so->path);
        fail(out, text);
    }
    return symbol;
}

static double
call_real(void *symbol, const double *a, size_t n)
{
    union {
        void *symbol;
        double (*f1)(double);
        double (*f2)(double, double);
        double (*f3)(double, double, double);
        double (*f4)(double, double, double, double);
    } u = {.symbol = symbol};
    _Static_assert(ML_MAX_ARGS == 4, "one case for each number of arguments");
    switch (n) {
    case 1:
        return u.f1(a[0]);
    case 2:
        return u.f2(a[0], a[1]);
    case 3:
        return u.f3(a[0], a[1], a[2]);
    default:
        return u.f4(a[0], a[1], a[2], a[3]);
    }
}

static void
call_complex(void *symbol, const double *a, double out[2])
{
    union {
        void *symbol;
        void (*f)(const double *, double *);
    } u = {.symbol = symbol};
    u.f(a, out);
}

/* -------------------------------------------------------------------- numbers */

/* 16 hexadecimal digits of the bits. */
static const char *
read_bits(double *x, const char *s)
{
    uint64_t bits = 0;
    for (int i = 0; i < 16; i++) {
        int c = (unsigned char)s[i];
        bits = bits << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    memcpy(x, &bits, sizeof *x);
    return s + 16;
}

/* A hexfloat, from the bits alone: whatever the rounding mode and the locale
 * are by now. */
static int
put_hexfloat(char *text, size_t size, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const char *sign = bits >> 63 != 0 ? "-" : "";
    int e = (int)(bits >> 52 & 0x7ff);
    unsigned long long m = bits & 0xfffffffffffffULL;
    if (e == 0x7ff) {
        return snprintf(text, size, "%s%s", m != 0 ? "" : sign,
                        m != 0 ? "nan" : "inf");
    }
    return snprintf(text, size, "%s0x%d.%013llxp%d", sign, e > 0, m,
                    (e > 0 ? e : 1) - 1023);
}

/* ------------------------------------------------------------------- the worker */

typedef struct {
    const mltab_so *so;
    void *symbol;
    int out;
    pid_t self;
    fenv_t clean;
} service;

/* The arguments of f, from the fields: a complex one is always two numbers for
 * a complex function. */
static size_t
arguments(double a[2 * ML_MAX_ARGS], const service *s, const char *line)
{
    const mltab_points *set = s->so->set;
    size_t n = 0;
    for (size_t k = 0; k < set->function->nargs; k++) {
        bool complex = set->function->args[k].is_complex;
        line = read_bits(&a[n++], line) + 1;
        if (complex && set->has_im) {
            line = read_bits(&a[n++], line) + 1;
        } else if (complex && s->so->is_complex) {
            a[n++] = 0;
        }
    }
    return n;
}

static void
serve_point(const service *s, const char *line)
{
    double a[2 * ML_MAX_ARGS] = {0}, value[2] = {(double)NAN, 0};
    size_t n = arguments(a, s, line);
    fesetenv(&s->clean);
    if (s->so->is_complex) {
        call_complex(s->symbol, a, value);
    } else {
        value[0] = call_real(s->symbol, a, n);
    }
    if (getpid() != s->self) {
        _exit(0); /* a copy that the library made: only one may answer */
    }
    char text[128];
    int k = put_hexfloat(text, 64, value[0]);
    if (s->so->is_complex) {
        text[k++] = '\t';
        k += put_hexfloat(text + k, 60, value[1]);
    }
    text[k++] = '\n';
    say(s->out, text, (size_t)k);
}

static void
serve_lines(const service *s, int in)
{
    size_t width = 17 * s->so->set->nfields, n = 0;
    char bytes[16384];
    for (;;) {
        ssize_t k = read(in, bytes + n, sizeof bytes - n);
        if (k < 0 && errno == EINTR) {
            continue;
        }
        if (k <= 0) {
            return;
        }
        n += (size_t)k;
        size_t done = 0;
        for (; n - done >= width; done += width) {
            serve_point(s, bytes + done);
        }
        memmove(bytes, bytes + done, n - done);
        n -= done;
    }
}

void
mltab_so_serve(const mltab_so *so, int in, int out)
{
    service s = {.so = so, .out = move_up(out), .self = getpid()};
    int from = move_up(in);
    int null = open("/dev/null", O_RDWR);
    if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0) {
        _exit(126);
    }
    close_all_but(from, s.out);
    limit_memory(so->memory);
    fegetenv(&s.clean);
    s.symbol = load(so, s.out);
    if (getpid() != s.self) {
        _exit(0);
    }
    say(s.out, "#ready\n", strlen("#ready\n"));
    serve_lines(&s, from);
    _exit(0);
}
