/* reference/adapters/adapter.cpp - serves a Mittag-Leffler function in C++.
 *
 *     c++ -O2 -o my_adapter reference/adapters/adapter.cpp my_ml.cpp
 *     mlref verify --function mittag-leffler --cmd ./my_adapter
 *
 * my_ml.cpp defines
 *
 *     std::complex<double> my_ml(double alpha, double beta,
 *                                std::complex<double> z);
 *
 * or, with -DREAL, double my_ml(double alpha, double beta, double z), and z off
 * the real axis is refused.  An exception is a refusal; so is what
 * -DSERVES='alpha < 2 && beta == 1' excludes.
 *
 * With ADAPTER_REPEAT=N in the environment the points are read first, then
 * evaluated N times, and only the nanoseconds for one value are printed.
 */
#include <complex>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#ifndef SERVES
#define SERVES alpha > 0
#endif

#ifdef REAL
typedef double number;
#else
typedef std::complex<double> number;
#endif

number my_ml(double alpha, double beta, number z);

struct point {
    double alpha, beta, re, im;
    int fields;
};

static point
parse(const std::string &line)
{
    point p = {0, 0, 0, 0, 0};
    p.fields = std::sscanf(line.c_str(), "%lf %lf %lf %lf", &p.alpha, &p.beta,
                           &p.re, &p.im);
    return p;
}

static std::complex<double>
evaluate(const point &p)
{
    const double alpha = p.alpha, beta = p.beta;
    if (p.fields < 3) {
        throw std::invalid_argument("not a point");
    }
    if (!(SERVES)) {
        throw std::domain_error("outside the domain");
    }
#ifdef REAL
    if (p.im != 0) {
        throw std::domain_error("z is not real");
    }
    return my_ml(alpha, beta, p.re);
#else
    return my_ml(alpha, beta, number(p.re, p.im));
#endif
}

static std::string
answer(const point &p)
{
    std::ostringstream out;
    out.precision(std::numeric_limits<double>::max_digits10);
    try {
        std::complex<double> e = evaluate(p);
        out << e.real();
        if (p.fields > 3) {
            out << '\t' << e.imag();
        }
    } catch (const std::exception &error) {
        out << "# " << error.what() << "\nrefuse";
    }
    return out.str();
}

static int
measure(long repeats)
{
    std::vector<point> points;
    std::string line;
    while (std::getline(std::cin, line)) {
        points.push_back(parse(line));
    }
    volatile double sum = 0; /* the values are used: nothing is left out */
    std::clock_t start = std::clock();
    for (long r = 0; r < repeats; r++) {
        for (const point &p : points) {
            try {
                sum = sum + evaluate(p).real();
            } catch (const std::exception &) {
            }
        }
    }
    double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
    std::cout << 1e9 * seconds / (double(repeats) * double(points.size()))
              << "\n";
    return 0;
}

int
main()
{
    const char *repeats = std::getenv("ADAPTER_REPEAT");
    if (repeats != nullptr) {
        return measure(std::atol(repeats));
    }
    std::string line;
    while (std::getline(std::cin, line)) {
        std::cout << answer(parse(line)) << std::endl; /* endl flushes */
    }
    return 0;
}
