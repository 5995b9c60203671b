# validation/module.mk - the rooms whose headers and symbols validation may use.
validation-uses := base mlfunc fit simulate reference paper
