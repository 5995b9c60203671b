# Makefile - one make process for every room; `make help` lists the targets.
#
# Everything is found by name: ROOM/*.c, mlfunc/ball/*.c and mlfunc/double/*.c
# make the libraries (library/library.mk), cli/*.c the program, test/t-*.c and
# test/t-*.sh the unit tests, validation/checks/v-*.c the checks that span
# rooms, bench/p-*.c the benchmarks.  Adding a file edits no list.  All output
# goes to $(B).  Local paths and flags belong in config.mk (untracked).

-include config.mk

B ?= build
CC ?= cc
OPT ?= -O2 -g
PREFIX ?= /usr/local
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wvla -Wconversion -Wno-sign-conversion

# Each room's module.mk says which rooms it may use: ROOM-uses := ...
ROOMS := base mlfunc fit simulate reference paper cli validation
include $(ROOMS:%=%/module.mk)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

# ------------------------------------------------------------- what is here

# Goals that need no compiler must work on a bare machine.  With `make deps
# check` the probe has to come after the installation: make brings found.mk up
# to date first, and then starts again (MAKE_RESTARTS).
goals := $(or $(MAKECMDGOALS),all)
ifneq ($(filter-out help deps clean,$(goals)),)
include $B/found.mk
endif

$B/found.mk: validation/probe.sh $(if $(MAKE_RESTARTS),,$(filter deps,$(goals)))
	@mkdir -p $(@D)
	@CC='$(CC)' sh validation/probe.sh > $@

CPPFLAGS += -I. -I$B $(found-cppflags)
CFLAGS += -std=c11 $(OPT) $(WARN) -ffp-contract=off -fno-math-errno \
          $(found-cflags)
LDLIBS += $(found-libs) -lm

# The directories of the libraries, each with an archive: DIR/libNAME.a.  Users
# before what they use, so that one pass of the linker suffices.
lib-dirs := paper reference simulate fit mlfunc/ball mlfunc/double base
archive-of = $B/$1/lib$(notdir $1).a
# A file lanes_X.c is compiled once for each instruction set.
cpus := baseline $(if $(findstring x86_64,$(shell $(CC) -dumpmachine)),avx2 avx512)
flags-avx2 := -mavx2 -mfma
flags-avx512 := -mavx512f -mavx512dq -mavx512vl -mavx2 -mfma \
                -mprefer-vector-width=512
per-cpu = $(foreach c,$(cpus),$(1:%.c=$B/%.$c.o))
objects = $(foreach f,$(wildcard $1/*.c),$(if $(findstring /lanes_,$f),$(call per-cpu,$f),$(f:%.c=$B/%.o)))

link-order := $(foreach d,$(lib-dirs),$(call archive-of,$d))
# What every test program is linked with: the TAP producer, the sampler.
support := $(patsubst %.c,$B/%.o,$(wildcard validation/*.c validation/tap/*.c))

tests-c := $(wildcard $(ROOMS:%=%/test/t-*.c))
tests-sh := $(wildcard $(ROOMS:%=%/test/t-*.sh))
checks-c := $(wildcard validation/checks/v-*.c)
benches := $(wildcard $(ROOMS:%=%/bench/p-*.c))
programs := $(patsubst %.c,$B/%,$(tests-c) $(checks-c) $(benches))

.PHONY: all libs check unit asan valgrind validate mutants bench reference forms \
        paper peers scoreboard lint format install uninstall deps clean help

all: $B/mlref libs ## build the libraries and the program mlref
	@:

# ------------------------------------------------------------------ building

$B/%.o: %.c $B/found.mk
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(call opt-rare,$<) -MMD -MP -c -o $@ $<

# libmlfunc is to stay below 10^6 bytes: what is slow and rare is to be short.
# Nothing in it is thrown through.
no-unwind := -fno-asynchronous-unwind-tables
opt-rare = $(if $(filter mlfunc/double/%,$1),$(no-unwind)) \
    $(if $(filter $(addprefix mlfunc/double/,scaled% plan.c jet_plan.c jet_d.c),$1),$(found-small))
opt-lanes = $(if $(filter mlfunc/double/%,$1),-O2 $(no-unwind) -DML_SHARED \
    $(if $(filter %mittleff.c,$1),$(if $(filter avx%,$2),$(found-hot))) \
    $(if $(filter %complex.c %jet.c,$1),$(found-cold)) \
    $(if $(filter %plan.c,$1),-O3) \
    $(if $(filter baseline avx2,$2),$(if $(filter %complex.c %jet.c,$1),$(found-small))),-O3)

define lanes-rule
$B/%.$1.o: %.c $B/found.mk
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) $$(call opt-lanes,$$<,$1) -fno-trapping-math $$(flags-$1) -DML_VARIANT=$1 -MMD -MP -c -o $$@ $$<
endef
$(foreach c,$(cpus),$(eval $(call lanes-rule,$c)))

define archive
$(call archive-of,$1): $(call objects,$1)
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach d,$(lib-dirs),$(eval $(call archive,$d)))

comma := ,
include library/library.mk

$B/mlref: $(patsubst %.c,$B/%.o,$(wildcard cli/*.c)) $(link-order)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Some tests look at what is inside lanes: ROOM/test/lanes_X.c.
$(filter $B/mlfunc/test/t-double_%,$(programs)): $(call per-cpu,$(wildcard mlfunc/test/lanes_*.c))

$(programs): $B/%: $B/%.o $(support) $(link-order)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(shell find $B -name '*.d' 2>/dev/null)

# ------------------------------------------------------------------- testing

M ?=
in-room = $(if $M,$(filter $M/%,$1),$1)
unit-list = $(patsubst %.c,$B/%,$(call in-room,$(tests-c))) \
            $(call in-room,$(tests-sh))
export ML_BUILD := $B
export ML_SEED ?= 20240803
export ML_EFFORT ?= 1
PROVE ?= prove --merge -j2 --timer -e ''

unit: $B/mlref $(patsubst %.c,$B/%,$(tests-c)) ## unit tests only; M=fit for one room
	$(PROVE) $(unit-list)

# Three at a time, because the checks of verify wait more than they compute.
check: unit $(patsubst %.c,$B/%,$(checks-c)) ## all tests of a change (minutes): units, layers, checks, tables
	$(PROVE) -j3 $(addprefix validation/,layers.sh tags.sh surface.sh) \
	    $(wildcard validation/checks/v-*.sh) \
	    $(patsubst %.c,$B/%,$(checks-c))
	sh reference/recompute.sh
	@echo "check: all green"

asan: ## unit tests under the address and undefined-behaviour sanitizers
	$(MAKE) B=build-asan OPT='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer' unit

valgrind: $(patsubst %.c,$B/%,$(tests-c)) ## unit tests under valgrind's memcheck
	ML_EMULATED=1 ML_EFFORT=0.5 prove --merge -j2 --timer \
	    -e 'valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --suppressions=validation/valgrind.supp' \
	    $(patsubst %.c,$B/%,$(call in-room,$(tests-c)))

validate: $B/mlref $(patsubst %.c,$B/%,$(checks-c)) ## the long checks (hours): cross-checks, mpmath, peers
	sh validation/validate.sh

mutants: ## plant generated faults in copies; each must turn a test red: N=30 SEED=1 ROOM=mlfunc/ball
	sh validation/mutants.sh

bench: $(patsubst %.c,$B/%,$(benches)) ## benchmarks; each prints ratios to a yardstick of the same run
	@for p in $(filter $B/%,$^); do echo "## $$p"; $$p || exit 1; done

# ------------------------------------------------------------------ products

reference: $B/mlref ## recompute the certified tables and compare them byte for byte
	sh reference/recompute.sh

forms: $B/mlref ## the certified tables as CSV and as C headers, in build/reference/forms
	sh reference/recompute.sh forms

paper: $B/mlref ## the main job: every claim of the paper, checked; report in $(B)/report
	$B/mlref paper --report $B/report

peers: ## a Python environment with other people's implementations, in build/peers
	sh validation/peers.sh

scoreboard: $B/mlref libs ## implementations by others, measured: writes validation/SCOREBOARD.md (after make peers)
	sh validation/scoreboard.sh

lint: ## cppcheck and clang-tidy
	sh validation/lint.sh $(lastword $(cpus)) $(flags-$(lastword $(cpus)))

format: ## clang-format on every tracked C file
	git ls-files '*.c' '*.h' | xargs clang-format -i

put = DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' LIBDIR='$(LIBDIR)' \
    sh library/install.sh $1 $B $(version)

install: $B/mlref libs forms ## program, libraries, headers, man pages, tables; DESTDIR= PREFIX= LIBDIR=
	$(call put,install)

uninstall: ## remove what install has put there
	$(call put,uninstall)

deps: ## install what the build needs (Debian, Ubuntu: as root or through sudo)
	$(if $(MAKE_RESTARTS),@:,sh validation/deps.sh)

clean: ## remove everything that was built
	rm -rf $B build-asan

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12
