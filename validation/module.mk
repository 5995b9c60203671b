# validation/module.mk - the rooms whose headers and symbols validation may use.
validation-uses := base mlfunc fit simulate reference paper

# The sampler says which one it is: its hash goes into every report.
$B/validation/sampler.o: CPPFLAGS += -DML_SAMPLER_SHA256='"$(shell \
    sha256sum validation/sampler.c | cut -c1-64)"'
$B/validation/sampler_double.o: CPPFLAGS += -DML_SAMPLER_DOUBLE_SHA256='"$(shell \
    sha256sum validation/sampler_double.c | cut -c1-64)"'
