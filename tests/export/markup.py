"""What a reader's program sees in a page: tags, attributes, addresses."""

from __future__ import annotations

from html.parser import HTMLParser

from markdown_it import MarkdownIt


class Seen(HTMLParser):
    """Everything in a piece of HTML that is not text."""

    def __init__(self, html: str) -> None:
        """Read it to its end."""
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.styles: list[str] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, its attributes and where it points."""
        self.tags.append(tag)
        self.open += [tag] if tag not in {"meta", "rect"} else []
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep text, and styles apart."""
        (self.styles if self.open and self.open[-1] == "style" else self.text).append(data)

    def handle_comment(self, data: str) -> None:
        """No page of ours has comments."""
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        """One declaration is expected: the document type."""
        self.others.append(decl)

    def unknown_decl(self, data: str) -> None:
        """None is expected."""
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        """None is expected."""
        self.others.append(data)

    @property
    def prose(self) -> str:
        """All text, spaces folded."""
        return " ".join("".join(self.text).split())


def markdown(source: bytes) -> Seen:
    """A Markdown file without its front matter, as a common viewer shows it: raw HTML allowed, tables on."""
    body = source.decode().split("\n---\n", 1)[1]
    viewer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Seen(viewer.render(body))
