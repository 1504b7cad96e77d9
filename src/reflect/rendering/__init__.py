"""
Documents as files: one, many, a session's papers, a folder for an intranet.
"""
