/* paper/test/t-npy.c - numpy's .npy files, good and bad. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "paper/impl.h"
#include "validation/tap/tap.h"

/* A .npy with that dictionary and those bytes. */
static void
write_npy(const char *path, int version, const char *dictionary,
          const void *data, size_t n)
{
    FILE *f = fopen(path, "wb");
    size_t length = strlen(dictionary);

    if (!f) {
        tap_bail("no temporary file");
        return;
    }
    fwrite("\x93NUMPY", 1, 6, f);
    fputc(version, f);
    fputc(0, f);
    fputc((int)(length & 255), f);
    fputc((int)(length >> 8), f);
    if (version > 1) {
        fputc(0, f);
        fputc(0, f);
    }
    fwrite(dictionary, 1, length, f);
    fwrite(data, 1, n, f);
    fclose(f);
}

#define DICT(type, order, shape)                                             \
    "{'descr': '" type "', 'fortran_order': " order ", 'shape': " shape ", " \
    "}\n"

static const double eight[6] = {1.5, -2, 3, 4, 5, 6e300};
static const float four[6] = {1.5f, -2, 3, 4, 5, 6e30f};

static bool
reads(const char *path, double last)
{
    size_t rows = 0, columns = 0;
    mlio_error err;
    double *x = mlpaper_npy_read(&rows, &columns, path, &err);
    bool ok = x && rows == 2 && columns == 3 && x[0] == 1.5 && x[1] == -2
              && x[5] == last;

    free(x);
    return ok;
}

static bool
refuses(const char *path, const char *why)
{
    size_t rows, columns;
    mlio_error err;
    double *x = mlpaper_npy_read(&rows, &columns, path, &err);
    bool ok = !x && err.code == MLIO_DATA && strstr(err.text, why) != NULL;

    if (!ok) {
        tap_note("got: %s", x ? "numbers" : err.text);
    }
    free(x);
    return ok;
}

int
main(void)
{
    char path[] = "/tmp/npy-XXXXXX";
    int fd = mkstemp(path);
    size_t rows, columns;
    mlio_error err;

    if (fd < 0) {
        tap_bail("no temporary file");
    }
    close(fd);
    tap_plan(12);
    write_npy(path, 1, DICT("<f8", "False", "(2, 3)"), eight, sizeof eight);
    bool ok = reads(path, 6e300);
    tap_ok(ok, "float64, version 1");
    write_npy(path, 2, DICT("<f4", "False", "(2, 3)"), four, sizeof four);
    ok = reads(path, (double)6e30f);
    tap_ok(ok, "float32, version 2");
    write_npy(path, 1, DICT("<f8", "False", "(2, 3)"), eight, 47);
    ok = refuses(path, "47 bytes follow");
    tap_ok(ok, "a file that is cut off");
    write_npy(path, 1, DICT("<f8", "False", "(2, 2)"), eight, sizeof eight);
    ok = refuses(path, "48 bytes follow");
    tap_ok(ok, "a file that is too long");
    write_npy(path, 1, DICT(">f8", "False", "(2, 3)"), eight, sizeof eight);
    ok = refuses(path, "little-endian");
    tap_ok(ok, "big-endian numbers");
    write_npy(path, 1, DICT("<i8", "False", "(2, 3)"), eight, sizeof eight);
    ok = refuses(path, "float64 or float32");
    tap_ok(ok, "integers");
    write_npy(path, 1, DICT("<f8", "True", "(2, 3)"), eight, sizeof eight);
    ok = refuses(path, "C order");
    tap_ok(ok, "Fortran order");
    write_npy(path, 1, DICT("<f8", "False", "(6,)"), eight, sizeof eight);
    ok = refuses(path, "2-D");
    tap_ok(ok, "one dimension");
    write_npy(path, 1, DICT("<f8", "False", "(1, 2, 3)"), eight, sizeof eight);
    ok = refuses(path, "2-D");
    tap_ok(ok, "three dimensions");
    write_npy(path, 9, DICT("<f8", "False", "(2, 3)"), eight, sizeof eight);
    ok = refuses(path, "not a .npy");
    tap_ok(ok, "a version that does not exist");
    write_npy(path, 1, DICT("<f8", "False", "(99999999999, 99999999999)"),
              eight, sizeof eight);
    ok = refuses(path, "2-D");
    tap_ok(ok, "a shape beyond reason");
    unlink(path);
    double *x = mlpaper_npy_read(&rows, &columns, path, &err);
    ok = !x && err.code == MLIO_FILE;
    tap_ok(ok, "a missing file is an error of files");
    free(x);
    return tap_done();
}
