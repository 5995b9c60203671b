# base/module.mk - the rooms whose headers and symbols base may use.
base-uses :=
