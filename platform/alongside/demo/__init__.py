"""The demonstration: four schemes in invented areas, people for every role, points at every stop of the line.

Everything goes through the same actions as in earnest, at moments of the past, so that clocks, mail and pages are what
they would be. Nobody in it is real, and every page says "demonstration data". The case study is the exception: its
findings were published by the source that `case-study.csv` names.
"""

from alongside.demo.provisioning import provision

__all__ = ["provision"]
