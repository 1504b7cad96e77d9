"""
What the planner of reflect-supervision is made of. There is no code in it: `reflect planner` reads its files.
"""
