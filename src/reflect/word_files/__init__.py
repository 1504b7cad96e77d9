"""
Word files from any program as values: their paragraphs, lists, styles and places to write.
"""
