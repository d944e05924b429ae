"""View models of the desk: what a moderator sees of the queue, a case, an appeal, the work of the team."""
