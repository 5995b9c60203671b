/* reference/report_html.c - the verdicts as a page of their own. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/page.h"
#include "reference/report_impl.h"

/* Blue is right to 4 ulp; from there the warmer the worse. */
static const char style[] =
    ":root{--e0:#c9deef;--e1:#a5c8e3;--e2:#7bafd6;--e3:#4b8fc4;--e4:#fbe3a0;"
    "--e5:#f8cd6b;--e6:#f5b041;--e7:#ee8d2d;--e8:#e2682a;--e9:#cf4529;"
    "--e10:#b02a35;--e11:#861c4a;--e12:#531253;--e13:#c9ced4}\n"
    "@media(prefers-color-scheme:dark){:root{--e0:#1c3447;--e1:#234b69;"
    "--e2:#2d6590;--e3:#4487bd;--e4:#6b5a1e;--e5:#8f7420;--e6:#b58b22;"
    "--e7:#d9962c;--e8:#f08c3c;--e9:#fb7a52;--e10:#ff6f7d;--e11:#fb83b8;"
    "--e12:#f4b0ec;--e13:#4a525c}}\n"
    "main{max-width:62rem}nav{display:none}\n"
    "p.verdict{max-width:none;font-size:1.14rem;line-height:1.55;"
    "margin:0 0 1.4rem;padding:.15rem 0 .15rem 1rem;"
    "border-left:.3rem solid var(--good)}"
    "p.verdict.missed{border-color:var(--bad)}\n"
    ".tiles{display:grid;grid-template-columns:"
    "repeat(auto-fit,minmax(8.4rem,1fr));gap:.7rem;margin:0 0 1rem}"
    ".tiles div{background:var(--tint);border-radius:.5rem;"
    "padding:.55rem .8rem;font-size:.82rem;color:var(--soft);"
    "line-height:1.35}"
    ".tiles b{display:block;font-size:1.3rem;line-height:1.3;"
    "color:var(--ink);font-variant-numeric:tabular-nums}\n"
    ".regions table{width:100%;font-size:.83rem}.regions th,.regions "
    "td{padding:.3rem .35rem}.regions td:first-child{min-width:8.5rem}.regions "
    "td:last-child{white-space:nowrap}"
    ".regions small{color:var(--soft);display:block}"
    ".regions tr:last-child td{border-top:1.5px solid var(--soft);"
    "font-weight:600}\n"
    "svg.bars{width:112px;height:22px;display:block}\n"
    "svg .p{fill:var(--tint)}"
    "svg .g{stroke:var(--line);stroke-width:1}"
    "svg .k{fill:none;stroke:var(--ink);stroke-width:1.1}"
    "svg text{fill:var(--soft);font:12px system-ui,sans-serif}"
    "svg text.a{fill:var(--ink);font-size:13px}"
    "svg text.w,svg text.h{font-weight:700;font-size:11px;fill:var(--ink);"
    "stroke:var(--paper);stroke-width:3px;paint-order:stroke}"
    "svg text.h{font-weight:400;fill:var(--soft)}\n"
    ".e0{fill:var(--e0)}.e1{fill:var(--e1)}.e2{fill:var(--e2)}"
    ".e3{fill:var(--e3)}.e4{fill:var(--e4)}.e5{fill:var(--e5)}"
    ".e6{fill:var(--e6)}.e7{fill:var(--e7)}.e8{fill:var(--e8)}"
    ".e9{fill:var(--e9)}.e10{fill:var(--e10)}.e11{fill:var(--e11)}"
    ".e12{fill:var(--e12)}.e13{fill:var(--e13)}\n"
    ".scale{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;"
    "align-items:end;font-size:.8rem;color:var(--soft);margin:.6rem 0 .4rem}"
    ".scale span{display:inline-flex;align-items:center;gap:.3rem}"
    "svg.scale-bar{width:33rem;max-width:100%;height:auto}"
    "svg.key{width:.95rem;height:.95rem;background:var(--e13)}\n"
    "article{margin:1.2rem 0;padding:.9rem 1.1rem;border:1px solid "
    "var(--line);border-radius:.5rem}"
    "article h3{margin:0 0 .5rem}article h3 span{color:var(--bad)}"
    "article dl{display:grid;grid-template-columns:max-content 1fr;"
    "gap:.1rem 1rem;margin:0 0 .6rem;font-size:.88rem}"
    "article dt{color:var(--soft)}article dd{margin:0;"
    "font-variant-numeric:tabular-nums;overflow-wrap:anywhere}"
    "article pre{margin:.2rem 0 .5rem;white-space:pre-wrap;"
    "overflow-wrap:anywhere;padding:.5rem .8rem}"
    "article p{margin:0;font-size:.82rem;color:var(--soft)}\n"
    "footer{margin-top:3rem;padding-top:.9rem;border-top:1px solid "
    "var(--line);font-size:.82rem;color:var(--soft);"
    "overflow-wrap:anywhere}\n"
    "@media print{main{max-width:none;padding:0}body{font-size:12px}"
    "article,.tiles div,svg{break-inside:avoid}"
    "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n";

/* "7.3e135", not "7.3e+135": columns are narrow. */
static const char *
short_text(char buf[32], double x)
{
    const char *text = mltab_error_text(buf, x);
    char *e = text == buf ? strchr(buf, 'e') : NULL;
    if (e != NULL) {
        char *digits = e + 1;
        char *to = digits + (*digits == '-');
        digits += 1;
        digits += *digits == '0';
        memmove(to, digits, strlen(digits) + 1);
    }
    return text;
}

/* -------------------------------------------------------------------- the top */

static size_t
missed(const mltab_region *row)
{
    return row->n - row->count[MLTAB_OK] - row->count[MLTAB_UNKNOWN];
}

static void
put_tile(FILE *out, const char *value, const char *name)
{
    fputs("<div><b>", out);
    mlio_page_escape(out, value);
    fputs("</b>", out);
    mlio_page_escape(out, name);
    fputs("</div>\n", out);
}

/* Whole percents, but 100 only for all and 0 only for none. */
static unsigned
percent(size_t part, size_t all)
{
    size_t p = all == 0 ? 0 : (200 * part + all) / (2 * all);
    p = part < all && p == 100 ? 99 : p;
    return (unsigned)(part > 0 && p == 0 ? 1 : p);
}

static void
put_top(FILE *out, const mltab_report *r, const char *words)
{
    const mltab_region *all = &r->regions[r->nregions - 1];
    size_t n = all->n - all->count[MLTAB_UNKNOWN], bad = missed(all);
    char buf[48], error[32];
    fprintf(out, "<p class=\"verdict%s\">", bad > 0 ? " missed" : "");
    mlio_page_escape(out, words);
    fputs("</p>\n<div class=\"tiles\">\n", out);
    snprintf(buf, sizeof buf, "%zu", n);
    put_tile(out, buf, "points measured");
    snprintf(buf, sizeof buf, "%u %%", percent(all->count[MLTAB_OK], n));
    put_tile(out, buf, "of them right");
    snprintf(buf, sizeof buf, "%zu", all->count[MLTAB_WRONG]);
    put_tile(out, buf, "wrong numbers");
    snprintf(buf, sizeof buf, "%zu", bad - all->count[MLTAB_WRONG]);
    put_tile(out, buf, "no number at all");
    put_tile(out, short_text(error, all->median[MLTAB_ULP]),
             "median error, ulp");
    put_tile(out, short_text(error, all->worst[MLTAB_ULP]), "worst error, ulp");
    fputs("</div>\n", out);
    if (r->ratchet == NULL) {
        return;
    }
    fprintf(out,
            "<p>Since the ratchet was recorded: %zu worse, %zu better, "
            "%zu failures known.</p>\n",
            r->ratchet->nworse, r->ratchet->better, r->ratchet->known);
    fputs(r->ratchet->nworse > 0 ? "<ul>\n" : "", out);
    for (size_t k = 0; k < r->ratchet->nworse; k++) {
        fputs("<li>", out);
        mlio_page_escape(out, r->ratchet->worse[k].text);
        fputs("</li>\n", out);
    }
    fputs(r->ratchet->nworse > 0 ? "</ul>\n" : "", out);
}

/* ------------------------------------------------------------------- by region */

/* The histogram as bars; each step of height is twice the share. */
static void
put_bars(FILE *out, const size_t histogram[MLTAB_NBINS])
{
    size_t sum = 0;
    for (int b = 0; b < MLTAB_NBINS; b++) {
        sum += histogram[b];
    }
    fputs("<svg class=\"bars\" viewBox=\"0 0 112 22\">"
          "<path class=\"g\" d=\"M0 21.5h112\"/>",
          out);
    for (int b = 0; b < MLTAB_NBINS; b++) {
        int height = 8;
        for (size_t part = sum; 2 * histogram[b] < part && height > 1;
             part = part / 2 + part % 2) {
            height--;
        }
        if (histogram[b] > 0) {
            double h = 2.5 * height;
            fprintf(out,
                    "<rect class=\"e%d\" x=\"%d\" y=\"%g\" width=\"7\" "
                    "height=\"%g\"/>",
                    b, 8 * b, 21 - h, h);
        }
    }
    fputs("</svg>", out);
}

static void
put_region(FILE *out, const mltab_report *r, const mltab_region *row)
{
    char words[64], buf[32];
    bool all = row == &r->regions[r->nregions - 1];
    size_t bad = missed(row);
    fputs("<tr><td>", out);
    mlio_page_escape(out, row->region);
    if (!all) {
        mltab_region_words(words, row->region);
        fputs("<small>", out);
        mlio_page_escape(out,
                         strncmp(words, "in region ", 10) == 0 ? "" : words);
        fputs("</small>", out);
    }
    fprintf(out, "</td><td class=\"n\">%zu</td>", row->n);
    if (bad > 0) {
        fprintf(out, "<td class=\"n\"><span class=\"bad\">%zu</span></td>",
                bad);
    } else {
        fputs("<td class=\"n\">0</td>", out);
    }
    fprintf(out, "<td class=\"n\">%s</td>",
            short_text(buf, row->median[MLTAB_ULP]));
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        /* ulp and scaled are of one kind, relative and absolute of another */
        static const int order[] = {MLTAB_ULP, MLTAB_SCALED, MLTAB_RELATIVE,
                                    MLTAB_ABSOLUTE};
        fprintf(out, "<td class=\"n\">%s</td>",
                short_text(buf, row->worst[order[m]]));
    }
    fputs("<td>", out);
    put_bars(out, row->histogram);
    fputs("</td><td>", out);
    mlio_page_escape(out, isnan(row->worst[MLTAB_ULP])
                              ? "-"
                              : r->set->points[row->witness[MLTAB_ULP]].id);
    fputs("</td></tr>\n", out);
}

static void
put_regions(FILE *out, const mltab_report *r)
{
    fputs("<div class=\"t regions\"><table>\n<thead><tr><th>region</th>"
          "<th class=\"n\">points</th><th class=\"n\">missed</th>"
          "<th class=\"n\">median</th><th class=\"n\">worst</th>"
          "<th class=\"n\">scaled</th><th class=\"n\">relative</th>"
          "<th class=\"n\">|err|/(1+|E|)</th><th>errors</th>"
          "<th>worst at</th></tr></thead>\n<tbody>\n",
          out);
    for (size_t i = 0; i < r->nregions; i++) {
        put_region(out, r, &r->regions[i]);
    }
    fputs("</tbody></table></div>\n", out);
}

/* ------------------------------------------------------------------------ maps */

/* The colours with the errors up to which they go, and the marks in use. */
static void
put_scale(FILE *out, const mltab_report *r)
{
    static const char *const labels[MLTAB_NBINS - 1] = {
        "\xc2\xbd",
        "1",
        "2",
        "4",
        "10",
        "10\xc2\xb2",
        "10\xe2\x81\xb4",
        "10\xe2\x81\xb6",
        "10\xe2\x81\xb8",
        "10\xc2\xb9\xe2\x81\xb0",
        "10\xc2\xb9\xc2\xb2",
        "10\xc2\xb9\xe2\x81\xb5",
        "more"};
    const mltab_region *all = &r->regions[r->nregions - 1];
    fputs("<div class=\"scale\"><svg class=\"scale-bar\" "
          "viewBox=\"0 0 560 34\">\n",
          out);
    for (int b = 0; b < MLTAB_NBINS - 1; b++) {
        bool last = b == MLTAB_NBINS - 2;
        fprintf(out,
                "<rect class=\"e%d\" x=\"%d\" y=\"0\" width=\"38\" "
                "height=\"14\"/><text x=\"%d\" y=\"%d\" "
                "text-anchor=\"%s\">%s</text>\n",
                b, 40 * b, 40 * b + (last ? 43 : 39), last ? 11 : 29,
                last ? "start" : "middle", labels[b]);
    }
    fputs("</svg><span>errors up to so many ulp</span>\n", out);
    for (int k = 0; k < MLTAB_NKINDS; k++) {
        if (k != MLTAB_OK && k != MLTAB_WRONG && k != MLTAB_UNKNOWN
            && all->count[k] > 0) {
            fputs("<span>", out);
            mltab_map_mark(out, (mltab_kind)k);
            fprintf(out, "%s</span>\n", mltab_kind_name((mltab_kind)k));
        }
    }
    fputs("</div>\n", out);
}

static bool
put_maps(mlio_page *page, FILE *out, const mltab_report *r)
{
    bool ok = true, any = false;
    static const struct {
        mltab_map map;
        const char *title, *caption;
    } maps[] = {
        {MLTAB_MAP_SIZE, "Where the errors are",
         "A cell has the colour of its worst error and the mark of its gravest "
         "answer that is no number; grey has no number.  The outermost cells "
         "hold all that lies beyond.  The numbers are those of the worst "
         "points below."},
        {MLTAB_MAP_PLANE, "In the complex plane",
         "The same by the direction of z and by |z|, which grows outward in "
         "powers of ten, for all parameters at once."},
    };
    for (int k = 0; k < 2 && ok; k++) {
        if (!mltab_map_applies(r, maps[k].map)) {
            continue;
        }
        mlio_page_heading(page, 2, "%s", maps[k].title);
        if (!any) {
            put_scale(out, r);
        }
        any = true;
        fputs("<figure>\n", out);
        ok = mltab_map_svg(out, r, maps[k].map);
        fprintf(out, "<figcaption>%s</figcaption>\n</figure>\n",
                maps[k].caption);
    }
    return ok;
}

/* ------------------------------------------------------------------- the worst */

static void
put_fact(FILE *out, const char *name, const char *value)
{
    fprintf(out, "<dt>%s</dt><dd>", name);
    mlio_page_escape(out, value);
    fputs("</dd>\n", out);
}

static void
put_command(FILE *out, const char *title, const char *command)
{
    if (command != NULL) {
        fprintf(out, "<p>%s</p>\n<pre>", title);
        mlio_page_escape(out, command);
        fputs("</pre>\n", out);
    }
}

static void
put_worst(FILE *out, const mltab_report *r, size_t k)
{
    size_t i = r->worst[k];
    const mltab_verdict *v = &r->verdicts[i];
    char text[160], a[32], b[32], c[32], number[MLTAB_NUMBER_TEXT];
    fprintf(out, "<article id=\"worst-%zu\">\n<h3>%zu. ", k + 1, k + 1);
    mlio_page_escape(out, r->set->points[i].id);
    fputs(", ", out);
    mlio_page_escape(out, r->set->points[i].region);
    fprintf(out, ": <span>%s", mltab_kind_name(v->kind));
    if (!isnan(v->ulp)) {
        fprintf(out, " by %s ulp", short_text(a, v->ulp));
    }
    fputs("</span></h3>\n<dl>\n", out);
    mltab_answer_text(number, r, i);
    put_fact(out, "got", number);
    mltab_truth_text(number, r, i);
    put_fact(out, "want", number);
    if (!isnan(v->ulp)) {
        snprintf(text, sizeof text, "%s relative, %s of 1 + |E|, %s scaled",
                 short_text(a, v->relative), short_text(b, v->absolute),
                 short_text(c, v->scaled));
        put_fact(out, "error", text);
    }
    put_fact(out, "condition", short_text(a, v->kappa));
    fputs("</dl>\n", out);
    char *truth = mltab_eval_command(r->set, i), *ask = mltab_ask_command(r, i);
    put_command(out, "The truth, with a proved radius:", truth);
    put_command(out, "The implementation, asked again:", ask);
    fputs("</article>\n", out);
    free(truth);
    free(ask);
}

static void
put_all_worst(mlio_page *page, FILE *out, const mltab_report *r)
{
    size_t n = 0;
    while (n < r->nworst && mltab_missed(&r->verdicts[r->worst[n]])) {
        n++;
    }
    if (n > 0) {
        mlio_page_heading(page, 2,
                          n == 1 ? "The worst point" : "The worst points");
    }
    for (size_t k = 0; k < n; k++) {
        put_worst(out, r, k);
    }
}

/* ------------------------------------------------------------------- the bottom */

static void
put_bottom(mlio_page *page, FILE *out, const mltab_report *r)
{
    mlio_page_heading(page, 2, "How to read this");
    mlio_page_text(page,
                   "Every answer is compared with the exact value E, known to "
                   "more than 38 digits by proof.  An error in ulp is its "
                   "distance from E in units of the last place of a double of "
                   "the size of E; a correctly rounded answer is at most half "
                   "an ulp off.  A complex error is that of the norm.  Above "
                   "%.6g ulp an answer is wrong.",
                   r->max_ulp);
    mlio_page_text(page,
                   "Scaled is the error over 2^-53 |E| (1 + kappa), kappa the "
                   "condition number: what relative changes of the arguments "
                   "are magnified by.  An implementation whose scaled errors "
                   "are of order 1 is as good as if its arguments had been "
                   "rounded once.  Relative and scaled errors are shown where "
                   "|E| is a normal double; |err|/(1+|E|) is what some "
                   "algorithms promise.");
    mlio_page_text(page,
                   "The bars count the errors of a region in the classes of "
                   "the colour scale, answers that are no number last; each "
                   "step of height is twice the share.");
    fputs("<footer>", out);
    mlio_page_escape(out, r->set->function->name);
    fputs(": ", out);
    mlio_page_escape(out, r->set->function->definition);
    fprintf(out, "<br>mlref %s", ml_version());
    if (r->command != NULL) {
        fputs("<br><code>", out);
        mlio_page_escape(out, r->command);
        fputs("</code>", out);
    }
    fputs("</footer>\n", out);
}

bool
mltab_report_html(const mltab_report *r, const char *path, mlio_error *err)
{
    char title[96], *words = mltab_report_words(r);
    snprintf(title, sizeof title, "%.60s, measured", r->set->function->name);
    mlio_page *page = mlio_page_open(path, title, err);
    if (page == NULL) {
        free(words);
        return false;
    }
    bool ok = words != NULL;
    mlio_page_style(page, style);
    FILE *out = mlio_page_markup(page);
    if (ok) {
        put_top(out, r, words);
        mlio_page_heading(page, 2, "By region");
        put_regions(out, r);
        ok = put_maps(page, out, r);
        put_all_worst(page, out, r);
        put_bottom(page, out, r);
    }
    free(words);
    if (!ok) {
        mlio_page_abandon(page);
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    return mlio_page_close(page, err);
}
