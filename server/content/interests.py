"""A visitor's affinity to topics, from the pages they have seen (platform.md 3.7).

The vendor's formula is UNKNOWN; this one is of our own making. A view of a document brings the affinity to each of its
topics nearer to 1, by half of the topic's relevance in it:

    affinity(topic) = 1 - product over the documents seen of (1 - relevance / 2) ** views

So it lies between 0 and 1, more views never lower it, and their order does not matter. One view of a page that is all
about a topic gives 0.5 (the vendor's bucket "some", 0.3 to 0.6), two give 0.75 ("high"). A persona may state
`lytics_content` outright, which then counts for the topics that it names.
"""

from collections.abc import Iterable, Mapping

from understudy.server.content.document import ContentDocument
from understudy.server.platform.filterql.values import to_number

STATED = "lytics_content"
STEP = 0.5


def interests(
    documents: Iterable[ContentDocument], views: Mapping[str, float], stated: object = None
) -> dict[str, float]:
    """Affinity by topic, from `views` by a document's address and from what the profile states."""
    far: dict[str, float] = {}
    for document in documents:
        if count := views.get(document.address, 0):
            for topic, relevance in document.topics.items():
                rest = 1 - relevance * STEP
                far[topic] = far.get(topic, 1.0) * (rest if count == 1 else rest**count)
    return {**{topic: 1 - rest for topic, rest in far.items()}, **stated_values(stated)}


def stated_values(stated: object) -> dict[str, float]:
    """What a profile states of its topics: numbers (as texts too) brought between 0 and 1; all else is passed over."""
    if not isinstance(stated, Mapping):
        return {}
    numbers = ((str(topic), to_number(value)) for topic, value in stated.items())
    return {topic: float(min(max(value, 0), 1)) for topic, value in numbers if value is not None}


def rolled_up(topics: Mapping[str, float], groups: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """How much each group of topics is liked, or a document is about it: its highest topic by its weight for that."""
    found = {
        name: max((topics.get(topic, 0.0) * weight for topic, weight in group.items()), default=0.0)
        for name, group in groups.items()
    }
    return {name: value for name, value in found.items() if value}
