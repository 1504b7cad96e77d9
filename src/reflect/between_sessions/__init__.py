"""
From one session to the next: what follows from last time's papers, and closing what was filled in.
"""
