"""
One module a shape; each has a function ``draw(diagram) -> Drawing``.
"""
