"""
The planner: one page in which the library runs, without installing. This is the Python behind the page.
"""
