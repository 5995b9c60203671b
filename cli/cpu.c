/* cli/cpu.c - the option --cpu, which any verb takes.
 *
 * It changes no byte of any result: it is taken out of the command line before
 * the verb and the provenance see it.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char *const sets[] = {"baseline", "avx2", "avx512"};

#define N_SETS (sizeof sets / sizeof sets[0])

static bool
select_set(const char *name)
{
    for (size_t i = 0; i < N_SETS; i++) {
        if (strcmp(sets[i], name) != 0)
            continue;
        if (ml_cpu_select(name) == ML_OK)
            return true;
        fprintf(stderr, "mlref: --cpu: this processor has no %s\n", name);
        return false;
    }
    fprintf(stderr,
            "mlref: --cpu: expected baseline, avx2 or avx512, got \"%s\"\n",
            name);
    return false;
}

/* The value of argv[i] if that is --cpu, advancing *i over it; "" where one is
 * missing, NULL for anything else. */
static const char *
value_of(int argc, char **argv, int *i)
{
    const char *arg = argv[*i];

    if (strncmp(arg, "--cpu", 5) != 0 || (arg[5] != '\0' && arg[5] != '='))
        return NULL;
    if (arg[5] == '=')
        return arg + 6;
    if (*i + 1 < argc && strncmp(argv[*i + 1], "--", 2) != 0)
        return argv[++*i];
    return "";
}

bool
cli_take_cpu(int *argc, char **argv)
{
    const char *name = NULL;
    bool options = true;
    int kept = 1;

    for (int i = 1; i < *argc; i++) {
        const char *value = options ? value_of(*argc, argv, &i) : NULL;

        options = options && strcmp(argv[i], "--") != 0;
        if (!value) {
            argv[kept++] = argv[i];
            continue;
        }
        if (name || *value == '\0') {
            fprintf(stderr, name ? "mlref: --cpu is given twice\n"
                                 : "mlref: --cpu needs a value\n");
            return false;
        }
        name = value;
    }
    if (*argc > 0)
        argv[kept] = NULL;
    *argc = kept < *argc ? kept : *argc;
    return !name || select_set(name);
}
