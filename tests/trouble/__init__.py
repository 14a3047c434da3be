"""Builds in trouble: killed, without room on the disk, two at once, with the clock set back, with a damaged ledger.

`python -m trouble` (`make trouble`) does all of it often; `tests/test_trouble.py` a few times.
"""
