# simulate/module.mk - the rooms whose headers and symbols simulate may use.
simulate-uses := base mlfunc
