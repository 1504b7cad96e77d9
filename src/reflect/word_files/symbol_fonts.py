"""
What the signs of Word's symbol fonts mean: the same signs in Unicode.

A symbol font draws pictures in the places of letters. Word's AutoCorrect writes an arrow or a smiling face in one, and
so does its dialogue of symbols. Where Unicode has several signs of one meaning, the table has the one that most fonts
can draw. The facts are from Unicode 7.0, which took these fonts over sign by sign, and from Adobe's encoding of Symbol.
"""

from __future__ import annotations

from collections.abc import Mapping

_WINGDINGS = {
    0x21: "✏✂✁👓🔔📖🕯☎✆✉🖃📪📫📬📭📁📂📄🗏🗐🗄⌛⌨🖰🖲💻🖴💾🖬✇✍✍✌👌👍👎☜☞☝☟✋☺😐☹💣☠⚐🏱✈☼💧❄✝✞🕈✠✡☪☯ॐ☸",
    0x5E: "♈♉♊♋♌♍♎♏♐♑♒♓&&●❍■☐☐❑❒⬧⧫◆❖⬥☒⮹⌘🏵🏶❝❞",
    0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•",
    0xA0: "▪○⭘◉◉◎○▪☐▴✦★✶✴✹✷⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛",
    0xC3: "⮰⮱⮲⮳⮴⮵⮶⮷",
    0xD5: "⌫⌦⮘⮚⮙⮛⮈⮊⮉⮋←→↑↓↖↗↙↘⬅➔⬆⬇⬉⬈⬋⬊⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂▭▫✗✓☒☑",
}
_WINGDINGS_2 = {
    0x21: "🖊🖋🖌🖍✄✀☎🕽📄",
    0x32: "📋🗑",
    0x3C: "👍👎",
    0x42: "👈👉",
    0x4A: "👆👇",
    0x4F: "✗✓☒☑☒☒⊗⊗⃠⦸&&&&‽",
    0x69: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
    0x96: "•●●●○○○○◉◉◎▪■■□□□□□□▪■■□□□□",
    0xA2: "■□",
    0xF8: "※⁂",
}
_WINGDINGS_3 = {
    0x21: "⭠⭢⭡⭣⭤⭥⭧⭦⭨⭩".translate(str.maketrans("⭠⭢⭡⭣⭤⭥⭧⭦⭨⭩", "←→↑↓↔↕↗↖↘↙")),
    0x70: "▲▼△▽◀▶◁▷◣◢◤◥",
    0x80: "▲▼◀▶",
}
_WEBDINGS = {
    0x33: "◀▶▲▼⏪⏩⏮⏭⏸⏹⏺",
    0x59: "♥",
    0x61: "✔🚲□🛡📦🚒■🚑ℹ✈🛰💬🚢⚪⚫↪🛇✖",
    0xA8: "◆",
}
#: What is not here is as in ASCII.
_SYMBOL = {
    0x22: "∀",
    0x24: "∃",
    0x27: "∋",
    0x2A: "∗",
    0x2D: "−",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
    0x5C: "∴",
    0x5E: "⊥",
    0x60: "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
    0x7E: "∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
    0xF1: "〉∫",
}
#: By the name of a font in lower case: its signs by their number.
_FONTS: Mapping[str, Mapping[int, str]] = {
    name: {first + n: sign for first, signs in rows.items() for n, sign in enumerate(signs)}
    for name, rows in (
        ("wingdings", _WINGDINGS),
        ("wingdings 2", _WINGDINGS_2),
        ("wingdings 3", _WINGDINGS_3),
        ("webdings", _WEBDINGS),
        ("symbol", {0x20: "".join(map(chr, range(0x20, 0x7E))), **_SYMBOL}),
    )
}
#: For a sign that we do not know.
UNKNOWN = "\ufffd"


def is_symbol_font(name: str) -> bool:
    """
    Whether a font is one of Word's symbol fonts.
    """
    return name.strip().lower() in _FONTS


def read_symbol(code: int, font: str = "") -> str:
    """
    Return the sign in Unicode that a font has at a number, or U+FFFD if it is not known.

    Word adds F000 to the number of a sign in a symbol font. In any other font, a number is the letter's own.
    """
    signs = _FONTS.get(font.strip().lower())
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if signs is not None:
        return " " if place == 0x20 else signs.get(place, UNKNOWN)
    own = 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE or 0x10000 <= code < 0xF0000
    return chr(code) if own else UNKNOWN


def in_unicode(text: str, font: str) -> str:
    """
    Return words in a symbol font as the signs that they show.
    """
    return "".join(sign if sign in "\n\t" else read_symbol(ord(sign), font) for sign in text)
