"""
A document as the bytes of a file.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Unpack

import attrs

from reflect import formats
from reflect.documents.makers import What
from reflect.documents.making import Making
from reflect.documents.options import DocumentOptions, takes_options
from reflect.errors import Refused
from reflect.files.office import GivenFile
from reflect.formats.word.brand import Brand
from reflect.own_forms.spots import OwnForm
from reflect.text.nodes import Document


def read_brand_of(brand: Brand | str | GivenFile | None) -> Brand | None:
    """
    A brand, read if it is a file.
    """
    if brand is None:
        return None
    from reflect.formats.word.branding import brand as read_brand

    return brand if isinstance(brand, Brand) else read_brand(brand)


def writer_of(to: str | formats.Writer, brand: Brand | str | GivenFile | None) -> formats.Writer:
    """
    The writer of a format; only some wear the look of an agency.
    """
    write = formats.writer(to) if isinstance(to, str) else to
    if brand is None:
        return write
    if not isinstance(to, str) or not formats.FORMATS[to].wears:
        named = to if isinstance(to, str) else "a format of your own"
        wearing = " and ".join(each.title for each in formats.FORMATS.values() if each.wears)
        raise Refused(f"an agency's look is for {wearing}, and this is {named}; leave the brand out, or write docx")
    wear: Callable[..., bytes] = write
    return functools.partial(wear, brand=read_brand_of(brand))


def read_form_of(form: OwnForm | GivenFile | None) -> OwnForm | None:
    """
    An agency's form, read if it is a file.
    """
    if form is None:
        return None
    from reflect.own_forms.spots import own_form

    return own_form(form)


def writer_into(form: OwnForm, to: str | formats.Writer, brand: Brand | None) -> formats.Writer:
    """
    The writer that fills in an agency's form, which has a look of its own.
    """
    if to != "docx":
        raise Refused("an agency's form is filled in as a Word file; leave the format out, or write docx")
    if brand is not None:
        raise Refused("an agency's form has its own look; leave the brand out, or the form")
    from reflect.own_forms.filling_in import fill_in

    return lambda document: fill_in(form, document).data


class FileOptions(DocumentOptions, total=False):
    """
    What may be chosen for a document that becomes a file.

    Attributes:
        to: The name of a format, such as ``"pdf"``; or a writer of your own, a function from a document to bytes.
        brand: In Word and PowerPoint: the agency's own look, as `reflect.brand` gives it, or its Word file.
        into: An agency's own form in Word that is filled in with what is on the document, as `reflect.own_form` gives
            it; or the form itself, if its places have names of ours. What it has no place for is not in it.
    """

    to: str | formats.Writer
    brand: Brand | str | GivenFile | None
    into: OwnForm | GivenFile | None


@attrs.frozen(kw_only=True)
class Rendering(Making):
    """
    What was chosen for all files that are made in one go.

    Attributes:
        to: The format. This, `brand` and `into` are those of `FileOptions`.
    """

    to: str | formats.Writer = "docx"
    brand: Brand | None = attrs.field(default=None, converter=read_brand_of)
    into: OwnForm | None = attrs.field(default=None, converter=read_form_of)

    @property
    def writer(self) -> formats.Writer:
        if self.into is not None:
            return writer_into(self.into, self.to, self.brand)
        return writer_of(self.to, self.brand)

    def check(self) -> None:
        """
        Raise what is wrong with all of them: there is no such document or format, or it takes no brand.
        """
        _ = self.templates.about(self.name), self.writer

    def render(self, what: What) -> bytes:
        return self.write(self.document(what))

    def write(self, document: Document) -> bytes:
        """
        Return a document that is made as the bytes of a file.
        """
        data = self.writer(document)
        if not isinstance(data, bytes):
            raise Refused("a format of your own gave something else than bytes; end it with .encode()")
        return data


@takes_options(FileOptions, DocumentOptions, defaults=Rendering)
def render(what: What, name: str, **options: Unpack[FileOptions]) -> bytes:
    """
    Return a document as the bytes of a file; the same input gives the same bytes.

    Args:
        what: A session, a record, a model, a set, or an outline or its text (then *minutes* counts); a value of
            `reflect.papers` for a paper that stands beside a session; None for its blank, or for a paper of nothing.
        name: The document: ``"agenda"``, ``"record"``, ``"handout"``, ``"cards"``, ``"worksheet"``, or your own.
        options: What is chosen for it, as `FileOptions` explains.

    Raises:
        ReflectError: As `document` raises them; or a writer of your own gives something else than bytes.
    """
    return Rendering(name=name, **options).render(what)
