# library/library.mk - libmlfunc and libmlref, static and shared, in $B/lib.
#
# libmlfunc is mlfunc/double alone and needs libm alone; libmlref is all else.
# Shared libraries export the public functions and nothing more, see exports.sh.

version := $(shell sed -n 's/^\#define ML_VERSION "\(.*\)"/\1/p' mlfunc/mlfunc.h)
major := $(firstword $(subst ., ,$(version)))

ref-dirs := $(filter-out mlfunc/double,$(lib-dirs))
ref-archives := $(foreach d,$(ref-dirs),$(call archive-of,$d))
double-archive := $(call archive-of,mlfunc/double)
libraries := $(foreach l,mlfunc mlref,$B/lib/lib$l.a $B/lib/lib$l.so)

libs: $(libraries) ## libmlfunc and libmlref, static and shared, in $(B)/lib

define merged
$B/lib/lib$1.a: $2
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(eval $(call merged,mlfunc,$(call objects,mlfunc/double)))
$(eval $(call merged,mlref,$(foreach d,$(ref-dirs),$(call objects,$d))))

$B/lib/mlfunc.map: library/exports.sh library/public.sh mlfunc/mlfunc.h $(double-archive) $(ref-archives)
	@mkdir -p $(@D)
	sh library/exports.sh mlfunc $(version) $(double-archive) -- $(ref-archives) > $@

$B/lib/mlref.map: library/exports.sh library/public.sh $(shell sh library/public.sh --headers mlref) $(ref-archives)
	@mkdir -p $(@D)
	sh library/exports.sh mlref $(version) $(ref-archives) > $@

# $1 library, $2 what it is linked with, $3 files that must be there first
define shared
$B/lib/lib$1.so.$(version): $B/lib/lib$1.a $B/lib/$1.map $3
	$$(CC) -shared $$(OPT) $$(LDFLAGS) -Wl,-soname,lib$1.so.$(major) \
	    -Wl,--version-script,$B/lib/$1.map -Wl,-z,defs -Wl,-s \
	    -Wl,-z,noseparate-code -o $$@ \
	    -Wl,--whole-archive $B/lib/lib$1.a -Wl,--no-whole-archive $2

$B/lib/lib$1.so.$(major): $B/lib/lib$1.so.$(version)
	@ln -sf lib$1.so.$(version) $$@

$B/lib/lib$1.so: $B/lib/lib$1.so.$(major)
	@ln -sf lib$1.so.$(major) $$@
endef
$(eval $(call shared,mlfunc,-Wl$(comma)--as-needed -lm))
$(eval $(call shared,mlref,-L$B/lib -lmlfunc $$(filter -fopenmp,$$(CFLAGS)) $$(LDLIBS),$B/lib/libmlfunc.so))
