"""
Compile modules with the Python they will run in. This runs inside Pyodide, called by compile.mjs.
"""

import io
import types
import zipfile
from importlib import util
from importlib._bootstrap_external import _code_to_hash_pyc

#: Without asserts and docstrings, which nothing of ours depends on; a test of the built page would say so.
OPTIMIZE = 2


def compile_zip(data):
    """
    Return a zip with the modules of another compiled, and every other file as it was; nothing in it is compressed.
    """
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            body = source.read(name)
            if name.endswith(".py"):
                code = _without_lines(compile(body, name, "exec", dont_inherit=True, optimize=OPTIMIZE))
                # Its source is not there to be newer: nothing is checked on the machine of whoever opens the page.
                name, body = f"{name}c", bytes(_code_to_hash_pyc(code, util.source_hash(body), checked=False))
            target.writestr(zipfile.ZipInfo(name), body)
    return into.getvalue()


def _without_lines(code):
    """
    Return code without its table of lines, which is an eighth of it: the page never prints a traceback.
    """
    inner = tuple(_without_lines(each) if isinstance(each, types.CodeType) else each for each in code.co_consts)
    return code.replace(co_consts=inner, co_linetable=b"")
