/* paper/npy.c - reading numpy's .npy format, versions 1 to 3. */
#include "paper/impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* The text after 'key': in the header, or NULL. */
static const char *
header_value(const char *header, const char *key)
{
    const char *s = strstr(header, key);

    if (!s) {
        return NULL;
    }
    s += strlen(key);
    return s + strspn(s, " :");
}

/* "(400, 400)": two positive whole numbers. */
static bool
shape_of(size_t *rows, size_t *columns, const char *s)
{
    char *end;

    if (!s || *s != '(') {
        return false;
    }
    unsigned long long a = strtoull(s + 1, &end, 10);
    end += strspn(end, " ");
    if (*end != ',') {
        return false;
    }
    unsigned long long b = strtoull(end + 1, &end, 10);
    end += strspn(end, " ,");
    *rows = (size_t)a;
    *columns = (size_t)b;
    return *end == ')' && a > 0 && b > 0 && a < (1ull << 31)
           && b < (1ull << 31);
}

typedef struct {
    size_t rows, columns, width, start;
} layout;

/* Magic, version, header length, dictionary. */
static bool
read_header(layout *l, const char *bytes, size_t n, const char *path,
            mlio_error *err)
{
    const unsigned char *u = (const unsigned char *)bytes;
    char header[4096];
    size_t length, at;

    if (n < 12 || memcmp(bytes, "\x93NUMPY", 6) != 0 || u[6] < 1 || u[6] > 3) {
        return mlio_fail(err, MLIO_DATA,
                         "%s: not a .npy file of version 1 to 3", path);
    }
    at = u[6] == 1 ? 10 : 12;
    length = (size_t)u[8] | (size_t)u[9] << 8;
    if (at == 12) {
        length |= (size_t)u[10] << 16 | (size_t)u[11] << 24;
    }
    if (length >= sizeof header || length > n - at) {
        return mlio_fail(err, MLIO_DATA, "%s: its header is cut off", path);
    }
    memcpy(header, bytes + at, length);
    header[length] = '\0';
    const char *type = header_value(header, "'descr'");
    const char *order = header_value(header, "'fortran_order'");
    if (!type
        || (strncmp(type, "'<f8'", 5) != 0 && strncmp(type, "'<f4'", 5) != 0)) {
        return mlio_fail(err, MLIO_DATA,
                         "%s: expected float64 or float32, little-endian "
                         "('<f8' or '<f4')",
                         path);
    }
    if (!order || strncmp(order, "False", 5) != 0) {
        return mlio_fail(err, MLIO_DATA, "%s: expected C order", path);
    }
    if (!shape_of(&l->rows, &l->columns, header_value(header, "'shape'"))) {
        return mlio_fail(err, MLIO_DATA, "%s: expected a 2-D array", path);
    }
    l->width = type[3] == '8' ? 8 : 4;
    l->start = at + length;
    return true;
}

/* Little-endian IEEE 754, whatever this machine is. */
static double
value_at(const unsigned char *p, size_t width)
{
    uint64_t bits = 0;

    for (size_t i = width; i-- > 0;) {
        bits = bits << 8 | p[i];
    }
    if (width == 8) {
        double d;
        memcpy(&d, &bits, sizeof d);
        return d;
    }
    uint32_t low = (uint32_t)bits;
    float f;
    memcpy(&f, &low, sizeof f);
    return (double)f;
}

double *
mlpaper_npy_read(size_t *rows, size_t *columns, const char *path,
                 mlio_error *err)
{
    size_t n;
    layout l = {0, 0, 0, 0};
    double *out = NULL;
    char *bytes = mlio_file_read(path, &n, err);

    if (!bytes) {
        return NULL;
    }
    if (!read_header(&l, bytes, n, path, err) || l.width == 0) {
        goto end;
    }
    size_t cells = l.rows * l.columns; /* below 2^62 */
    if ((n - l.start) / l.width != cells || (n - l.start) % l.width) {
        mlio_fail(err, MLIO_DATA,
                  "%s: the header says %zu x %zu numbers of %zu bytes, %zu "
                  "bytes follow",
                  path, l.rows, l.columns, l.width, n - l.start);
        goto end;
    }
    out = malloc(cells * sizeof *out);
    if (!out) {
        mlio_fail(err, MLIO_FILE, "out of memory");
        goto end;
    }
    for (size_t i = 0; i < cells; i++) {
        out[i] = value_at((const unsigned char *)bytes + l.start + i * l.width,
                          l.width);
    }
    *rows = l.rows;
    *columns = l.columns;
end:
    free(bytes);
    return out;
}
