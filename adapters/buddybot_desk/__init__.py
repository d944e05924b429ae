"""The moderators' desk: pages of its own, which see the core only through `Reads.desk`."""
