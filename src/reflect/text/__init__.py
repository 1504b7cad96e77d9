"""
Words on paper as a tree: what every document is made of, and every format writes.
"""
