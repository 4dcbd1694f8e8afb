"""app.core.files: a file that is on its way in."""

from pathlib import Path

import pytest

from app.core.files.draft import PART
from app.core.files.store import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """A store of one test."""
    return FileStore(tmp_path)


class TestDraft:
    def test_is_not_there_before_it_is_kept(self, store: FileStore) -> None:
        draft = store.draft()
        draft.write(b"hello")
        assert store.find(draft.stored_name) is None

        draft.keep()
        draft.close()

        assert store.path_of(draft.stored_name).read_bytes() == b"hello"
        assert store.names() == [draft.stored_name]

    @pytest.mark.parametrize("is_kept", [False, True])
    def test_discarded(self, store: FileStore, *, is_kept: bool) -> None:
        draft = store.draft()
        draft.write(b"hello")
        if is_kept:
            draft.keep()

        draft.discard()
        draft.close()

        assert store.names() == []


class TestClaim:
    def test_not_while_it_is_on_its_way(self, store: FileStore) -> None:
        draft = store.draft()
        assert store.claim(draft.stored_name + PART) is None

        draft.keep()
        assert store.claim(draft.stored_name) is None

        draft.close()
        claim = store.claim(draft.stored_name)
        assert claim is not None
        claim.close()

    def test_one_at_a_time(self, store: FileStore) -> None:
        store.path_of("a").touch()
        first = store.claim("a")
        assert first is not None

        assert store.claim("a") is None

        first.remove()
        first.close()
        assert store.claim("a") is None
