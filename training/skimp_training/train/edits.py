"""Small edits of a prompt: some change what its right answer is, some do not."""

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

Edit = Callable[[str, np.random.Generator], str | None]
"""A changed text, or None where the edit does not apply."""

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,4}(?![\w,-]|\.\d)")
_FROM_TO = re.compile(r"\bfrom (\w+(?: \w+)?) to (\w+(?: \w+)?)(?=$|[ ?.,!])", re.I)
_AUXILIARY = re.compile(
    r"^((?:so |and |but |please |hi |hello )?"
    r"(?:why|which|what|who|when|where|how)\b(?: \w+){0,3}?) "
    r"(is|are|does|do|can|should|will|did|was|were|would|could|has|have)\b(?! not\b)",
    re.I,
)
_AUXILIARIES = "is are does do should did was were would could has have"
_NEGATED = {"can": "can't", "will": "won't"} | {
    word: f"{word}n't" for word in _AUXILIARIES.split(" ")
}
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBER_WORDS = _COUNTED.split(" ")
_EXPANDED = {
    "don't": "do not",
    "doesn't": "does not",
    "didn't": "did not",
    "can't": "cannot",
    "won't": "will not",
    "isn't": "is not",
    "aren't": "are not",
    "wasn't": "was not",
    "i'm": "i am",
    "i've": "i have",
    "what's": "what is",
    "who's": "who is",
    "where's": "where is",
    "how's": "how is",
    "it's": "it is",
    "let's": "let us",
}
_BEFORE = (
    "please tell me",
    "can you tell me",
    "could you explain",
    "hi,",
    "hello,",
    "hey,",
    "quick question:",
    "i was wondering,",
    "just wondering,",
    "one more thing:",
    "sorry to bother you, but",
    "help:",
    "i'd like to know",
    "do you know",
    "question -",
    "ok so",
    "please",
    "does anyone know",
    "my friend asked me:",
    "i have no idea about this,",
)
_AFTER = (
    "please",
    "thanks",
    "thank you in advance",
    "any idea?",
    "thx",
    "i really need to know",
    "cheers",
    "can you help?",
    "pls",
    "if you know",
    "and keep it short",
)
_SMALL_WORDS = "a an the of to in on at for is are do does did was were be it that"
_SMALL = frozenset(_SMALL_WORDS.split(" "))


def swap_opposite(opposites: Mapping[str, Sequence[str]]) -> Edit:
    """Replaces one word by an opposite of it."""

    def edit(text: str, rng: np.random.Generator) -> str | None:
        places = [match for match in _WORD.finditer(text) if match[0].lower() in opposites]
        if not places:
            return None
        place = places[int(rng.integers(len(places)))]
        choices = opposites[place[0].lower()]
        word = choices[int(rng.integers(len(choices)))]
        word = word.capitalize() if place[0][0].isupper() else word
        return f"{text[: place.start()]}{word}{text[place.end() :]}"

    return edit


def change_number(text: str, rng: np.random.Generator) -> str | None:
    """Another number in the place of one: a near year, a near count, or one digit more."""
    places = list(_NUMBER.finditer(text))
    if not places:
        return None
    place = places[int(rng.integers(len(places)))]
    value = int(place[0])
    is_year = 1500 <= value <= 2100
    step = int(rng.integers(1, 12 if is_year else max(2, value // 2 + 2)))
    other = value + step if rng.random() < 0.5 or value <= step else value - step
    if not is_year and rng.random() < 0.15:
        other = value * 10
    return f"{text[: place.start()]}{other}{text[place.end() :]}"


def swap_direction(text: str, rng: np.random.Generator) -> str | None:
    """`from X to Y` becomes `from Y to X`."""
    match = _FROM_TO.search(text)
    if match is None or match[1].lower() == match[2].lower():
        return None
    return f"{text[: match.start(1)]}{match[2]} to {match[1]}{text[match.end() :]}"


def negate(text: str, rng: np.random.Generator) -> str | None:
    """`why does` becomes `why doesn't` or `why does ... not`, in questions that ask for a thing."""
    match = _AUXILIARY.match(text)
    if match is None:
        return None
    auxiliary = match[2].lower()
    if auxiliary in {"is", "are", "was", "were"} and rng.random() < 0.3:
        return f"{text[: match.end()]} not{text[match.end() :]}"
    return f"{text[: match.start(2)]}{_NEGATED[auxiliary]}{text[match.end() :]}"


def swap_name(names: Sequence[str]) -> Edit:
    """Replaces a capitalised name by another of as many words."""
    by_length: dict[int, list[str]] = {}
    for name in names:
        by_length.setdefault(len(name.split()), []).append(name)

    def edit(text: str, rng: np.random.Generator) -> str | None:
        places = list(NAME.finditer(text))
        if not places:
            return None
        place = places[int(rng.integers(len(places)))]
        choices = by_length.get(len(place[0].split()), [])
        if not choices:
            return None
        other = choices[int(rng.integers(len(choices)))]
        if other.lower() == place[0].lower():
            return None
        return f"{text[: place.start()]}{other}{text[place.end() :]}"

    return edit


NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}")
"""A capitalised span that does not begin the text."""


def reword(text: str, rng: np.random.Generator) -> str:
    """The same request as another person types it: courtesies, contractions, slips, fewer words."""
    for change in (_courtesy, _contract, _number_word, _slip, _drop_small, _unpunctuate):
        if rng.random() < _REWORDINGS[change]:
            text = change(text, rng)
    return text


def _courtesy(text: str, rng: np.random.Generator) -> str:
    if rng.random() < 0.6:
        return f"{_BEFORE[int(rng.integers(len(_BEFORE)))]} {text[0].lower()}{text[1:]}"
    return f"{text.rstrip(' ?.!')} {_AFTER[int(rng.integers(len(_AFTER)))]}"


def _contract(text: str, rng: np.random.Generator) -> str:
    lowered = text.lower()
    for short, long in _EXPANDED.items():
        if re.search(rf"\b{short}\b", lowered):
            return re.sub(rf"\b{short}\b", long, lowered)
        if re.search(rf"\b{long}\b", lowered):
            return re.sub(rf"\b{long}\b", short, lowered)
    return text


def _number_word(text: str, rng: np.random.Generator) -> str:
    match = _NUMBER.search(text)
    if match is not None and int(match[0]) < len(_NUMBER_WORDS):
        return f"{text[: match.start()]}{_NUMBER_WORDS[int(match[0])]}{text[match.end() :]}"
    return text


def _slip(text: str, rng: np.random.Generator) -> str:
    places = [match for match in _WORD.finditer(text) if len(match[0]) > 5]
    if not places:
        return text
    place = places[int(rng.integers(len(places)))]
    at = place.start() + int(rng.integers(1, len(place[0]) - 2))
    if rng.random() < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :]


def _drop_small(text: str, rng: np.random.Generator) -> str:
    words = text.split()
    kept = [word for word in words if word.lower() not in _SMALL]
    return " ".join(kept) if len(kept) >= 4 else text


def _unpunctuate(text: str, rng: np.random.Generator) -> str:
    return text.rstrip(" ?.!")


_REWORDINGS: dict[Callable[[str, np.random.Generator], str], float] = {
    _courtesy: 0.35,
    _contract: 0.5,
    _number_word: 0.5,
    _slip: 0.15,
    _drop_small: 0.25,
    _unpunctuate: 0.4,
}
