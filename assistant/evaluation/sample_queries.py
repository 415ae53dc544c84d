"""A hundred and fifty everyday queries in three topics, made from short forms; a pure function."""

from __future__ import annotations

# Each topic: subjects, and forms to put them into.
_TOPICS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        (
            "a project deadline",
            "a job interview",
            "a difficult colleague",
            "a budget report",
            "a team meeting",
            "a slow database",
            "a customer complaint",
            "a marketing plan",
            "a performance review",
            "an office contract",
        ),
        (
            "How should I prepare for {} at work?",
            "Write a short e-mail to my manager about {}.",
            "What mistakes do employees make with {}?",
            "List five steps for handling {} in a company.",
            "Summarise what matters most in business about {}.",
        ),
    ),
    (
        (
            "vegetable soup",
            "a leaking tap",
            "a birthday dinner",
            "bread dough",
            "a small balcony garden",
            "stained laundry",
            "leftover rice",
            "a crowded kitchen cupboard",
            "a creaking wooden floor",
            "houseplants in winter",
        ),
        (
            "Give me a simple plan for {} at home this weekend.",
            "What do I need to buy for {}?",
            "My family asks about {}; how do I explain it?",
            "What is the easiest way to deal with {} in the house?",
            "Tell me a household trick for {}.",
        ),
    ),
    (
        (
            "the mountains of Peru",
            "the night train to Vienna",
            "an island in Greece",
            "the old town of Kyoto",
            "a national park in Kenya",
            "the coast of Norway",
            "the desert of Morocco",
            "a cycling trip through France",
            "the rain forest of Borneo",
            "the lakes of Canada",
        ),
        (
            "Plan three days of holiday in or on {}.",
            "Write a story that takes place in or on {}.",
            "What should a traveller pack for {}?",
            "Which season is best to visit {}?",
            "Describe to a tourist what makes {} special.",
        ),
    ),
)


def sample_queries() -> tuple[tuple[str, int], ...]:
    """Each query with the number of its topic; forms alternate so that any stretch has all."""
    forms = len(_TOPICS[0][1])
    subjects = len(_TOPICS[0][0])
    return tuple(
        (shapes[(i + j) % forms].format(names[j]), topic)
        for i in range(forms)
        for j in range(subjects)
        for topic, (names, shapes) in enumerate(_TOPICS)
    )
