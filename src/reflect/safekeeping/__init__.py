"""
Whether words are still the ones that were signed: fingerprints, signatures, comparisons, own copies.
"""
