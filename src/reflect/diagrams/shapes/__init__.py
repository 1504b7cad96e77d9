"""
One module for each shape, with the names of the enumeration `Shape`: ``draw(diagram)`` and ``describe(stages)``.
"""
