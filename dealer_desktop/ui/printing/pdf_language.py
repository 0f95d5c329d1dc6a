"""The language of a PDF, for whoever reads it aloud or searches it: Qt writes none.

An incremental update (ISO 32000-1, 7.5.6): the catalog once more with its language, behind what Qt wrote.
"""

import re

_TAGS = {"ru": b"ru-RU", "en": b"en-US"}
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROOT = re.compile(rb"/Root\s+(\d+)\s+0\s+R")
_SIZE = re.compile(rb"/Size\s+(\d+)")


def set_language(pdf: bytes, language: str) -> bytes:
    """``pdf`` with its language named; as it is where it is laid out in another way than Qt's."""
    start, tail = _START.search(pdf), pdf[-2048:]
    root, size = _ROOT.search(tail), _SIZE.search(tail)
    if not (start and root and size and language in _TAGS):
        return pdf
    begin = pdf.rfind(b"\n%s 0 obj" % root[1])
    end = pdf.find(b"endobj", begin)
    body = pdf[begin:end].partition(b"obj")[2].strip()
    if begin < 0 or end < 0 or not body.startswith(b"<<"):
        return pdf
    info = re.search(rb"/Info\s+\d+\s+0\s+R", tail)
    catalog = b"%s 0 obj\n<< /Lang (%s) %s\nendobj\n" % (root[1], _TAGS[language], body[2:])
    offset = len(pdf)
    table = b"xref\n%s 1\n%010d 00000 n \n" % (root[1], offset)
    trailer = b"trailer\n<< /Size %s /Root %s 0 R %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size[1], root[1], info[0] if info else b"", start[1], offset + len(catalog),
    )  # fmt: skip
    return pdf + catalog + table + trailer
