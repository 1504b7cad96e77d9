"""
Filled papers, read back as data.
"""
