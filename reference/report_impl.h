/* reference/report_impl.h - what the forms of a report share. */
#ifndef REFERENCE_REPORT_IMPL_H
#define REFERENCE_REPORT_IMPL_H

#include "reference/impl.h"
#include "reference/report.h"

/* Whether a point counts against the implementation: anything but ok and
 * unknown. */
bool mltab_missed(const mltab_verdict *v);

/* "near alpha = 1" for region near-1; a region that is not built in is named:
 * "in region x". */
void mltab_region_words(char out[64], const char *region);

/* Three digits, what an error is worth; nan is "-".  Returns buf or "-". */
const char *mltab_error_text(char buf[32], double x);

/* "1.5" or "1.5-2i"; what was no number by its kind: "hang". */
enum { MLTAB_NUMBER_TEXT = 80 };
void mltab_truth_text(char buf[MLTAB_NUMBER_TEXT], const mltab_report *r,
                      size_t i);
void mltab_answer_text(char buf[MLTAB_NUMBER_TEXT], const mltab_report *r,
                       size_t i);

/* A shell line that asks the implementation for point i again; malloc'ed, NULL
 * where nothing can be asked (a table of values) or memory is out. */
char *mltab_ask_command(const mltab_report *r, size_t i);

/* The pictures of the errors on the page: over the size of the last argument
 * and the first argument, and over the complex plane. */
typedef enum { MLTAB_MAP_SIZE, MLTAB_MAP_PLANE } mltab_map;
bool mltab_map_applies(const mltab_report *r, mltab_map map);
/* Writes the SVG; false: no memory. */
bool mltab_map_svg(FILE *out, const mltab_report *r, mltab_map map);
/* The mark of a kind that is no number, for the key; 10 by 10. */
void mltab_map_mark(FILE *out, mltab_kind kind);

#endif
