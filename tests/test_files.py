"""Files that are whole or not there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.files import replace_whole, replacement


def test_a_file_is_as_open_as_any_other_of_the_users(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    replace_whole(tmp_path / "ours", b"x")
    assert {path.name for path in tmp_path.iterdir()} == {"plain", "ours"}
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_the_mask_which_all_threads_share_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    masks: list[int] = []
    monkeypatch.setattr("os.umask", masks.append)  # no other thread can be made to look just in the moment between
    replace_whole(tmp_path / "ours", b"x")
    assert masks == []


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "there")
    replace_whole(tmp_path / "link", b"x")
    assert (tmp_path / "link").is_symlink()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"link": b"x", "there": b"x"}


def test_what_is_written_piece_by_piece_is_there_at_the_end_and_what_breaks_off_is_not(tmp_path: Path) -> None:
    (tmp_path / "ours").write_bytes(b"old")
    with pytest.raises(TypeError), replacement(tmp_path / "ours") as part, part.open("wb") as file:
        file.writelines([b"half", None])  # type: ignore[list-item]  # it breaks off here
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"ours": b"old"}
    with replacement(tmp_path / "ours") as part:
        part.write_bytes(b"new")
        assert (tmp_path / "ours").read_bytes() == b"old"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"ours": b"new"}
