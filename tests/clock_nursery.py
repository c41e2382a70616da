"""Clocks that are there at once: a process that has read the whole application and forks a `flask clock` when asked.

A clock started anew reads the application for some seconds; one that is killed every second would never come to post.
It writes a line with the number of each new process. What the clocks say goes to its standard error.
"""

from __future__ import annotations

import os
import signal
import sys

from flask.cli import main
from sqlalchemy.orm import configure_mappers

import wsgi


def run() -> None:
    """Fork a clock for each line that is read, until there are no more."""
    configure_mappers()
    assert wsgi.app
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            sys.argv = ["flask", "--app", "wsgi", "clock"]
            main()
        print(pid, flush=True)


if __name__ == "__main__":
    run()
