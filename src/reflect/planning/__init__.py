"""
From a session file to a plan: minutes, caseload and variety.
"""
