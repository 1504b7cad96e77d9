"""
A value and a template make a document.
"""
