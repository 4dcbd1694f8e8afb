"""The walk through the sample ``predict``, on the model server that the service brings."""

from typing import Final

from tests.harness.walk import Walker

PREDICTIONS: Final = "/api/v1/predictions"
TEXT: Final = {"text": "one two three"}
STREAM: Final = [
    'event: piece\ndata: {"text":"three "}',
    'event: piece\ndata: {"text":"two "}',
    'event: piece\ndata: {"text":"one"}',
    "event: done\ndata: {}",
    "",
]


def walk_predictions(walker: Walker) -> None:
    """A whole answer, a stream, a file, and what is refused."""
    whole = walker.expect(200, "POST", PREDICTIONS, TEXT).json()
    assert whole == {"text": "three two one"}, f"the model said {whole}"
    stream = walker.expect(200, "POST", PREDICTIONS, TEXT, accept="text/event-stream")
    assert stream.text.split("\n\n") == STREAM, f"the stream is {stream.text!r}"
    of_file = walker.client.post(PREDICTIONS, files={"file": ("a.txt", b"one two")})
    assert of_file.json() == {"text": "two one"}, f"of a file it said {of_file.text}"
    for headers in ({}, {"accept": "text/event-stream"}):
        refused = walker.expect(422, "POST", PREDICTIONS, {"text": "refuse this"}, **headers)
        assert refused.json()["code"] == "input_refused", f"422 with {refused.json()}"
    invalid = walker.expect(422, "POST", PREDICTIONS, {"text": ""}).json()
    assert invalid["errors"][0]["location"] == ["body", "text"], f"422 names {invalid['errors']}"


def walk_guarded_predictions(_: Walker, anybody: Walker) -> None:
    """Nobody asks the model without a credential, whatever else is wrong."""
    anybody.expect(401, "POST", PREDICTIONS, {"text": ""})
