/* cli/provenance.c - the lines that say how an output was made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/cli.h"

/* Options that change no byte of the result, with their values: how fast, and
 * where to. */
static const char *const dropped[] = {
    "--threads", "--jobs",      "--output",     "--report",
    "--details", "--undecided", "--provenance", "--residuals"};

/* Options whose value is no file, though a slash may be in it. */
static const char *const verbatim[] = {"--formula", "--columns", "--eps",
                                       "--x",       "--times",   "--q",
                                       "--fix",     "--start",   "--shard"};

/* Options whose value is a command. */
static const char *const commands[] = {"--cmd"};

static bool
among(const char *const *names, size_t n, const char *s, size_t length)
{
    for (size_t k = 0; k < n; k++) {
        if (strlen(names[k]) == length && strncmp(names[k], s, length) == 0)
            return true;
    }
    return false;
}

#define AMONG(names, s, length) \
    among(names, sizeof(names) / sizeof((names)[0]), s, length)

typedef struct {
    char *text;
    size_t used;
} line;

static void
put(line *l, char c)
{
    l->text[l->used++] = c;
    l->text[l->used] = '\0';
}

static bool
plain(const char *s)
{
    return *s != '\0'
           && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789+-_.,:=/@%^")
                  == strlen(s);
}

/* Quoted for sh where it must be; control characters become blanks. */
static void
put_quoted(line *l, const char *s)
{
    bool quote = !plain(s);

    if (quote)
        put(l, '\'');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '\'') {
            put(l, '\'');
            put(l, '\\');
            put(l, '\'');
            put(l, '\'');
        } else {
            put(l, c < 0x20 || c == 0x7f ? ' ' : *s);
        }
    }
    if (quote)
        put(l, '\'');
}

static bool
is_number(const char *s)
{
    fmpq_t re, im;

    fmpq_init(re);
    fmpq_init(im);
    bool good = mlio_parse_complex(re, im, s, NULL);
    fmpq_clear(re);
    fmpq_clear(im);
    return good;
}

/* Appends word without its directories; the fraction in "z=1/3" stays. */
static void
strip_word(char *to, const char *word, size_t length)
{
    char *w = to + strlen(to);

    memcpy(w, word, length);
    w[length] = '\0';
    char *value = strchr(w, '=');
    value = value ? value + 1 : w;
    if (is_number(value))
        return;
    while (length > 1 && w[length - 1] == '/')
        w[--length] = '\0';
    char *slash = strrchr(value, '/');
    if (!slash || slash[1] == '\0')
        return;
    memmove(value, slash + 1, strlen(slash + 1) + 1);
}

/* Whether a word of a command is an absolute file name, perhaps quoted: what
 * begins with a slash and has other characters is an expression. */
static bool
is_absolute(const char *word, size_t length)
{
    char text[1024];

    if (length > 0 && (*word == '"' || *word == '\'')) {
        word++;
        length--;
    }
    if (length == 0 || (*word != '/' && *word != '~'))
        return false;
    if (word[length - 1] == '"' || word[length - 1] == '\'')
        length--;
    if (length >= sizeof text)
        return true;
    memcpy(text, word, length);
    text[length] = '\0';
    return plain(text + 1);
}

/* A command word by word: "python3 /x/a.py" keeps "python3 a.py". */
static void
strip_words(char *to, const char *arg)
{
    while (*arg) {
        size_t length = strcspn(arg, " \t\n");
        if (is_absolute(arg, length)) {
            if (*arg == '"' || *arg == '\'') {
                strncat(to, arg++, 1);
                length--;
            }
            strip_word(to, arg, length);
        } else {
            strncat(to, arg, length);
        }
        arg += length;
        if (*arg) {
            size_t n = strlen(to);
            to[n] = *arg++;
            to[n + 1] = '\0';
        }
    }
}

typedef enum { KEEP, FILE_NAME, COMMAND } treatment;

static bool
put_argument(line *l, const char *arg, treatment how)
{
    size_t n = strlen(arg) + 1;
    char *to = calloc(n, 1);

    if (!to)
        return false;
    if (how == KEEP)
        memcpy(to, arg, n);
    else if (how == COMMAND)
        strip_words(to, arg);
    else
        strip_word(to, arg, strlen(arg));
    put(l, ' ');
    put_quoted(l, to);
    free(to);
    return true;
}

/* The option at argv[i] and, where that is clear, its value; the index after
 * what was taken. */
static int
put_option(line *l, int i, int argc, char **argv, bool *good)
{
    const char *arg = argv[i], *equals = strchr(arg, '=');
    size_t length = equals ? (size_t)(equals - arg) : strlen(arg);
    treatment how = AMONG(verbatim, arg, length)   ? KEEP
                    : AMONG(commands, arg, length) ? COMMAND
                                                   : FILE_NAME;

    if (AMONG(dropped, arg, length))
        return equals ? i + 1 : i + 2;
    put(l, ' ');
    for (size_t k = 0; k < length; k++)
        put(l, arg[k]);
    if (equals)
        *good = *good && put_argument(l, equals + 1, how);
    else if (how != FILE_NAME && i + 1 < argc)
        *good = *good && put_argument(l, argv[++i], how);
    return i + 1;
}

char *
cli_command_line(const char *verb, int argc, char **argv)
{
    size_t size = strlen(verb) + 16;
    bool good = true, options = true;

    /* A quote becomes four characters, and quoting and a blank add three. */
    for (int i = 1; i < argc; i++)
        size += 4 * strlen(argv[i]) + 4;
    line l = {calloc(size, 1), 0};
    if (!l.text)
        return NULL;
    l.used = (size_t)snprintf(l.text, size, "mlref %s", verb);
    for (int i = 1; i < argc && good;) {
        const char *arg = argv[i];
        if (strcmp(arg, "--") == 0)
            options = false;
        if (options && strncmp(arg, "--", 2) == 0)
            i = put_option(&l, i, argc, argv, &good);
        else
            good = put_argument(&l, argv[i++], FILE_NAME);
    }
    if (!good) {
        free(l.text);
        return NULL;
    }
    return l.text;
}

void
cli_provenance(mlio_writer *w, const char *verb, int argc, char **argv)
{
    char *command = cli_command_line(verb, argc, argv);

    mlio_writer_meta(w, "mlref", "%s", ml_version());
    if (command)
        mlio_writer_meta(w, "command", "%s", command);
    free(command);
}
