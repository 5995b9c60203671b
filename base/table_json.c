/* base/table_json.c - tables from the JSON that the writer makes.
 *
 * Jansson checks and decodes; it does not say where a value stood, so a walk
 * over the same (by then valid) text keeps the line and column of each.
 */
#include <string.h>

#include "base/impl.h"

#ifdef ML_WITH_JANSSON
#    include <jansson.h>

typedef struct {
    mlio_table *t;
    mlio_error *err;
    const char *p, *start; /* start of the line that p is in */
    size_t line;
    size_t columns; /* cells that a row must have */
} walk;

/* ------------------------------------------------ stepping over valid JSON */

static void
step(walk *w)
{
    if (*w->p++ == '\n') {
        w->line++;
        w->start = w->p;
    }
}

static size_t
column(const walk *w)
{
    return (size_t)(w->p - w->start) + 1;
}

static void
blanks(walk *w)
{
    while (*w->p && strchr(" \t\r\n", *w->p))
        step(w);
}

static void
skip_string(walk *w)
{
    for (step(w); *w->p != '"'; step(w))
        if (*w->p == '\\')
            step(w);
    step(w);
}

static void
skip_value(walk *w)
{
    int depth = 0;

    do {
        if (*w->p == '"') {
            skip_string(w);
        } else if (*w->p == '[' || *w->p == '{') {
            depth++;
            step(w);
        } else if (*w->p == ']' || *w->p == '}') {
            depth--;
            step(w);
        } else if (depth > 0) {
            step(w);
        } else {
            while (*w->p && !strchr(",]} \t\r\n", *w->p))
                step(w);
        }
    } while (depth > 0);
}

static const char *
type_name(const json_t *v)
{
    static const char *const names[] = {"an object", "an array", "a string",
                                        "a number",  "a number", "true",
                                        "false",     "null"};

    return names[json_typeof(v)];
}

/* ------------------------------------------------------------ the members */

static bool
each(walk *w, json_t *array, const char *what, bool (*one)(walk *, json_t *))
{
    size_t n = json_array_size(array);

    if (!json_is_array(array))
        return mlio_table_at(w->t, w->line, column(w), w->err,
                             "expected an array of %s, got %s", what,
                             type_name(array));
    step(w);
    for (size_t i = 0; i < n; i++) {
        blanks(w);
        if (!one(w, json_array_get(array, i)))
            return false;
        blanks(w);
        if (*w->p == ',')
            step(w);
    }
    blanks(w);
    step(w);
    return true;
}

static bool
keep(walk *w, mlio_cells *list, const json_t *v)
{
    if (!json_is_string(v))
        return mlio_table_at(w->t, w->line, column(w), w->err,
                             "expected a string (numbers too are written in "
                             "quotes), got %s",
                             type_name(v));
    if (!mlio_push(list, (char *)json_string_value(v), w->line, column(w)))
        return mlio_fail(w->err, MLIO_FILE, "out of memory");
    skip_value(w);
    return true;
}

static bool
one_name(walk *w, json_t *v)
{
    return keep(w, &w->t->names, v);
}

static bool
one_cell(walk *w, json_t *v)
{
    return keep(w, &w->t->cells, v);
}

static bool
one_row(walk *w, json_t *v)
{
    if (json_is_array(v) && json_array_size(v) != w->columns)
        return mlio_table_at(w->t, w->line, column(w), w->err,
                             "expected %zu cells, as in \"columns\", got %zu",
                             w->columns, json_array_size(v));
    return each(w, v, "strings", one_cell);
}

static bool
meta(walk *w, json_t *object)
{
    const char *key;
    json_t *v;

    if (!json_is_object(object))
        return mlio_table_at(w->t, w->line, column(w), w->err,
                             "expected an object, got %s", type_name(object));
    json_object_foreach(object, key, v)
    {
        if (!json_is_string(v))
            return mlio_table_at(w->t, w->line, column(w), w->err,
                                 "expected a string for %s, got %s",
                                 mlio_quote(key).text, type_name(v));
        if (!mlio_push(&w->t->keys, (char *)key, w->line, column(w))
            || !mlio_push(&w->t->values, (char *)json_string_value(v), w->line,
                          column(w)))
            return mlio_fail(w->err, MLIO_FILE, "out of memory");
    }
    skip_value(w);
    return true;
}

static bool
is_key(const char *p, const char *key)
{
    return strncmp(p, key, strlen(key)) == 0;
}

static bool
members(walk *w, json_t *root)
{
    bool ok = true;

    for (blanks(w), step(w), blanks(w); ok && *w->p != '}'; blanks(w)) {
        const char *key = w->p;

        skip_string(w);
        blanks(w);
        step(w); /* the colon */
        blanks(w);
        if (is_key(key, "\"columns\""))
            ok = each(w, json_object_get(root, "columns"), "strings", one_name);
        else if (is_key(key, "\"rows\""))
            ok = each(w, json_object_get(root, "rows"), "rows", one_row);
        else if (is_key(key, "\"meta\""))
            ok = meta(w, json_object_get(root, "meta"));
        else
            skip_value(w);
        if (!ok)
            return false;
        blanks(w);
        if (*w->p == ',') {
            step(w);
            blanks(w);
        }
    }
    return true;
}

bool
mlio_read_json(mlio_table *t, size_t n, mlio_error *err)
{
    json_error_t e;
    json_t *root = json_loadb(t->text, n, JSON_REJECT_DUPLICATES, &e);
    walk w = {.t = t, .err = err, .p = t->text, .start = t->text, .line = 1};

    if (!root)
        return mlio_table_at(t, e.line > 0 ? (size_t)e.line : 1,
                             e.column > 0 ? (size_t)e.column : 1, err,
                             "not JSON: %s", e.text);
    t->json = root;
    if (!json_object_get(root, "columns") || !json_object_get(root, "rows"))
        return mlio_table_at(t, 1, 1, err,
                             "expected the members \"columns\" and \"rows\"");
    w.columns = json_array_size(json_object_get(root, "columns"));
    if (!members(&w, root))
        return false;
    if (t->names.n == 0)
        return mlio_table_at(t, 1, 1, err, "\"columns\" is empty");
    return mlio_check_names(t, err);
}

#else

bool
mlio_read_json(mlio_table *t, size_t n, mlio_error *err)
{
    (void)n;
    return mlio_table_at(t, 1, 1, err,
                         "this is JSON, and the program was built without "
                         "jansson, which reads it");
}

#endif
