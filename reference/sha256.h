/* reference/sha256.h - SHA-256 (FIPS 180-4). */
#ifndef REFERENCE_SHA256_H
#define REFERENCE_SHA256_H

#include "reference/impl.h"
#include "reference/table.h"

typedef struct {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
} mltab_sha256;

void mltab_sha256_start(mltab_sha256 *h);
void mltab_sha256_add(mltab_sha256 *h, const char *text, size_t n);
/* 64 hexadecimal digits; h is used up. */
void mltab_sha256_end(char hex[65], mltab_sha256 *h);

/* The hash of a table: its columns and rows. */
void mltab_table_hash(char hex[65], const mltab_table *t);

#endif
