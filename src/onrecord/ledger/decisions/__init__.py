"""What people decide about rows: an append-only log, its replay, and how a build follows it.

`log.py` keeps entries, `replay.py` says what stands, `follow.py` puts it into effect on sheets; `corrections.py` and
`consequences.py` change rows, `anchors.py` finds them again. `drafts.py` makes entries of what somebody wants done,
`exchange.py` writes logs as text and reads them, `coders.py` compares people, `queue.py` puts rows in order of what
deciding on them would change.
"""
