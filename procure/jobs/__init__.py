"""Long work, done by the clock's process: asked for on a page, claimed by one clock, with progress, retry and a result.

A room declares its kinds of work in its `jobs.py`; `app.py` names them. Whoever asks sees how far it is, and fetches
what came of it. A clock that dies in the middle leaves its claim; the next clock takes the work up again.
"""
