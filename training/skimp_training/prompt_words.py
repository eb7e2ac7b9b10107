"""How many words the page counts in a prompt: `parsePromptWords` of the cache's guards.

Only for scored pairs that do not carry their length features; the page's own figures are better.
"""

import math

import regex

MAX_WORDS = 600
"""The page stops counting here."""

_ABBREVIATION = r"\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?"
_DOTTED_ENDINGS = "|".join(
    (
        "js|ts|py|sh|cpp|php|sql|css|html|json|xml|ya?ml|csv|txt|md|pdf|docx?|xlsx?|jpe?g|png",
        "exe|jar|zip|tar|gz|conf|env|com|org|net|io|dev|ai|edu|gov",
    )
)
_JOINT = "|".join(
    (
        r"['’]\p{L}+",  # noqa: RUF001 - people write both apostrophes
        r"(?<=\p{N})[.:/]\p{N}+",
        r"(?<=\p{N}),\p{N}{3}(?!\p{N})",
        r"\.\p{N}+",
        rf"\.(?:{_DOTTED_ENDINGS})(?![\p{{L}}\p{{N}}])",
    )
)
_WORD = rf"[\p{{L}}\p{{M}}\p{{N}}_]+(?:(?:{_JOINT})[\p{{N}}\p{{L}}]*)*(?:\+\+|#)?"
_TOKEN = regex.compile(rf"{_ABBREVIATION}|{_WORD}|[%$€£¥₹°&<>=+]")


def count_words(text: str) -> int:
    """Words, numbers and symbols of a prompt, at most `MAX_WORDS`."""
    count = 0
    for _ in _TOKEN.finditer(text):
        count += 1
        if count == MAX_WORDS:
            break
    return count


def length_features(first: str, second: str) -> tuple[float, float]:
    """`length` (log of the longer word count) and `lengthGap` (log ratio) of a pair."""
    a, b = count_words(first), count_words(second)
    return math.log1p(max(a, b)), abs(math.log((1 + a) / (1 + b)))
