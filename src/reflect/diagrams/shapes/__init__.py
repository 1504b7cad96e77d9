"""
One module a shape, named as in the enumeration `Shape` of questions: ``draw(diagram)`` and ``describe(stages)``.
"""
