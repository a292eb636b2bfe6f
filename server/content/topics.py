"""Topics among themselves: which go together, and how the vendor's API tells of them (platform.md 3.7).

Two topics go together as far as documents about the one are about the other too:

    share(a, b) = sum over documents of min(relevance a, relevance b) / sum over documents of relevance a

which is 1 when every document about `a` is about `b` at least as much. Of a document its `MOST` first topics count.
"""

from collections.abc import Iterable, Mapping
from itertools import islice, permutations

from understudy.server.content.catalog import Catalog
from understudy.server.content.document import ContentDocument, Topics

MOST = 20
LOW, HIGH = 0.3, 0.6  # the vendor's buckets of affinity

Together = Mapping[str, Mapping[str, float]]


def together(every: Iterable[Topics]) -> Together:
    """Topic to the topics that go with it, each with its share."""
    whole: dict[str, float] = {}
    common: dict[str, dict[str, float]] = {}
    for topics in every:
        counted = dict(islice(((name, value) for name, value in topics.items() if value > 0), MOST))
        for name, value in counted.items():
            whole[name] = whole.get(name, 0.0) + value
        for one, other in permutations(counted, 2):
            found = common.setdefault(one, {})
            found[other] = found.get(other, 0.0) + min(counted[one], counted[other])
    return {one: {other: value / whole[one] for other, value in found.items()} for one, found in common.items()}


def taxonomy(catalog: Catalog) -> dict[str, object]:
    """Topics as the nodes of a graph; a link's `value` is how many documents are about both of its ends."""
    counts: dict[str, int] = {}
    links: dict[tuple[str, str], int] = {}
    for document in catalog.documents:
        names = sorted(islice(document.topics, MOST))
        for name in document.topics:
            counts[name] = counts.get(name, 0) + 1
        for index, one in enumerate(names):
            for other in names[index + 1 :]:
                links[one, other] = links.get((one, other), 0) + 1
    nodes = [{"name": name, "doc_count": count} for name, count in sorted(counts.items())]
    place = {node["name"]: index for index, node in enumerate(nodes)}
    found = [{"source": place[one], "target": place[other], "value": value} for (one, other), value in links.items()]
    return {"n": len(nodes), "nodes": nodes, "links": found}


def rollups(account: str, groups: Mapping[str, Mapping[str, float]]) -> list[dict[str, object]]:
    """The groups of topics, by name, which is their id too."""
    return [
        {
            "id": name,
            "acctid": account,
            "label": name,
            "topics": [{"label": topic, "value": weight} for topic, weight in group.items()],
        }
        for name, group in sorted(groups.items())
    ]


def about(catalog: Catalog, topic: str) -> list[ContentDocument]:
    """The documents about a topic, in whatever case it is written, the most relevant first."""
    wanted = topic.casefold()
    found = [(relevance_of(document, wanted), document) for document in catalog.documents]
    ordered = sorted(found, key=lambda item: (-item[0], item[1].address))
    return [document for relevance, document in ordered if relevance > 0]


def relevance_of(document: ContentDocument, topic: str) -> float:
    """How much a document is about a topic, given in folded case."""
    return max((value for name, value in document.topics.items() if name.casefold() == topic), default=0.0)


def spread(affinities: Iterable[float]) -> dict[str, float]:
    """How visitors' affinities to a topic are spread over the vendor's buckets; 0 is `missing`."""
    values = list(affinities)
    present = [value for value in values if value > 0]
    return {
        "total": len(values),
        "missing": len(values) - len(present),
        "present": len(present),
        "bucket_none": len(values) - len(present),
        "bucket_low": sum(value < LOW for value in present),
        "bucket_mid": sum(LOW <= value <= HIGH for value in present),
        "bucket_high": sum(value > HIGH for value in present),
        "avg": round(sum(present) / len(present), 6) if present else 0,
    }
