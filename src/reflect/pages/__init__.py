"""
Models as pages: how a page is read and written, what a folder of them holds, and advice on their questions.
"""
