"""The conversation that generation is measured on: about 1,200 tokens, written for this purpose."""

from __future__ import annotations

from assistant.generation.backend import Turn

SYSTEM = "You are a kind and well-informed assistant who writes clear replies."

EXCHANGES = (
    (
        "I have just moved to a flat with a small balcony that faces east. I would like to grow "
        "something to eat on it, but I have never kept a plant alive for more than a month. "
        "Where should I begin, and what should I buy before the first weekend?",
        "An east-facing balcony is a good place to begin: the morning sun is bright but mild, "
        "so that young plants rarely scorch, and the afternoon shade keeps the soil from drying "
        "out while you are at work. Start with three kinds of plant that forgive mistakes. "
        "Chives grow back each time they are cut, cherry radishes are ready in a month, and "
        "loose-leaf lettuce can be picked leaf by leaf for weeks. For the first weekend you "
        "need two long boxes with holes in the bottom, a saucer for each, a large bag of "
        "potting soil without extra fertiliser, a small watering can with a rose, and one "
        "packet of seed of each plant. Put a finger into the soil every morning: water only if "
        "the first joint comes out dry. More balcony plants drown than die of thirst, and a "
        "simple rule protects you from both.",
    ),
    (
        "That sounds possible. My neighbour downstairs is worried about water dripping onto her "
        "table, and the landlord says nothing may hang outside the railing. How do I keep both "
        "of them happy without giving up half of the space?",
        "Keep everything inside the railing and lift it off the floor. A narrow plant stand "
        "with three steps takes up about as much room as a chair and holds four boxes. Each box "
        "stands in a deep saucer, and under the whole stand goes a boot tray, the kind people "
        "keep in the hall for wet shoes; it catches what the saucers miss. Water slowly and in "
        "two rounds, ten minutes apart: dry soil lets the first water run straight through, but "
        "once it is moist it holds the second. If you water in the evening, the saucers are "
        "empty again by morning, and so are your neighbour's complaints. You might also bring "
        "her the first bunch of chives. People forgive a drop of water from somebody whose "
        "herbs they have eaten. Tell the landlord in one sentence that nothing is fixed to the "
        "building and that all of it can be carried indoors in ten minutes, which is also what "
        "you should do when a storm comes.",
    ),
    (
        "Good idea with the boot tray. Now the seeds: do I put them all into the soil on the "
        "same day? And how will I know which of the green tips is a weed and which is a radish?",
        "Sow in small portions, a fortnight apart, or you will have forty radishes on one day "
        "and none for the rest of the summer. Draw a shallow line with a pencil, as deep as the "
        "seed is thick, drop one seed every two fingers, cover it lightly and press the soil "
        "down with the flat of your hand. Write the name and the date on a wooden stick at the "
        "end of the line. That line is also the answer to your second question: what comes up "
        "in a row is yours, what comes up anywhere else is a guest. Radishes show two heart- "
        "shaped leaves after four or five days, lettuce two small pale ovals after a week, and "
        "chives look like a bent blade of grass that still carries its seed on the tip; they "
        "take two weeks or longer, so be patient with them. When the seedlings touch each "
        "other, cut every second one off with scissors rather than pulling it, because pulling "
        "disturbs the roots of its neighbour. You can eat what you cut; it tastes like the "
        "grown plant, only milder.",
    ),
    (
        "It worked! Three weeks later I have radishes, and the lettuce is thick. But something "
        "eats small round holes into the leaves, and some of the radishes have split. What went "
        "wrong?",
        "Nothing that will spoil your lunch. Small round holes in the leaves of radishes are "
        "almost always flea beetles, shiny black dots that jump when you touch the plant. They "
        "love dry and warm soil, so the first remedy is to keep the surface moist and to lay a "
        "piece of thin curtain over the box until the plants are larger; the holes do no harm "
        "to the roots. Split radishes have a different cause: they stood dry for some days and "
        "then got a lot of water at once, and the inside grew faster than the skin. Water a "
        "little less, but every day, and pull each radish as soon as its shoulder looks out of "
        "the soil and is as wide as your thumb. If you wait longer they turn woolly and sharp. "
        "The lettuce will go on for a month if you always leave the four youngest leaves in the "
        "middle of each plant.",
    ),
    (
        "We ate the first bowl on the balcony yesterday. Now I am tempted by tomatoes. Is it "
        "too late in June, and can they live in the same boxes as the lettuce?",
        "It is too late to sow tomatoes in June, but not too late to plant them: markets sell "
        "sturdy young plants until the end of the month, and they are often cheaper then. "
        "Choose a bush variety that stays below your knee and needs no stick. Do not put it "
        "into the boxes, because a tomato drinks as much as all of the lettuce together and "
        "would leave nothing for it. Give it a bucket of its own with ten holes in the bottom, "
        "at the sunniest end of the balcony, and bury the stem up to the first pair of leaves, "
        "for it will grow roots along all of the buried part. Feed it once a week as soon as "
        "the first flowers open, and shake the plant gently at noon on days without wind, since "
        "up there few bumblebees will do it for you.",
    ),
)

QUERY = (
    "I shall be away for nine days in July, when it is hottest, and nobody has my key. What can "
    "I do so that the boxes survive?"
)

REPLY = (
    "Nine days are within reach if you prepare the boxes the evening before. Water them until the "
    "saucers stay full, pick everything that is ripe, and move the stand to the back wall, where "
    "it has shade from ten o'clock on. Then lay a finger's breadth of straw on the soil and let a "
    "cotton cord run from a covered bucket of water into each box."
)

NEXT_QUERY = "What should I sow when I am back in August?"

GUIDANCE = (
    "(Be brief. Mention tea and tea drinking.)",
    "(Write step by step. Bring in baking and ovens.)",
    "(Be playful. Refer to football and fair play.)",
)


def cold_turns() -> tuple[Turn, ...]:
    """The conversation up to the query, as it is when the program has just been started."""
    turns = [Turn("system", SYSTEM)]
    for query, reply in EXCHANGES:
        turns += [Turn("user", query), Turn("assistant", reply)]
    return (*turns, Turn("user", QUERY))


def read_turns() -> tuple[Turn, ...]:
    """The same with the chosen reply: what is evaluated while the user reads."""
    return (*cold_turns(), Turn("assistant", REPLY))


def warm_turns() -> tuple[Turn, ...]:
    """The same with the next query."""
    return (*read_turns(), Turn("user", NEXT_QUERY))
