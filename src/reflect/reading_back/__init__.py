"""
Filled papers, read back as data: `read` gives a record of what was written, and how each answer was found.
"""

from reflect.reading_back.reading import read

__all__ = ["read"]
