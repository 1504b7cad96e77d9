"""
Write the schemas to their files: ``python -m reflect.schemas``.
"""

from reflect.schemas import schema_files

for path, text in schema_files():
    path.write_text(text, "utf-8")
    print(path.name)
