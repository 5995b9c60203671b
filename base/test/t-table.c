/* base/test/t-table.c - tables come back as they went in; errors say where. */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/table.h"
#include "validation/tap/tap.h"

#define COUNT(a) (int)(sizeof(a) / sizeof(a)[0])

static char dir[] = "/tmp/t-table-XXXXXX";
static char path[64];

static void
put_file(const char *text, size_t n)
{
    unlink(path); /* truncating it would wait for the disk */
    FILE *f = fopen(path, "w");

    if (!f || fwrite(text, 1, n, f) != n || fclose(f) != 0)
        tap_bail("cannot write %s", path);
}

static mlio_table *
read_text(const char *text, mlio_error *err)
{
    put_file(text, strlen(text));
    return mlio_table_read(path, err);
}

/* The message after the name of the file. */
static bool
says(const mlio_error *err, int code, const char *want)
{
    size_t n = strlen(path);

    return err->code == code && strncmp(err->text, path, n) == 0
           && strcmp(err->text + n, want) == 0;
}

/* -------------------------------------------------------------- what is read */

/* The whole table as one string: names, then rows, | and / between. */
static void
flatten(char *out, size_t size, const mlio_table *t)
{
    size_t n = 0, columns = mlio_table_columns(t);

    out[0] = 0;
    for (size_t j = 0; j < columns && n < size; j++)
        n += (size_t)snprintf(out + n, size - n, "%s%s", j ? "|" : "",
                              mlio_table_name(t, j));
    for (size_t i = 0; i < mlio_table_rows(t); i++)
        for (size_t j = 0; j < columns && n < size; j++)
            n += (size_t)snprintf(out + n, size - n, "%s%s", j ? "|" : "/",
                                  mlio_table_cell(t, i, j));
}

static const struct {
    const char *claim, *text, *want;
} good[] = {
    {"TSV", "t\tR\n1\t2\n3\t4\n", "t|R/1|2/3|4"},
    {"TSV without a last line end", "t\tR\n1\t2", "t|R/1|2"},
    {"TSV with CRLF", "t\tR\r\n1\t2\r\n3\t4\r\n", "t|R/1|2/3|4"},
    {"TSV cells stay as they are, names are trimmed",
     " t \tR\n 1 \t\"a, b\n\tx\n", "t|R/ 1 |\"a, b/|x"},
    {"comments and blank lines anywhere",
     "# a: b\n\n  # c\nt R\n# d\n1 2\n\n#\n3 4\n# e", "t|R/1|2/3|4"},
    {"a TSV line of tabs is a row of empty cells", "a\tb\n\t\n", "a|b/|"},
    {"blanks", "  t   R  \n 1\t 2\n  3   4 \n", "t|R/1|2/3|4"},
    {"one column", "t\n1\n2\n", "t/1/2"},
    {"one column, cells with blanks and commas", "t\n1 2\n3,4\n", "t/1 2/3,4"},
    {"one column, a blank after its name", "t \n1\n", "t/1"},
    {"CSV", "t,R\n1,2\n3,\n", "t|R/1|2/3|"},
    {"CSV with CRLF", "t,R\r\n1,\"2\"\r\n3,4\r\n", "t|R/1|2/3|4"},
    {"CSV with CRLF and no last LF", "t,R\r\n1,2\r\n3,4\r", "t|R/1|2/3|4"},
    {"CSV, quoted at the end of the file", "t,R\n1,\"2\"", "t|R/1|2"},
    {"CSV, quoted with CR at the end of the file", "t,R\n1,\"2\"\r", "t|R/1|2"},
    {"CSV quotes", "a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n\"#\",\"\"\n",
     "a|b/x,\"y\"|two\nlines/#|"},
    {"a quoted header makes it CSV", "\"a\"\n\"x,y\"\n", "a/x,y"},
    {"a byte order mark", "\xef\xbb\xbft,R\n1,2\n", "t|R/1|2"},
    {"UTF-8", "τ\tβ\n½\t∞\n", "τ|β/½|∞"},
    {"a name may be a number when another is not", "1\tx\n2\t3\n", "1|x/2|3"},
#ifdef ML_WITH_JANSSON
    {"JSON",
     "{\"columns\": [\"t\", \"R\"],\n \"rows\": [[\"1\",\"2\"],[\"3\",\"\"]]}",
     "t|R/1|2/3|"},
    {"JSON in another order, with more members, escapes",
     " \n{\"x\": [1, {\"y\": \"}]\\\"\"}], \"rows\":[ [ \"\\u03b1\\\"\" ] ] ,"
     "\"meta\":{\"k\":\"v\"},\"columns\":[\"t\"], \"z\": null}\n",
     "t/α\""},
#endif
};

static void
test_good(void)
{
    for (int i = 0; i < COUNT(good); i++) {
        mlio_error err = {0};
        char got[500] = "";
        mlio_table *t = read_text(good[i].text, &err);

        if (t)
            flatten(got, sizeof got, t);
        if (!tap_ok(strcmp(got, good[i].want) == 0, "%s", good[i].claim))
            tap_yaml("got", "%s", t ? got : err.text);
        mlio_table_free(t);
    }
}

/* ------------------------------------------------------------- what is refused */

#define EXPECT_HEADER "expected a header line with the names of the columns"

static const struct {
    const char *claim, *text, *want;
} bad[] = {
    {"an empty file", "", ":1:1: " EXPECT_HEADER ", got the end of the file"},
    {"blank lines only", "\n \n",
     ":3:1: " EXPECT_HEADER ", got the end of the file"},
    {"comments only", "# a: b\n# c\n",
     ":3:1: " EXPECT_HEADER ", got the end of the file"},
    {"no header", "# t R\n0.1 0.2\n",
     ":2:1: " EXPECT_HEADER " (without #), got numbers"},
    {"a header only", "# a: b\nt\tR\n",
     ":2:1: the table has a header but no rows"},
    {"a row too short", "t\tR\n1\t2\n# c\n3\n",
     ":4:2: expected 2 cells, as in the header, got 1"},
    {"a row too long", "t\tR\n1\t2\t3\n",
     ":2:5: expected 2 cells, as in the header, got 3"},
    {"blanks, too short", "t R s\n1 2\n",
     ":2:4: expected 3 cells, as in the header, got 2"},
    {"CSV, too long", "t,R\n\"1\",2,3\n",
     ":2:7: expected 2 cells, as in the header, got 3"},
    {"two columns of one name", "t\tR\tt\n1\t2\t3\n",
     ":1:5: columns 1 and 3 have one name, \"t\""},
    {"a column without a name", "t\t \tR\n1\t2\t3\n",
     ":1:4: the name of column 2 is empty"},
    {"a quote without end", "t,R\n1,2\n3,\"4\n5,6\n",
     ":3:3: the quote that begins here does not end"},
    {"text after a closing quote", "t,R\n\"a\nb\"c,2\n",
     ":3:3: expected a comma after the closing quote"},
    {"a quote inside a cell", "t,R\n1,2\"3\"\n",
     ":2:4: a quote inside a cell that does not begin with one"},
#ifdef ML_WITH_JANSSON
    {"JSON that is none", "{\"columns\": [\"t\"],\n \"rows\": [[1}",
     ":2:13: not JSON: ']' expected near '}'"},
    {"JSON without rows", "{\"columns\": [\"t\"]}",
     ":1:1: expected the members \"columns\" and \"rows\""},
    {"JSON with a number",
     "{\"columns\": [\"t\"],\n\"rows\": [[\"1\"],\n  [2.5]]}",
     ":3:4: expected a string (numbers too are written in quotes), got a "
     "number"},
    {"JSON with null", "{\"columns\": [\"t\"],\n\"rows\": [[null]]}",
     ":2:11: expected a string (numbers too are written in quotes), got null"},
    {"JSON with a ragged row",
     "{\"columns\": [\"t\"],\n\"rows\": [[\"1\"],\n  [\"2\",\"3\"]]}",
     ":3:3: expected 1 cells, as in \"columns\", got 2"},
    {"JSON with a row that is no array",
     "{\"columns\": [\"t\"],\n\"rows\": [{}]}",
     ":2:10: expected an array of strings, got an object"},
    {"JSON with rows that are none", "{\"columns\": [\"t\"],\n\"rows\": \"x\"}",
     ":2:9: expected an array of rows, got a string"},
    {"JSON without columns", "{\"columns\": [], \"rows\": [[]]}",
     ":1:1: \"columns\" is empty"},
    {"JSON without a row", "{\"columns\": [\"t\"], \"rows\": []}",
     ":1:14: the table has a header but no rows"},
    {"JSON whose meta is no object",
     "{\"meta\": [],\"columns\": [\"t\"], \"rows\": [[\"1\"]]}",
     ":1:10: expected an object, got an array"},
    {"JSON whose meta has a number",
     "{\"meta\": {\"a\": 1},\"columns\": [\"t\"], \"rows\": [[\"1\"]]}",
     ":1:10: expected a string for \"a\", got a number"},
    {"JSON with two columns of one name",
     "{\"columns\": [\"t\",\n\"t\"], \"rows\": [[\"1\",\"2\"]]}",
     ":2:1: columns 1 and 2 have one name, \"t\""},
    {"JSON with a member twice",
     "{\"rows\": [], \"columns\": [\"t\"], \"rows\": [[\"1\"]]}",
     ":1:37: not JSON: duplicate object key near '\"rows\"'"},
#endif
};

static void
refused(const char *text, size_t n, const char *want, const char *claim)
{
    mlio_error err = {0};

    put_file(text, n);
    mlio_table *t = mlio_table_read(path, &err);
    bool ok = !t && says(&err, MLIO_DATA, want);
    if (!tap_ok(ok, "refused: %s", claim)) {
        tap_yaml("got", "%s", err.text);
        tap_yaml("want", "FILE%s", want);
    }
    mlio_table_free(t);
}

static void
test_bad(void)
{
    static char line[(1 << 20) + 100];

    for (int i = 0; i < COUNT(bad); i++)
        refused(bad[i].text, strlen(bad[i].text), bad[i].want, bad[i].claim);
    refused("t\tR\n1\t2\n3\0\t4\n", 13, ":3:2: expected text, got a NUL byte",
            "a NUL byte");
    refused("{\"rows\": 0\0}", 12, ":1:11: expected text, got a NUL byte",
            "a NUL byte in JSON");
    memset(line, 'x', sizeof line);
    memcpy(line, "t\tR\n", 4);
    refused(line, sizeof line, ":2:1: the line is longer than 1048576 bytes",
            "a line of a megabyte");
    memcpy(line, "t,R\n\"\n", 6);
    line[sizeof line - 50] = '\n';
    line[1000] = '\n';
    refused(line, sizeof line, ":4:1: the line is longer than 1048576 bytes",
            "a quoted cell of a megabyte");

    mlio_error err;
    char want[200];
    unlink(path);
    mlio_table *t = mlio_table_read(path, &err);
    snprintf(want, sizeof want, "cannot read %s: %s", path, strerror(ENOENT));
    tap_ok(!t && err.code == MLIO_FILE && strcmp(err.text, want) == 0,
           "refused: a file that is not there");
    t = mlio_table_read(path, NULL);
    tap_ok(!t, "refused also when nobody wants to know why");
}

/* Random texts of the characters that matter: a table with all its cells, or
 * one line with a place in the file. */
static void
test_noise(tap_random *r)
{
    static const char letters[] = "tR1,\t\n\r\"#: {}[]\\e\xce\xb1";
    long n = tap_effort(1000), tables = 0, wrong = 0;
    char text[80];

    for (long i = 0; i < n; i++) {
        size_t size = (size_t)tap_random_int(r, 0, 60), m = strlen(path);
        size_t line, column;
        mlio_error err = {0};

        /* half of the texts begin as a table of some kind does */
        static const char *const heads[] = {
            "t,R\n", "t\tR\n", "t R\n",
            "{\"columns\":[\"t\",\"R\"],\"rows\":[["};
        size_t k = 0;
        if (i % 2) {
            const char *head = heads[tap_random_int(r, 0, 3)];
            k = strlen(head);
            memcpy(text, head, k);
        }
        for (; k < size; k++)
            text[k] = letters[tap_random_int(r, 0, COUNT(letters) - 2)];
        put_file(text, k);
        mlio_table *t = mlio_table_read(path, &err);
        if (!t) {
            wrong += strncmp(err.text, path, m) != 0
                     || sscanf(err.text + m, ":%zu:%zu: ", &line, &column) != 2
                     || line < 1 || column < 1 || line > 64 || column > 96;
            continue;
        }
        tables++;
        for (size_t a = 0; a < mlio_table_rows(t); a++)
            for (size_t b = 0; b < mlio_table_columns(t); b++)
                wrong += strlen(mlio_table_cell(t, a, b)) > size;
        mlio_table_free(t);
    }
    tap_ok(wrong == 0, "%ld texts of noise: %ld tables, the rest located", n,
           tables);
}

/* ---------------------------------------------------------------- asking it */

static void
test_asking(void)
{
    mlio_error err = {0};
    size_t column = 9;
    double d;
    fmpq_t x;
    mlio_table *t =
        read_text("# program: x 1.0\n#note: a: b \n# see http://y\n# k:: v\n"
                  "t\tsigma\n0.5\t 1e \n-1/3\tnan\n1e999\t0x1p-3\n",
                  &err);

    if (!t)
        tap_bail("%s", err.text);
    fmpq_init(x);
    tap_ok(mlio_table_rows(t) == 3 && mlio_table_columns(t) == 2
               && strcmp(mlio_table_path(t), path) == 0,
           "3 rows, 2 columns");
    tap_ok(strcmp(mlio_table_meta(t, "program"), "x 1.0") == 0
               && strcmp(mlio_table_meta(t, "note"), "a: b") == 0
               && strcmp(mlio_table_meta(t, "k:"), "v") == 0
               && !mlio_table_meta(t, "see http") && !mlio_table_meta(t, "see"),
           "provenance is key: value, other comments are not");
    tap_ok(mlio_table_find(t, "sigma") == 1 && mlio_table_find(t, "R") == -1,
           "columns are found by name");
    bool ok = mlio_table_need(t, "sigma", &column, &err);
    tap_ok(ok && column == 1, "a column that is needed is found");
    ok = mlio_table_need(t, "R", &column, &err);
    tap_ok(!ok
               && says(&err, MLIO_DATA,
                       ":5:1: expected a column \"R\"; the columns are t, "
                       "sigma"),
           "a missing column: those present are listed");
    ok = mlio_table_real(x, t, 1, 0, &err);
    tap_ok(ok && fmpz_equal_si(fmpq_numref(x), -1)
               && fmpz_equal_si(fmpq_denref(x), 3),
           "a cell as an exact number");
    ok = mlio_table_double(&d, t, 2, 1, &err);
    tap_ok(ok && d == 0.125, "a cell as a double");
    ok = mlio_table_real(x, t, 0, 1, &err);
    tap_ok(!ok
               && says(&err, MLIO_DATA,
                       ":6:6: column \"sigma\": expected a number, got "
                       "\"1e\" (digits must follow the exponent letter)"),
           "a malformed number is located past its blanks");
    ok = mlio_table_double(&d, t, 1, 1, &err);
    tap_ok(!ok
               && says(&err, MLIO_DATA,
                       ":7:6: column \"sigma\": expected a number, got "
                       "\"nan\" (inf and nan are refused)"),
           "so is nan");
    ok = mlio_table_double(&d, t, 2, 0, &err);
    tap_ok(!ok
               && says(&err, MLIO_DATA,
                       ":8:1: column \"t\": expected a double, got \"1e999\" "
                       "(beyond their range)"),
           "so is an overflow");
    ok = mlio_table_fail(t, 1, 1, &err, "sigma must be positive, got %d", -1);
    tap_ok(!ok && says(&err, MLIO_DATA, ":7:6: sigma must be positive, got -1"),
           "a caller can blame a cell");
    fmpq_clear(x);
    mlio_table_free(t);
}

/* ----------------------------------------------------------------- round trips */

static const char *const formats[] = {"tsv", "csv", "json"};

static const char *
random_cell(tap_random *r, mlio_format f, bool first, bool only)
{
    static const char *const plain[] = {"1",   "-2.5e-300", "x y",  "τ",
                                        "\"",  "a,b",       "it's", "{",
                                        "[1]", "0x1p-3"};
    static const char *const rich[] = {
        "",     " lead",     "trail ", "#c", "two\nlines", "cr\r\nlf",
        "\"\"", "tab\there", "\r",     ",",  " "};

    const char *s = plain[tap_random_int(r, 0, COUNT(plain) - 1)];
    if (f != MLIO_TSV && tap_random_int(r, 0, 1))
        s = rich[tap_random_int(r, 0, COUNT(rich) - 1)];
    else if (f == MLIO_TSV && !first && !only && tap_random_int(r, 0, 3) == 0)
        s = rich[tap_random_int(r, 0, 3)];
    return s;
}

static bool
round_trip(tap_random *r, mlio_format f)
{
    static const char *const names[] = {"alpha", "R", "σ", "re_z", "2θ"};
    size_t columns = (size_t)tap_random_int(r, 1, 5);
    size_t rows = (size_t)tap_random_int(r, 1, 20);
    const char *cells[20][5];
    mlio_error err;
    mlio_writer *w = mlio_writer_open(path, f, &err);

    if (!w)
        return false;
    mlio_writer_meta(w, "command line", "eval --x %d: y", 3);
    mlio_writer_meta(w, "empty", " ");
    mlio_writer_columns(w, columns, names);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++)
            cells[i][j] = random_cell(r, f, j == 0, columns == 1);
        if (i % 2) {
            mlio_writer_row(w, cells[i]);
            continue;
        }
        for (size_t j = 0; j < columns; j++)
            mlio_writer_cell(w, "%s", cells[i][j]);
    }
    bool ok = mlio_writer_close(w, &err);
    mlio_table *t = ok ? mlio_table_read(path, &err) : NULL;
    ok = t && mlio_table_rows(t) == rows && mlio_table_columns(t) == columns
         && strcmp(mlio_table_meta(t, "command line"), "eval --x 3: y") == 0
         && strcmp(mlio_table_meta(t, "empty"), "") == 0;
    for (size_t j = 0; ok && j < columns; j++) {
        ok = strcmp(mlio_table_name(t, j), names[j]) == 0;
        for (size_t i = 0; ok && i < rows; i++)
            ok = strcmp(mlio_table_cell(t, i, j), cells[i][j]) == 0;
    }
    if (!ok)
        tap_note("%s", t ? "a cell differs" : err.text);
    mlio_table_free(t);
    return ok;
}

static void
test_round_trips(tap_random *r)
{
    long n = tap_effort(10);

    for (int k = 0; k < 3; k++) {
        mlio_format f = MLIO_TSV;
        mlio_error err;
        long bad_ones = 0;

#ifndef ML_WITH_JANSSON
        if (k == 2) {
            tap_skip(1, "built without jansson");
            continue;
        }
#endif
        bool ok = mlio_format_parse(&f, formats[k], &err);
        for (long i = 0; i < n; i++)
            bad_ones += !round_trip(r, f);
        tap_ok(ok && bad_ones == 0, "%ld tables come back from %s", n,
               formats[k]);
    }
}

/* What each format looks like, to the byte. */
static void
test_bytes(void)
{
    static const char *const want[] = {
        "# command: eval\nz\tvalue\n1\ta, \"b\"\n2\t\n",
        "# command: eval\nz,value\n1,\"a, \"\"b\"\"\"\n2,\n",
        "{\"meta\": {\n \"command\": \"eval\"\n},\n"
        "\"columns\": [\"z\",\"value\"],\n"
        "\"rows\": [\n[\"1\",\"a, \\\"b\\\"\"],\n[\"2\",\"\"]\n]}\n"};
    static const char *const names[] = {"z", "value"};

    for (int k = 0; k < 3; k++) {
        mlio_error err = {0};
        char got[300] = "";
        mlio_writer *w = mlio_writer_open(path, (mlio_format)k, &err);

        if (!w) {
            tap_skip(1, "%s", err.text);
            continue;
        }
        mlio_writer_meta(w, "command", "  eval  ");
        mlio_writer_columns(w, 2, names);
        mlio_writer_cell(w, "%d", 1);
        mlio_writer_cell(w, "a, \"b\"");
        mlio_writer_cell(w, "%d", 2);
        mlio_writer_cell(w, "%s", "");
        mlio_writer_close(w, &err);
        FILE *f = fopen(path, "r");
        size_t n = f ? fread(got, 1, sizeof got - 1, f) : 0;
        if (f)
            fclose(f);
        if (!tap_ok(n == strlen(want[k]) && strcmp(got, want[k]) == 0,
                    "%s, to the byte", formats[k]))
            tap_yaml("got", "%s", got);
    }
}

/* ------------------------------------------------------ what is not written */

/* A writer that broke: what close says, and that no file appeared. */
static void
writer_refuses(mlio_writer *w, const char *want, const char *claim)
{
    mlio_error err = {0};
    bool ok = w && mlio_writer_close(w, &err);

    if (!tap_ok(!ok && strcmp(err.text, want) == 0 && access(path, F_OK) != 0,
                "not written: %s", claim))
        tap_yaml("got", "%s", ok ? "written" : err.text);
}

static void
name_refused(const char *name, const char *why)
{
    char want[300];
    mlio_writer *w = mlio_writer_open(path, MLIO_TSV, NULL);

    mlio_writer_columns(w, 1, &name);
    snprintf(want, sizeof want, "cannot write the column name \"%s\": %s", name,
             why);
    writer_refuses(w, want, want + 13);
}

static void
cell_refused(size_t columns, const char *cell, const char *shown,
             const char *why)
{
    static const char *const names[] = {"a", "b"};
    const char *cells[] = {cell, "1"};
    char want[300];
    mlio_writer *w = mlio_writer_open(path, MLIO_TSV, NULL);

    mlio_writer_columns(w, columns, names);
    mlio_writer_row(w, cells);
    snprintf(want, sizeof want, "cannot write the cell \"%s\": %s", shown, why);
    writer_refuses(w, want, want + 13);
}

static void
meta_refused(const char *key, const char *value, const char *want)
{
    mlio_writer *w = mlio_writer_open(path, MLIO_TSV, NULL);

    mlio_writer_meta(w, "seed", "1");
    mlio_writer_meta(w, key, "%s", value);
    writer_refuses(w, want, want + 13);
}

static void
test_refusals(void)
{
    static const char *const names[] = {"a", "b", "b"};
    static const char *const row[] = {"1", "2"};
    mlio_error err;
    mlio_format f;
    mlio_writer *w;

    unlink(path);
    name_refused("", "it is empty");
    name_refused("a b", "blanks, commas, quotes and control characters are not "
                        "allowed");
    name_refused("#a", "it must not begin with # or {");
    cell_refused(2, "a\tb", "a?b",
                 "TSV has no tabs, line ends or control characters in cells");
    cell_refused(2, " #x", " #x", "a TSV line that begins so is a comment");
    cell_refused(1, " ", " ", "a blank TSV line is no row");
    meta_refused("a:b", "1",
                 "cannot write the provenance \"a:b\": this is not a key");
    meta_refused("a ", "1",
                 "cannot write the provenance \"a \": this is not a key");
    meta_refused(" a", "1",
                 "cannot write the provenance \" a\": this is not a key");
    meta_refused("", "1",
                 "cannot write the provenance \"\": this is not a key");
    w = mlio_writer_open(path, MLIO_TSV, NULL);
    mlio_writer_columns(w, 2, names);
    mlio_writer_cell(w, "1");
    mlio_writer_cell(w, "x\n");
    writer_refuses(w,
                   "cannot write the cell \"x?\": TSV has no tabs, line ends "
                   "or control characters in cells",
                   "a line end in the last cell");
    meta_refused("seed", "2",
                 "cannot write the provenance \"seed\": the key was used "
                 "before");
    meta_refused("x", "1\n2",
                 "cannot write the provenance \"1?2\": it is one line of text");

    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_columns(w, 3, names);
    mlio_writer_row(w, row); /* after an error nothing more is looked at */
    writer_refuses(w, "cannot write the column name \"b\": it is there twice",
                   "a name twice");
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_columns(w, 2, names);
    mlio_writer_columns(w, 2, names);
    writer_refuses(w,
                   "cannot write the header \"\": it comes once and has a "
                   "column",
                   "two headers");
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_columns(w, 2, names);
    mlio_writer_meta(w, "late", "1");
    writer_refuses(w,
                   "cannot write the provenance \"late\": it comes after the "
                   "columns",
                   "late provenance");
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_row(w, row);
    writer_refuses(w, "cannot write the row \"1\": it comes before the columns",
                   "a row without columns");
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_cell(w, "x");
    writer_refuses(w,
                   "cannot write the cell \"x\": it comes before the columns",
                   "a cell without columns");
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_columns(w, 2, names);
    mlio_writer_cell(w, "7");
    writer_refuses(w, "cannot write the row \"7\": it is not complete",
                   "half a row at the end");
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_columns(w, 2, names);
    mlio_writer_cell(w, "7");
    mlio_writer_row(w, row);
    writer_refuses(w,
                   "cannot write the row \"1\": the row before it is not "
                   "complete",
                   "a row inside a row");
    char want[200];
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    snprintf(want, sizeof want,
             "cannot write the table \"%s\": it has no "
             "columns",
             path);
    writer_refuses(w, want, "a table without columns");
    w = mlio_writer_open(path, MLIO_CSV, NULL);
    mlio_writer_columns(w, 2, names);
    mlio_writer_cell(w, "7");
    mlio_writer_abandon(w);
    tap_ok(access(path, F_OK) != 0, "an abandoned table does not appear");
#ifdef ML_WITH_JANSSON
    w = mlio_writer_open(path, MLIO_JSON, NULL);
    mlio_writer_columns(w, 1, names);
    mlio_writer_cell(w, "\xff");
    writer_refuses(w, "cannot write the cell \"\xff\": it is not UTF-8",
                   "JSON that is not UTF-8");
#else
    tap_skip(1, "built without jansson");
#endif
    bool ok = mlio_format_parse(&f, "xml", &err);
    tap_ok(!ok && err.code == MLIO_USAGE
               && strcmp(err.text, "expected a format (tsv, csv or json), got "
                                   "\"xml\"")
                      == 0,
           "an unknown format is a usage error");
}

static void
test_full_disk(void)
{
    static const char *const names[] = {"a"};

    if (access("/dev/full", W_OK) != 0) {
        tap_skip(2, "no /dev/full here");
        return;
    }
    for (int rows = 1; rows <= 10000; rows += 9999) {
        mlio_error err = {0};
        mlio_writer *w = mlio_writer_open("/dev/full", MLIO_CSV, &err);

        mlio_writer_columns(w, 1, names);
        for (int i = 0; i < rows; i++)
            mlio_writer_cell(w, "%d", i);
        bool ok = mlio_writer_close(w, &err);
        tap_ok(!ok && err.code == MLIO_FILE
                   && strcmp(err.text, "cannot write /dev/full: No space left "
                                       "on device")
                          == 0,
               "a full disk after %d rows: %s", rows, err.text);
    }
    mlio_error err;
    mlio_writer *w = mlio_writer_open("/nowhere/x.tsv", MLIO_TSV, &err);
    tap_ok(!w && err.code == MLIO_FILE
               && strcmp(err.text, "cannot write /nowhere/x.tsv: No such file "
                                   "or directory")
                      == 0,
           "an output that cannot be made");
}

/* "-" is standard input, called stdin in messages. */
static void
test_stdin(void)
{
    mlio_error err = {0};

    put_file("t\n1\n", 4);
    if (!freopen(path, "r", stdin))
        tap_bail("cannot open %s as standard input", path);
    mlio_table *t = mlio_table_read("-", &err);
    tap_ok(t && mlio_table_rows(t) == 1, "a table from standard input");
    mlio_table_free(t);
    t = mlio_table_read("-", &err);
    tap_ok(!t && strncmp(err.text, "stdin:1:1: ", 11) == 0,
           "at its end there is no other: %s", err.text);
}

int
main(void)
{
    tap_plan(COUNT(good) + COUNT(bad) + 6 + 1 + 11 + 3 + 3 + 24 + 3 + 2);
    if (!mkdtemp(dir))
        tap_bail("no temporary directory: %s", strerror(errno));
    snprintf(path, sizeof path, "%s/table", dir);
    tap_random r = tap_random_start(tap_seed());
    test_good();
    test_bad();
    test_noise(&r);
    test_asking();
    test_round_trips(&r);
    test_bytes();
    test_refusals();
    test_full_disk();
    test_stdin();
    unlink(path);
    rmdir(dir);
    flint_cleanup();
    return tap_done();
}
