"""The notes of each topic file, made file by file: by two processes, and kept from build to build.

A draft depends on its file, on deck.yaml and on hitoe alone. What is not plain sailing is left to the long way: a
problem in any file, or two files that share a key. The long way reads all files at once, and tells what is wrong.
Where all but a few files are as they were, the second process makes these for the deck: this one, which unpacks the
others, need not load what reads notes.
"""

from hitoe.drafts.notes import Drafts, cover, start

__all__ = ["Drafts", "cover", "start"]
