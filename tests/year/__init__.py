"""
A year, played: hands that fill papers in as people do, and twelve sessions of two pairs and a group.
"""
