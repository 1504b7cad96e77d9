"""
What is asked: questions, sets and how they combine, outlines, wordings, and who may read an answer.
"""
