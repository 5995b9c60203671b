# fit/module.mk - the rooms whose headers and symbols fit may use.
fit-uses := base mlfunc
