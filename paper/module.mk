# paper/module.mk - the rooms whose headers and symbols paper may use.
paper-uses := base mlfunc fit simulate reference
