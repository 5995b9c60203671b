/* paper/claims.c - the registry: every claim that has a computation. */
#include "paper/impl.h"

#include <string.h>

enum { N_GROUPS = 10 };

static const mlpaper_group *const groups[N_GROUPS] = {
    &mlpaper_kinematics, &mlpaper_windows, &mlpaper_plateau, &mlpaper_walk,
    &mlpaper_ageing,     &mlpaper_limits,  &mlpaper_kww,     &mlpaper_distance,
    &mlpaper_nulls,      &mlpaper_data,
};

const mlpaper_group *const *
mlpaper_groups(size_t *n)
{
    *n = N_GROUPS;
    return groups;
}

const mlpaper_claim *
mlpaper_claim_find(const char *id)
{
    for (size_t g = 0; g < N_GROUPS; g++) {
        for (size_t i = 0; i < groups[g]->n; i++) {
            if (strcmp(groups[g]->claims[i].id, id) == 0) {
                return &groups[g]->claims[i];
            }
        }
    }
    return NULL;
}
