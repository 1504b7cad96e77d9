"""
Write the messages of the catalogue anew: ``python -m tests.messages``.
"""

from tests.messages import write

write()
