"""The walk through the sample ``articles``. It leaves one that is published, and a draft."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.harness.walk import Walker

ARTICLES: Final = "/api/v1/articles"
PROFILES: Final = "/api/v1/profiles"
PENS: Final = f"{ARTICLES}/on-pens"
AT_ONCE: Final = 10


def walk_guarded_articles(_: Walker, anybody: Walker) -> None:
    """Nobody reads or writes without a credential, whatever else is wrong."""
    for path in (ARTICLES, PENS, f"{PROFILES}/ada", "/api/v1/tags", "/api/v1/feed"):
        anybody.expect(401, "GET", path)
    anybody.expect(401, "POST", ARTICLES, {"title": ""})
    anybody.expect(401, "PUT", f"{PENS}/favourite")


def walk_articles(admin: Walker) -> None:
    """From a handle to an article that was deleted and came back."""
    body = {"title": "On Pens", "tags": ["ink"], "is_published": True}
    assert admin.expect(409, "POST", ARTICLES, body).json()["code"] == "profile_required"
    admin.expect(200, "PUT", f"{PROFILES}/me", {"handle": "ada"})
    added = admin.expect(201, "POST", ARTICLES, body)
    assert added.headers["location"] == PENS
    assert admin.expect(409, "POST", ARTICLES, body).json()["code"] == "slug_taken"
    admin.expect(201, "POST", ARTICLES, {"title": "Draft", "tags": ["ink", "plan"]})
    admin.expect(422, "POST", ARTICLES, {"title": " "})
    walk_change(admin, added.headers["etag"])
    walk_at_once(admin)
    walk_restored(admin)


def walk_change(admin: Walker, known: str) -> None:
    """Only whoever knows its state may change it."""
    admin.expect(428, "PATCH", PENS, {"summary": "Blue"})
    admin.expect(412, "PATCH", PENS, {"summary": "Blue"}, if_match='"7"')
    changed = admin.expect(200, "PATCH", PENS, {"tags": ["art", "ink"]}, if_match=known).json()
    assert changed["tags"] == ["art", "ink"], f"PATCH made {changed}"
    assert slugs(admin, "tag=ink&without_tag=plan") == ["on-pens"]


def walk_at_once(admin: Walker) -> None:
    """Many readers at once: each is counted, and what is said twice is said once."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for method, part in (("POST", "views"), ("PUT", "favourite")):
            sent = [
                threads.submit(admin.expect, 204, method, f"{PENS}/{part}") for _ in range(AT_ONCE)
            ]
            for each in sent:
                each.result()
    shown = admin.expect(200, "GET", PENS).json()
    counts = (shown["views"], shown["popularity"]["favourites"])
    assert counts == (AT_ONCE, 1), f"{AT_ONCE} readers made {shown}"


def walk_restored(admin: Walker) -> None:
    """What is deleted is gone from every way in, and comes back with all that it had."""
    admin.expect(201, "POST", f"{PENS}/comments", {"body": "Yes"})
    before = admin.expect(200, "GET", PENS).json()
    admin.expect(204, "DELETE", PENS, if_match="*")
    admin.expect(404, "GET", PENS)
    admin.expect(404, "POST", f"{PENS}/comments", {"body": "No"})
    assert slugs(admin, "favourite_of=ada") == slugs(admin, "published=true") == []
    after = admin.expect(200, "POST", f"{PENS}/restore").json()
    admin.expect(404, "POST", f"{PENS}/restore")
    assert after["popularity"] == before["popularity"], f"{before} came back as {after}"


def walk_others_articles(admin: Walker, other: Walker) -> None:
    """Drafts are not there for others, what is published is not theirs, and the feed has it."""
    other.expect(409, "PUT", f"{PROFILES}/me", {"handle": "ada"})
    other.expect(200, "PUT", f"{PROFILES}/me", {"handle": "bob"})
    other.expect(404, "GET", f"{ARTICLES}/draft")
    assert slugs(other, "") == ["on-pens"]
    other.expect(403, "PATCH", PENS, {"title": "Mine"}, if_match="*")
    other.expect(204, "PUT", f"{PROFILES}/ada/follow")
    feed = other.expect(200, "GET", "/api/v1/feed?size=1").json()
    assert [each["slug"] for each in feed["items"]] == ["on-pens"], f"the feed is {feed}"
    tags = other.expect(200, "GET", "/api/v1/tags").json()["items"]
    assert {"name": "ink", "articles": 1} in tags, f"the tags are {tags}"
    reach = admin.expect(200, "GET", f"{PROFILES}/ada").json()["reach"]
    assert reach["followers"] == 1, f"ada reaches {reach}"


def slugs(walker: Walker, query: str) -> list[str]:
    """List slugs, the newest first."""
    answer = walker.expect(200, "GET", f"{ARTICLES}?{query}")
    return [each["slug"] for each in answer.json()["items"]]
