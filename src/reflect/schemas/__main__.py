"""
Write the schemas to their files: ``python -m reflect.schemas``.
"""

from reflect.schemas import files

for path, text in files():
    path.write_text(text, "utf-8")
    print(path.name)
