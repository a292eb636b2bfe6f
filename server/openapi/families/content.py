"""Recommendations and the rest of the content API (platform.md 3.7)."""

from understudy.server.content.corpus import LARGEST, MOST
from understudy.server.content.parameters import DEFAULT_LIMIT, LONGEST_QL
from understudy.server.content.parameters import MOST as MOST_DOCUMENTS
from understudy.server.content.ranking import RANKS
from understudy.server.openapi.families.collection import CALLBACK
from understudy.server.openapi.families.scripts import SCRIPT
from understudy.server.openapi.parts import (
    COUNT,
    JSON,
    MOMENT,
    NUMBER,
    OBJECT,
    TEXT,
    TEXTS,
    YES_OR_NO,
    Answer,
    Family,
    Operation,
    Parameter,
    choice,
    envelope,
    json_body,
    listing,
    mapping,
    names,
    ref,
    such_as,
    text,
    thing,
    told,
    whole,
    yes,
)

DOCUMENT = thing(
    url=TEXT, title=TEXT, description=TEXT, primary_image=TEXT, imageurls=TEXTS, author=TEXT, id=TEXT, path=TEXTS,
    topics=TEXTS, topic_relevances=mapping(NUMBER), created=MOMENT, updated=MOMENT, fetched=MOMENT,
)  # fmt: skip
RECOMMENDED = {
    "allOf": [ref("Document"), thing(confidence=NUMBER, visited=YES_OR_NO, visitrate={"type": ["number", "null"]})]
}
FOUND = thing(total=COUNT, urls=listing(ref("Document")))
ACCOUNTS = (text("account", "The account, where it is named."), text("account_id", "The same."))
SHARE = {**NUMBER, "minimum": 0, "maximum": 1, "default": 1}
WANTED = (
    whole("limit", 1, MOST_DOCUMENTS, DEFAULT_LIMIT, "How many documents."),
    choice("rank", ("", *RANKS), "What comes first.", "affinity"),
    yes("shuffle", "In no order."),
    yes("visited", "Those too that the visitor has seen.", default=True),
    text("contentsegment", "A collection."),
    text("collection", "The same."),
    text("ql", "FilterQL over documents.", maxLength=LONGEST_QL),
    text("contentsegments", "Collections made up for this, as JSON.", maxLength=LONGEST_QL),
    text("topics", "A topic that they are about."),
    text("rollups", "A group of topics."),
    Parameter("from", such_as("now-30d"), "Published since."),
    Parameter("to", such_as("2026-12-31"), "Published until."),
    text("path", "How their paths begin."),
    text("domain", "Their host."),
    text("url", "The page that the visitor is on, which is not recommended."),
    *ACCOUNTS,
)
VISITOR = {"field": such_as("_uid"), "value": such_as("u1"), "account": such_as("storefront")}
FAILS = (422, 429, 503)
DOCUMENTS = told(listing(RECOMMENDED), "The best first.")
POSTED = listing({"anyOf": [TEXT, {**OBJECT, "required": ["url"]}]})
BASE = "/api/content"
SENT = ["shop.example/mugs", {"url": "/jugs.html", "title": "Jugs", "topics": {"Jugs": 0.8}}]

CONTENT = Family(
    "Content",
    "Documents and their topics, and which to recommend to whom.",
    {
        f"GET {BASE}/recommend/{{account}}/user/{{field}}/{{value:path}}": Operation(
            {200: Answer({JSON: envelope(listing(RECOMMENDED)), SCRIPT: TEXT}, "The best first.")},
            (*WANTED, CALLBACK),
            fails=(403, *FAILS),
            path=VISITOR,
            guarded=False,
        ),
        f"GET {BASE}/recommend/user/{{field}}/{{value:path}}": Operation(DOCUMENTS, WANTED, fails=FAILS, path=VISITOR),
        f"GET {BASE}/recommend/segment/{{segment}}": Operation(
            DOCUMENTS, WANTED, fails=FAILS, path={"segment": such_as("all")}
        ),
        f"GET {BASE}/doc": Operation(told(FOUND), (names("urls", "Their addresses."), *ACCOUNTS), fails=(503,)),
        f"POST {BASE}/corpus": Operation(
            told(FOUND),
            ACCOUNTS,
            json_body({**POSTED, "maxItems": MOST}, LARGEST, "Addresses and documents.", example=SENT),
            (503,),
        ),
        f"POST {BASE}/doc/hashedurl/{{hash}}/topic/{{topic:path}}": Operation(
            told(ref("Document")),
            (
                Parameter("relevance", SHARE, "How much it is about that."),
                *ACCOUNTS,
            ),
            fails=(413, 503),
        ),
        f"GET {BASE}/topic/{{topic:path}}": Operation(
            told(thing(topics=OBJECT, docs=FOUND)), ACCOUNTS, fails=(503,), path={"topic": such_as("Mugs")}
        ),
        f"GET {BASE}/taxonomy": Operation(
            told(thing(n=COUNT, nodes=listing(thing(name=TEXT, doc_count=COUNT)), links=listing(OBJECT))),
            ACCOUNTS,
            fails=(503,),
        ),
        f"GET {BASE}/topicrollup": Operation(
            told(listing(thing(id=TEXT, acctid=TEXT, label=TEXT, topics=listing(OBJECT)))), ACCOUNTS, fails=(503,)
        ),
    },
    {"Document": DOCUMENT},
)
