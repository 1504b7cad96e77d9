"""
What fits into a session: minutes, caseload and variety.
"""
