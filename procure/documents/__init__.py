"""The documents machine: a declared Word template and the facts for it become a kept paper.

A room declares its papers in its own `documents.py`. The machine checks templates, shows gaps in drafts, refuses to
issue a paper that has one, and gives the same paper as a page to read on a phone. The same facts and the same template
always give the same bytes, so that a signature can bind the hash.
"""
