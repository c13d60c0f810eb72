"""Answers that watch themselves: whether what would change an answer has come about, and what would fall with a source or a fact.

`conditions` says of one condition whether it holds; `rereading` why a signed answer has to be read again; `falling` what rests on
something alone. Words for readers are left to pages, faults in what was written to checks.
"""
