"""Texts as pages of HTML."""

import re

from skimp_training.compress.examples import Example
from skimp_training.compress.pages import as_page

TEXT = "The mill opened in 1912. Its owner, Ada Berg, sold it.\n\nIt is a museum now. It is small."


def test_a_page_holds_the_words_in_their_order() -> None:
    example = Example("written", "qa", TEXT, "What is the mill now?", "a museum", ((60, 80),))
    pages = [as_page(example, seed) for seed in range(20)]
    for page in pages:
        assert re.sub(r"<[^>]*>", " ", page.text).split() == TEXT.split()
        assert page.text.count("<p>") == page.text.count("</p>") == page.text.count("  <p>")
        assert page.text.count("<a ") == page.text.count("</a>") <= page.text.count("<p>")
        assert page.question == example.question
        assert page.evidence == ()
    assert len({page.text for page in pages}) > 5
    assert any("<a href" in page.text for page in pages)


def test_the_same_seed_makes_the_same_page() -> None:
    example = Example("written", "qa", TEXT, "", "a museum")
    assert as_page(example, 3) == as_page(example, 3)
