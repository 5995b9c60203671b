# mlfunc/module.mk - the rooms whose headers and symbols mlfunc may use.
mlfunc-uses := base
