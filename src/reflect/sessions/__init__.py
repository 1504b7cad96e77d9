"""
What was planned, said and agreed: sessions, records, journals.
"""
