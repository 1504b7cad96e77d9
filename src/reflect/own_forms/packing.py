"""
A form as a file again, in which all but its body is as it was.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from reflect.files.office import Package
from reflect.files.xml import XmlElement, to_text
from reflect.formats.word.parts import property_parts

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_TO_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: What of ours a file says of itself begins with this.
_OURS = "reflect."


def pack_form(package: Package, body: str, properties: Mapping[str, str]) -> bytes:
    """
    Return a file with another body and these properties, in which all else is as it was; a template becomes a document.
    """
    changed: dict[str, str] = {package.main.lower(): body}
    types = package.tree("[Content_Types].xml")
    name = package.part_for("", "custom-properties")
    new = ""
    if name:
        tree = package.tree(name)
    else:
        tree = XmlElement(f"{{{_CUSTOM}}}Properties")
        tree.nsmap = {"": _CUSTOM, "vt": _VT[1:-1]}
        new = name = _free_name(package)
        roots = package.tree("_rels/.rels")
        used = {each.get("Id") for each in roots}
        free = next(each for n in range(1, len(used) + 2) if (each := f"rIdReflect{n}") not in used)
        roots.append(XmlElement(f"{_RELATIONS}Relationship", {"Id": free, "Type": _TO_CUSTOM, "Target": name}))
        changed["_rels/.rels"] = DECLARATION + to_text(roots)
        types.append(XmlElement(f"{_TYPES}Override", {"PartName": f"/{name}", "ContentType": _KIND}))
    for kind in types:
        if kind.get("PartName", "").lstrip("/").lower() == package.main.lower():
            kind.set("ContentType", kind.get("ContentType", "").replace("template.main", "document.main"))
    changed["[content_types].xml"] = DECLARATION + to_text(types)
    _write_properties(tree, properties)
    changed[name.lower()] = DECLARATION + to_text(tree)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for part in [*package, *([new] if new else [])]:
            entry = zipfile.ZipInfo(part)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            text = changed.get(part.lower())
            made.writestr(entry, package[part] if text is None else text)
    return out.getvalue()


def _free_name(package: Package) -> str:
    names = ["docProps/custom.xml", *(f"docProps/custom{n}.xml" for n in range(2, 100))]
    return next(each for each in names if each not in package)


def _write_properties(tree: XmlElement, properties: Mapping[str, str]) -> None:
    """
    Put properties into those that a file has, in the place of any of ours that it has already.
    """
    for each in list(tree):
        if each.get("name", "").startswith(_OURS):
            tree.remove(each)
    pid = max((int(each.get("pid", "1")) for each in tree if each.get("pid", "").isdecimal()), default=1)
    parts = (part for pair in properties.items() for part in property_parts(*pair))
    for n, (name, text) in enumerate(parts, pid + 1):
        each = XmlElement(f"{{{_CUSTOM}}}property", {"fmtid": _FMTID, "pid": str(n), "name": name})
        words = XmlElement(f"{_VT}lpwstr")
        words.text = text
        each.append(words)
        tree.append(each)
