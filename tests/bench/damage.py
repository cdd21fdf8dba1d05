"""One flipped bit at a time in every kind of file of a library. `python -m tests.bench.damage FLIPS SEED [FILE]`.

After each flip the same command runs as a user would run it, the advice of its messages is followed, and it runs once
more. A flip is *noticed* if a command or the desk says so, *harmless* if nothing that anybody sees differs, and *wrong*
otherwise.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import codec
from pipeline.app.wiring import Tadwin, make_desk
from pipeline.cli.main import app
from pipeline.errors import PipelineError
from pipeline.review.edits import Edit, EditAction
from pipeline.settings import LibrarySettings, Settings
from pipeline.store.library import CHECKSUMS
from pipeline.store.library import Library as Store
from pipeline.types.review import Decision, QueueFilter
from tests.bench import talks
from tests.fakes.scripts import TALK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.review.desk import Desk

LINES = [line for _, lines in TALK for line in lines]
TALKS = 3
ARTICLES, MINUTES = 2000, 10
"""Of the library whose articles are checked."""
UNREAD = (".lock", "-shm")
"""Ends of the names of files whose content is not kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one flip."""

    kind: str
    """What the file is, as a pattern of its path."""
    offset: int
    noticed: bool
    trouble: str
    """Why it is wrong; empty if it is not."""
    said: str


def make(folder: Path) -> None:
    """A library of a few talks, one of them too short, with decisions, an approved article and a glossary."""
    talks = folder / "talks"
    talks.mkdir(parents=True)
    for number in range(TALKS + 1):
        lines = [*LINES[number:], *LINES[:number]] if number < TALKS else LINES[:1]
        cues = (
            f"{n}\n00:0{n // 6}:{n % 6}0,000 --> 00:0{n // 6}:{n % 6}9,000\n{line}\n" for n, line in enumerate(lines)
        )
        (talks / f"talk{number}.srt").write_text("\n".join(cues), encoding="utf-8")
        about = {"id": f"talk_{number:06}", "title": f"حديث النهر {number}", "channel": "قناة"}
        (talks / f"talk{number}.info.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "config.toml").write_text("[text]\nminimum_words = 20\n")
    run(folder, "batch")
    with opened_desk(folder) as desk:
        first, second, *_ = desk.articles.queue(QueueFilter()).rows
        for row in (first, second):
            desk.edit(row.id, row.draft, Edit("title", EditAction.WRITE, f"عنوان آخر {row.id}"))
            desk.decide(row.id, desk.articles.open(row.id).digest, Decision.APPROVE)
        desk.export(first.id, desk.articles.open(first.id).digest)
        desk.correct(first.id, "الأناضول", "الاناضول")
    run(folder, "batch")


@contextlib.contextmanager
def opened_desk(folder: Path) -> Iterator[Desk]:
    """The review desk, whose index is closed at the end."""
    desk = make_desk(Settings(library=LibrarySettings(str(folder / "out"))))
    yield desk
    del desk
    gc.collect()


def run(folder: Path, *command: str) -> tuple[str, str]:
    """What a command prints, and the traceback that it ends in, if it does."""
    said = io.StringIO()
    arguments = [*command, *([str(folder / "talks")] if command == ("batch",) else [])]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            app(
                [*arguments, "--library", str(folder / "out"), "--config", str(folder / "config.toml")],
                standalone_mode=False,
            )
        except PipelineError as error:
            print(f"tadwin: {error}\n  {error.hint}")
        except Exception:  # noqa: BLE001 - what this looks for
            return said.getvalue(), traceback.format_exc(limit=-2)
    return said.getvalue(), ""


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file that readers see, and what the desk and `repair` read."""
    library = folder / "out"
    parts = ("articles", "series")
    return {
        str(p.relative_to(library)): p.read_bytes() for part in parts for p in sorted((library / part).rglob("*.*"))
    }


def desk_view(folder: Path) -> tuple[Any, str, str]:
    """What the desk shows of every article, what it says of damage, and the traceback it ends in."""
    shown: dict[str, object] = {}
    said: list[str] = []
    try:
        with opened_desk(folder) as desk:
            rows = desk.articles.queue(QueueFilter()).rows
            said += [f"{name} is damaged" for name in desk.articles.unreadable]
            for row in rows:
                shown[row.id] = replace(row, folder="")
                try:
                    review = desk.articles.open(row.id)
                    shown[row.id] = (row, codec.digest(review.article), review.history.events, review.terms)
                    said += [f"{review.history.damaged} lines damaged"] * bool(review.history.damaged)
                    for number in range(len(review.history.events) + 1):
                        shown[f"{row.id} {number}"] = tuple(map(codec.digest, desk.past(row.id, number)))
                except PipelineError as error:
                    said.append(f"{error}. {error.hint}")
    except PipelineError as error:
        said.append(f"{error}. {error.hint}")
    except Exception:  # noqa: BLE001 - what this looks for
        return shown, "\n".join(said), traceback.format_exc(limit=-2)
    return shown, "\n".join(said), ""


@dataclass(frozen=True, slots=True)
class Library:
    """A library as it should be, and a copy to damage."""

    whole: Path
    copy: Path
    files: dict[str, bytes]
    status: str
    shown: Any

    @classmethod
    def made_in(cls, folder: Path) -> Library:
        """Make one; the copy lies where it was made, since its database knows the paths of caption files."""
        copy, whole = folder / "copy", folder / "whole"
        make(copy)
        shown, said, _ = desk_view(copy)
        assert not said, said
        shutil.copytree(copy, whole)
        return cls(whole, copy, outputs(copy), run(copy, "status")[0], shown)

    def kinds(self) -> dict[str, list[str]]:
        """The files that hold something, by kind."""
        found: dict[str, list[str]] = defaultdict(list)
        library = self.whole / "out"
        for path in sorted(library.rglob("*")):
            name = str(path.relative_to(library))
            if path.is_file() and path.stat().st_size and not path.name.endswith(UNREAD):
                found[_kind(path.relative_to(library))].append(name)
        return found

    def flip(self, name: str, offset: int, bit: int) -> Outcome:
        """Flip one bit, leaving size and time as they were, and see what comes of it."""
        shutil.rmtree(self.copy)
        shutil.copytree(self.whole, self.copy)
        path = self.copy / "out" / name
        before, data = path.stat(), bytearray(path.read_bytes())
        data[offset] ^= 1 << bit
        path.write_bytes(data)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        said, troubles = [], []
        status, traced = run(self.copy, "status")
        shown, desk_said, desk_traced = desk_view(self.copy)
        troubles += [traced, desk_traced]
        said.append(desk_said)
        if status != self.status:
            said.append(status)
        for _ in range(2):
            text, traced = run(self.copy, "batch")
            troubles.append(traced)
            said.append(text)
            if "repair" in text:
                text, traced = run(self.copy, "repair")
                troubles.append(traced)
                said.append(text)
        for sums in self.copy.glob(f"out/approved/*/{CHECKSUMS}"):
            checked = subprocess.run(
                ["sha256sum", "--strict", "-c", sums.name], cwd=sums.parent, check=False, capture_output=True
            )
            said += ["approved: changed"] * checked.returncode
        noticed = any(word in text for text in said for word in ("damaged", "missing", "changed", "rebuilt"))
        after, _, traced = desk_view(self.copy)
        troubles.append(traced)
        if outputs(self.copy) != self.files:
            troubles.append(f"files differ: {_differing(outputs(self.copy), self.files)}")
        if not noticed and (shown != self.shown or after != self.shown):
            troubles.append("the desk shows something else and says nothing")
        if not noticed and status != self.status:
            troubles.append(f"the status is another one: {status}")
        trouble = "\n".join(filter(None, troubles))
        return Outcome(_kind(Path(name)), offset, noticed, trouble, "\n".join(filter(None, said)))


def _kind(path: Path) -> str:
    parts = path.parts
    name = "*" + path.suffix if parts[0] in {"artifacts", "reviews"} and path.suffix != ".sqlite" else path.name
    if parts == ("reviews", "glossary.jsonl"):
        name = path.name
    middle = parts[1] if parts[0] in {"artifacts", "reviews"} and len(parts) > 2 else "*" * (len(parts) > 2)
    return "/".join(filter(None, (parts[0] if len(parts) > 1 else "", middle, name)))


def _differing(found: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def flips(library: Library, count: int, seed: int, only: str = "") -> Iterator[Outcome]:
    """So many flips, evenly over the kinds of files (with `only` in their names), at random places."""
    chance = random.Random(seed)  # noqa: S311 - a run that can be repeated
    kinds = sorted((kind, names) for kind, names in library.kinds().items() if only in kind)
    for number in range(count):
        _, names = kinds[number % len(kinds)]
        name = chance.choice(names)
        data = (library.whole / "out" / name).read_bytes()
        written = [at for at, byte in enumerate(data) if byte]  # not the empty space inside a database
        yield library.flip(name, chance.choice(written), chance.randrange(8))


def checking() -> None:
    """Print what it costs a batch to look at every byte of finished articles."""
    with tempfile.TemporaryDirectory() as folder:
        captions = Path(folder) / "talk.json3"
        captions.write_bytes(talks.json3(MINUTES))
        made = Tadwin(Settings(library=LibrarySettings(f"{folder}/out"))).run(str(captions))
        place = Path(made.files[0]).parent
        size = sum(path.stat().st_size for path in place.iterdir())
        names = [f"{place.name}{number}" for number in range(ARTICLES)]
        for name in names:
            shutil.copytree(place, place.with_name(name))
        library = Store(Path(folder) / "out")
        begun = time.perf_counter()
        assert not any(map(library.damaged_files, names))
        seconds = time.perf_counter() - begun
    megabytes = size * ARTICLES / 1e6
    print(f"{ARTICLES} articles of {MINUTES} minutes, {megabytes:.0f} MB: every byte checked in {seconds:.2f} s")


def main(count: int, seed: int, only: str = "") -> int:
    """Print a table by kind of file; the number of flips that went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = list(flips(Library.made_in(Path(folder)), count, seed, only))
    print(f"{'file':36}{'flips':>7}{'noticed':>9}{'harmless':>10}{'wrong':>7}")
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        fate = "wrong" if outcome.trouble else "noticed" if outcome.noticed else "harmless"
        by_kind[outcome.kind][fate] += 1
        by_kind["all"][fate] += 1
    for kind, fates in sorted(by_kind.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        print(f"{kind:36}{fates.total():7}{fates['noticed']:9}{fates['harmless']:10}{fates['wrong']:7}")
    for outcome in outcomes:
        if outcome.trouble:
            print(f"\n{outcome.kind}, byte {outcome.offset}:\n{outcome.trouble}\n{outcome.said}")
    return by_kind["all"]["wrong"]


if __name__ == "__main__":
    wrong = main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
    checking()
    sys.exit(wrong > 0)
