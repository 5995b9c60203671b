/* mlfunc/test/t-double_cpu.c - which instruction set is chosen, on processors
 * that this one is not.
 */
#include <string.h>

#define __builtin_cpu_supports(name) made_up_cpu(name)

static int made_up_cpu(const char *name);

#include "mlfunc/double/dispatch.c"
#include "validation/tap/tap.h"

static const char *const features[] = {"avx2", "fma", "avx512f", "avx512dq",
                                       "avx512vl"};
enum { FEATURES = sizeof features / sizeof *features };

static unsigned has; /* bit k: features[k] */
static int unknown;

static int
made_up_cpu(const char *name)
{
    for (int k = 0; k < FEATURES; k++)
        if (strcmp(name, features[k]) == 0)
            return has >> k & 1;
    unknown++;
    return 0;
}

/* What runs where these features are, by name. */
static bool
should_run(const char *name)
{
    bool avx2 = (has & 3) == 3;

    return strcmp(name, "avx512") == 0 ? avx2 && has == 31
           : strcmp(name, "avx2") == 0 ? avx2
                                       : true;
}

int
main(void)
{
    enum { ALL = sizeof all / sizeof *all };
    int wrong = 0, refused = 0, best = 0, count = 0;

    tap_plan(4);
    for (has = 0; has < 1u << FEATURES; has++) {
        const char *expected = NULL;

        atomic_store(&chosen, NULL);
        for (int k = 0; k < ALL; k++)
            if (!expected && should_run(all[k]->name))
                expected = all[k]->name;
#if !defined(__x86_64__)
        expected = "baseline";
#endif
        const char *now = ml_cpu();

        if (!expected || strcmp(now, expected) != 0) {
            best++;
            tap_note("features %#x: %s, not %s", has, now, expected);
        }
        for (int k = 0; k < ALL; k++, count++) {
            const char *before = ml_cpu();
            bool runs = ml_cpu_select(all[k]->name) == ML_OK;

            wrong += runs != should_run(all[k]->name);
            refused += strcmp(ml_cpu(), runs ? all[k]->name : before) != 0;
        }
    }
    tap_ok(best == 0, "the widest instruction set that the processor has");
    tap_ok(wrong == 0, "what it has not is refused (%d choices)", count);
    tap_ok(refused == 0, "a choice is used, a refusal changes nothing");
    tap_ok(unknown == 0, "no other feature is asked for");
    return tap_done();
}
