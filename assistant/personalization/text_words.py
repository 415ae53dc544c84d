"""Word lists behind the text features: small, English, written for this project.

Each list names a habit of style that people are known to care about, not a judgement. Words are in
lower case with straight apostrophes; phrases are matched at word boundaries. In another language
these features are zero for every reply and so say nothing; the rest of the features still do.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    """The words of a block of text."""
    return frozenset(text.split())


def _phrases(*phrases: str) -> re.Pattern[str]:
    """One pattern for any of the phrases, case ignored."""
    return re.compile(r"\b(?:" + "|".join(phrases) + r")\b", re.IGNORECASE)


FUNCTION = _words(
    "the a an of to in on at by for with from as and or but nor so if then than that this these "
    "those it its is are was were be been being am do does did has have had will would can could "
    "shall should may might must not no he she they him her them his hers their i me my we us our "
    "you your which who whom what when where how why there here into onto over under about after "
    "before between through during up down out off"
)
HEDGES = _words(
    "maybe perhaps possibly probably likely might could may seems seem seemed appears appear "
    "apparently somewhat roughly approximately around generally usually often sometimes typically "
    "tends tend suggest suggests partly relatively arguably presumably almost"
)
FORMAL = _words(
    "moreover furthermore consequently therefore thus hence nevertheless nonetheless additionally "
    "accordingly whereas thereby regarding concerning subsequently ultimately notably however "
    "upon utilize facilitate demonstrate enhance numerous various sufficient"
)
FIRST = _words("i me my mine myself i'm i've i'd i'll")
READER = _words("you your yours yourself you're you've you'll you'd")
PAST = _words(
    "was were had did said went came took made saw knew thought felt told found left kept held "
    "began stood ran sat fell brought heard met gave got lay wore spoke"
)
WARM = _words(
    "thanks thank glad happy hope please welcome sorry enjoy wonderful great love lovely friend "
    "congratulations appreciate delighted luck hello hi dear kind care feel understand"
)
ORNATE = _words(
    "tapestry testament symphony dance danced dancing whisper whispers whispered whispering echo "
    "echoes echoed echoing shimmer shimmering glisten glistening bathed cascading delicate "
    "intricate vibrant myriad realm palpable lingering lingered unspoken ethereal gossamer "
    "kaleidoscope labyrinth beacon ephemeral bittersweet poignant profound timeless boundless "
    "relentless fleeting serene tranquil enigmatic mesmerizing captivating rich lush gentle soft "
    "softly quiet quietly silent silence shadow shadows golden faint hum hung woven weave weaving "
    "etched tinged laced amidst mere merely sense weight dull sharp shared fragile tender "
    "interplay resonate resonates resonated embrace embraced embracing navigate navigating journey "
    "landscape delve underscore underscores foster fosters transform transforms transforming"
)
CLICHES = _phrases(
    r"a sense of",
    r"a mix of",
    r"a blend of",
    r"a testament to",
    r"in the air",
    r"hung heavy",
    r"(?:the )?weight of",
    r"seemed to",
    r"couldn't help but",
    r"little did \w+ know",
    r"a reminder (?:of|that)",
    r"at the end of the day",
    r"for the first time in",
    r"in that moment",
    r"in the end",
    r"sent shivers",
    r"time stood still",
    r"the world around",
    r"more than just",
    r"plays? a (?:key|crucial|vital|significant) role",
    r"it is important to",
    r"it's important to",
    r"in today's",
    r"when it comes to",
    r"unlock\w* the",
    r"dive into",
    r"deep breath",
    r"heart (?:raced|pounded|ached|sank)",
    r"eyes (?:widened|sparkled|glinted|gleamed)",
)
COMPARISONS = _phrases(
    r"as if", r"as though", r"much like", r"reminiscent of", r"like (?:a|an|the)", r"akin to"
)
CONTRASTS = _phrases(
    r"not (?:just|only|merely|simply)",
    r"(?:isn't|wasn't|weren't|aren't|doesn't|didn't) (?:just|only|merely|simply)",
    r"rather than",
    r"instead of",
    r"on the other hand",
)
EXAMPLES = _phrases(r"for example", r"for instance", r"such as", r"e\.g", r"imagine", r"consider")
CLOSINGS = _phrases(
    r"in conclusion",
    r"in summary",
    r"to sum up",
    r"overall",
    r"let me know",
    r"i hope (?:this|that)",
    r"feel free",
    r"if you (?:have|need|would like)",
)
DECLINES = _phrases(
    r"as an ai",
    r"language model",
    r"i (?:cannot|can't|am unable|am not able|don't have)",
    r"i apologi[sz]e",
    r"i'm sorry",
    r"i am sorry",
)
PREAMBLE = re.compile(
    r"\s*(?:sure|certainly|of course|absolutely|great question|here(?:'s| is| are)|okay|ok\b|"
    r"thank you|i(?:'d| would) be happy|yes, i can|as an ai)",
    re.IGNORECASE,
)
ABSTRACT_ENDINGS = ("ness", "tion", "sion", "ment", "ity", "ance", "ence", "ism", "tude")
