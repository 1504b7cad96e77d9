"""
Bytes and text in and out, YAML, forms, Office packages: nothing here knows what supervision is.
"""
