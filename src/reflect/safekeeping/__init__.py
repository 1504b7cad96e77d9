"""
Whether words are still those that were signed: fingerprints, signatures, comparisons, own copies.
"""
