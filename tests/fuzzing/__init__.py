"""A fuzzer: made-up input for every parser of data that is not hitoe's own, and what must hold whatever it is.

`python -m fuzzing` (`make fuzz`) runs it; `tests/test_fuzzing.py` replays what it has found.
"""
