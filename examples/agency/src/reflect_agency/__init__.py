"""
The papers of Tideway Home Support, an agency that does not exist. Everything in it is data.
"""
