# ruff: noqa: RUF001 - the punctuation of many languages
"""Words, sentences and phrases of a text: what the compressor scores, keeps and drops.

The page cuts texts by the same rules (`src/worker/compress/text-units.ts`), and at tags, which hardly
a training text has; both are tested on `src/worker/compress/text-units.golden.json`.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

_SPACE = (
    " \\t\\n\\r\\f\\v\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
)
_CJK = "\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff"
_CJK += "\\uf900-\\ufaff\\U00020000-\\U0003ffff"
_WORD = re.compile(f"[{_CJK}]|[^{_SPACE}{_CJK}]+")
_LINE_HEAD = re.compile(r"[-*•–—+>|]$|#{1,6}$|\(?\d{1,3}[.)]$|\[\d{1,3}\]|[^\s:]{1,40}:$")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*$|[。！？]$")
_ABBREVIATION = re.compile(
    r"(?:^|[(\"'“‘])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|Sr|Jr|vs|etc|al|e\.g|i\.e|No|Nos|Fig|Figs|Eq|approx"
    r"|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|a\.m|p\.m)\.$"
)
_LOWER = re.compile(r"[\"'“‘(\[]*[a-zß-öø-ÿа-я]")
_PAUSE = re.compile(r"[,;:、，；：)\]—–]$")
SHORT_LINE = 50
"""Characters; a shorter line was not broken to fit a page, so its end ends a sentence."""
LONG_SENTENCE = 40
"""Words after which a sentence ends at the next pause."""
LONGEST_SENTENCE = 60
LONGEST_PHRASE = 8
LONGEST_LABEL = 4
"""Words of a label, such as `Dr. Orr:` or `[10:42] Lena:`."""
LABEL_CHARACTERS = 40
_HEADS = (
    "about after against although and as at because before between but by during for from if "
    "in into nor on onto or over since so than that though through to under unless until when "
    "where whereas which while who whom whose with without"
)
_PHRASE_HEADS = frozenset(_HEADS.split())


@dataclass(frozen=True)
class Units:
    """The words of a text, as slices, and where sentences and phrases begin."""

    words: list[tuple[int, int]]
    """Start and end of each word."""
    sentences: list[int]
    """Index of the first word of each sentence."""
    phrases: list[int]
    """Index of the first word of each phrase; sentences begin phrases."""
    turns: list[tuple[int, int, int]]
    """What somebody says, or a value, with its label: first word of the label, of what is
    labelled, and behind that."""


def split_text(text: str) -> Units:
    """Cuts prose into its units."""
    words = [match.span() for match in _WORD.finditer(text)]
    sentences = _sentence_starts(text, words)
    phrases = _phrase_starts(text, words, sentences)
    return Units(words, sentences, phrases, _find_turns(text, words))


def split_code(text: str) -> Units:
    """Cuts code: each statement is a sentence and one phrase.

    A statement is a line, with the lines up to where the brackets it opens are closed.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    starts = _statement_starts(text)
    cuts = [
        index
        for index, (begin, _) in enumerate(words)
        if index == 0 or _between(starts, words[index - 1][0], begin)
    ]
    return Units(words, cuts, list(cuts), [])


def _between(starts: list[int], after: int, upto: int) -> bool:
    """Whether a statement begins after `after` and not after `upto`."""
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] <= after:
            low = middle + 1
        else:
            high = middle
    return low < len(starts) and starts[low] <= upto


def _statement_starts(text: str) -> list[int]:
    starts = [0]
    depth, index = 0, 0
    while index < len(text):
        letter = text[index]
        if letter in "\"'`":
            index = _string_end(text, index)
            continue
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth = max(0, depth - 1)
        elif letter == "\n" and depth == 0:
            starts.append(index + 1)
        index += 1
    return starts


def _string_end(text: str, start: int) -> int:
    """Index after the string that opens at `start`; an open one of one line ends with its line."""
    letter = text[start]
    triple = letter != "`" and text.startswith(letter * 3, start)
    quote = letter * 3 if triple else letter
    index = start + len(quote)
    while index < len(text):
        if text[index] == "\\":
            index += 2
        elif text.startswith(quote, index):
            return index + len(quote)
        elif text[index] == "\n" and not triple and letter != "`":
            return index
        else:
            index += 1
    return len(text)


def _sentence_starts(text: str, words: list[tuple[int, int]]) -> list[int]:
    starts = [0] if words else []
    for index, ((begin, end), (after, after_end)) in enumerate(pairwise(words), 1):
        length = index - starts[-1]
        word, following = text[begin:end], text[after:after_end]
        breaks = text.count("\n", end, after)
        if (
            breaks > 1
            or (breaks == 1 and _is_line_end(text, word, end, after, following))
            or _is_end(word, following)
            or length >= LONGEST_SENTENCE
            or (length >= LONG_SENTENCE and _PAUSE.search(word))
        ):
            starts.append(index)
    return starts


def _is_line_end(text: str, word: str, end: int, after: int, following: str) -> bool:
    if word.endswith(":") or _LINE_HEAD.match(following):
        return True
    begin = text.rfind("\n", 0, end) + 1
    if text.find("\n", end, after) - begin < SHORT_LINE:
        return True
    stop = text.find("\n", after)
    line = text[after : len(text) if stop < 0 else stop]
    return re.match(r"[^\n:.!?]{1,30}:\s", line) is not None


def _is_end(word: str, following: str) -> bool:
    if not _END.search(word) or _ABBREVIATION.search(word):
        return False
    return word[-1] in "。！？" or not _LOWER.match(following)


def _phrase_starts(text: str, words: list[tuple[int, int]], sentences: list[int]) -> list[int]:
    begins = set(sentences)
    starts: list[int] = []
    for index, (begin, end) in enumerate(words):
        length = index - starts[-1] if starts else 0
        if (
            index in begins
            or length >= LONGEST_PHRASE
            or (length >= 2 and _PAUSE.search(text[words[index - 1][0] : words[index - 1][1]]))
            or (length >= 3 and text[begin:end].lower() in _PHRASE_HEADS)
        ):
            starts.append(index)
    return starts


def _find_turns(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Lines that begin with a label, each up to the next one or a blank line."""
    turns: list[tuple[int, int, int]] = []
    label = said = line = -1  # first words of the open turn, of what is said, of the line
    for index, (begin, _) in enumerate(words):
        breaks = text.count("\n", words[index - 1][1], begin) if index else 1
        line = index if breaks else line
        if breaks > 1 and label >= 0:
            turns.append((label, said, index))
            label = -1
        if _is_label_end(text, words, line, index):
            if label >= 0:
                turns.append((label, said, line))
            label, said = line, index + 1
    return turns if label < 0 else [*turns, (label, said, len(words))]


def _is_label_end(text: str, words: list[tuple[int, int]], line: int, index: int) -> bool:
    """Whether the words from `line` to `index` are a label, with something behind it."""
    end = words[index][1]
    return (
        index - line < LONGEST_LABEL
        and text[end - 1] in ":："
        and end - words[line][0] <= LABEL_CHARACTERS
        and index + 1 < len(words)
        and "\n" not in text[end : words[index + 1][0]]
        and not any(text[words[at][1] - 1] in ",;:!?：" for at in range(line, index))
    )
