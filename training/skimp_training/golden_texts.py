"""The texts of `golden.json`: what browser tests embed and compare with PyTorch."""

_LONG_PARAGRAPH = (
    "The ferry leaves the harbour at half past six, when the market is still closed and the gulls "
    "have the quay to themselves. Twelve passengers sit on the lower deck; four of them are pupils "
    "who live on the island and go to school on the mainland, and the rest carry baskets, tools or "
    "a folded newspaper. The crossing takes fifty minutes in calm weather and almost two hours "
    "when the wind comes from the north. "
)

GOLDEN_TEXTS: tuple[str, ...] = (
    "a",
    "?",
    "7",
    "Paris",
    "What is the capital of France?",
    "what's the capital of france",
    "What is the capital of Germany?",
    "How do I reset my password?",
    "I forgot my password, how can I get a new one?",
    "How do I change my e-mail address?",
    "Can I take ibuprofen with paracetamol?",
    "Can I take ibuprofen without paracetamol?",
    "Is it safe to drink tap water in Lisbon?",
    "Is it not safe to drink tap water in Lisbon?",
    "Never restart the server during a backup.",
    "Always restart the server during a backup.",
    "Convert 25 miles to kilometres.",
    "Convert 52 miles to kilometres.",
    "flights from Boston to Denver on 3 May 2024",
    "flights from Denver to Boston on 3 May 2024",
    "3.14159 + 2.71828 = ?",
    "Who won the men's 100 m final at the 2016 Summer Olympics, and in which time?",
    "Translate 'good morning' into Spanish.",
    "¿Dónde está la biblioteca más cercana?",
    "Où puis-je acheter un billet à tarif réduit, s'il vous plaît ?",
    "Straße, Größe, Äpfel: schreibe die Wörter in Großbuchstaben.",
    "東京の天気はどうですか?",
    "请把这句话翻译成英文。",
    "Сколько стоит билет до Москвы?",
    "🎉🎉 happy birthday!! 🎂",
    "naïve café résumé coöperate",
    "def add(a: int, b: int) -> int:\n    return a + b\n\nWhy does this raise a TypeError?",
    '{"role": "user", "items": [1, 2, 3], "nested": {"ok": true, "price": 19.99}}',
    "SELECT name, COUNT(*) FROM orders WHERE total > 100 GROUP BY name HAVING COUNT(*) >= 2;",
    "https://example.com/docs?page=2&sort=asc#install",
    "tabs\tand\nnewlines   and  runs of   blanks",
    "pneumonoultramicroscopicsilicovolcanoconiosis antidisestablishmentarianism",
    "Summarise the following in one sentence. " + _LONG_PARAGRAPH,
    _LONG_PARAGRAPH * 2 + "When does the ferry leave?",
    _LONG_PARAGRAPH * 3,
    "How many passengers are pupils? " + _LONG_PARAGRAPH * 6,
    "word " * 400,
)
