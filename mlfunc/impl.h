/* mlfunc/impl.h - what the files of mlfunc share; no other room includes it. */
#ifndef MLFUNC_IMPL_H
#define MLFUNC_IMPL_H

#include "mlfunc/ball/contour.h"
#include "mlfunc/ball/jet.h"
#include "mlfunc/ball/many.h"
#include "mlfunc/ball/mittleff.h"
#include "mlfunc/ball/parts.h"
#include "mlfunc/ball/point.h"
#include "mlfunc/ball/rounding.h"
#include "mlfunc/ball/rows.h"
#include "mlfunc/ball/steering.h"

#endif
