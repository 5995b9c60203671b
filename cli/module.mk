# cli/module.mk - the rooms whose headers and symbols cli may use.
cli-uses := base mlfunc fit simulate reference paper
