# reference/module.mk - the rooms whose headers and symbols reference may use.
reference-uses := base mlfunc
