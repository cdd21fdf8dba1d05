"""The desk's phrases about work, evidence, findings and corrected names, each in Arabic and in English."""

from __future__ import annotations

from typing import Final

WORK: Final = {
    "redo": ("إعادة", "Redo"),
    "kept": ("كتبته هنا ولم يُحفظ", "Typed here and not saved"),
    "kept_says": (
        "بقي في هذه النافذة وحدها. لا يوضع في مكانه إلا إن أردت.",
        "It is kept in this tab only, and put back only if you want it.",
    ),
    "kept_older": ("كُتب لمسودة سابقة", "Typed for an earlier draft"),
    "put_back": ("إرجاع إلى مكانه", "Put back"),
    "copy": ("نسخ", "Copy"),
    "discard": ("تجاهل", "Discard"),
    "no_place": ("لم يعد مكانه في المسودة؛ انسخه", "Its place is no longer in the draft; copy it"),
    "away": (
        "المكتب لا يجيب. نصّك باقٍ في هذه النافذة، وتُعاد المحاولة. إن توقّف فشغّله: tadwin review",
        "The desk does not answer. Your text is kept in this tab; trying again. If it stopped, start it: tadwin review",
    ),
    "restarted": (
        "شُغِّل المكتب من جديد: افتحه في هذا المتصفح كما قال في الطرفية، ثم أعد المحاولة هنا. نصّك باقٍ.",
        "The desk was started again: open it in this browser as the terminal says, then go on here. Your text is kept.",
    ),
    "moved": ("المكتب الآن في عنوان آخر؛ الانتقال إليه بما كتبته", "The desk has moved; go there with what you typed"),
    "too_large": ("النص أكبر من أن يُرسل؛ قسّمه.", "The text is too large to send; divide it."),
    "disk": (
        "لا يستطيع المكتب أن يكتب على القرص. نصّك باقٍ في هذه النافذة، وتُعاد المحاولة.",
        "The desk cannot write to the disk. Your text is kept in this tab; trying again.",
    ),
    "unreviewed": ("تنتظر المراجعة", "To review"),
    "end_of_list": (
        "هذه نهاية القائمة، وفوقها مسودات ما زالت تنتظر.",
        "This is the end of the list; drafts above still wait.",
    ),
    "from_the_top": ("من أولها", "From the top"),
    "choose_all": ("اختيار الكل", "Select all"),
    "choose_none": ("إلغاء الاختيار", "Select none"),
    "reject_chosen": ("رفض المختار", "Reject selected"),
    "reject_next": ("رفض والانتقال إلى التالية", "Reject and next"),
    "approve_these": ("قبول هذه المسودات؟ عددها", "Approve these drafts? There are"),
    "reject_these": ("رفض هذه المسودات؟ عددها", "Reject these drafts? There are"),
    "approve_all": ("قبول ما عليه علامة", "Approve the ticked ones"),
    "reject_all": ("رفض ما عليه علامة", "Reject the ticked ones"),
    "approve_sound": ("قبول ما لا مأخذ عليه", "Approve those without a doubt"),
    "cancel": ("رجوع بلا تغيير", "Back without a change"),
    "with_findings": ("فيها ملاحظات مفتوحة", "With open findings"),
    "never_opened": ("لم يفتحها أحد", "Never opened"),
    "was_rejected": ("رُفضت من قبل", "Rejected before"),
    "since_changed": ("تغيّرت منذ عرض القائمة", "Changed since the list was shown"),
    "hard": ("عسير القراءة", "Hard to read"),
    "hard_here": ("عسيرة القراءة", "hard to read"),
    "silence": ("بلا كلام", "Nobody speaks"),
}
EVIDENCE: Final = {
    "attach": ("إسناد إلى", "Attach"),
    "attach_here": ("إسناد الجملة المختارة إلى هذه", "Attach this to the current sentence"),
    "detach_here": ("فصل هذه عن الجملة المختارة", "Detach this from the current sentence"),
    "detach": ("فصل السند", "Detach"),
    "said_near": ("أقرب ما قيل إليها", "The closest passages"),
    "said_also": ("قيل قريب منها أيضًا", "Also said"),
    "no_sentence_chosen": (
        "اختر جملة من المقال، ثم جملة من نص الفيديو",
        "Choose a sentence of the article, then one of the transcript",
    ),
}
FINDINGS: Final = {
    "check": ("راجعتُها وهي صحيحة", "Checked: it is right"),
    "reopen": ("إعادة الملاحظة", "Count it again"),
    "checked_findings": ("ملاحظات راجعها إنسان", "Findings checked by a person"),
    "act_check": ("راجع ملاحظة", "checked a finding"),
    "act_reopen": ("أعاد ملاحظة", "reopened a finding"),
    "hint": ("للنظر", "To look at"),
    "awaited": ("يُنتظر حكم المحكّم", "The judge has not answered yet"),
    "approve_open": ("قبول مع ملاحظات مفتوحة؟", "Approve with open findings?"),
    "approve_open_says": (
        "في المسودة ملاحظات لم يراجعها أحد. القرّاء يرونها في المقال؛ وما راجعتَه لا يرونه.",
        "Nobody has checked these findings. Readers will see them with the article; those you checked they will not.",
    ),
    "approve_anyway": ("قبول كما هي", "Approve as it is"),
}
NAMES: Final = {
    "replace_everywhere": ("استبدال في كل مكان…", "Replace everywhere…"),
    "replace_preview": ("معاينة الاستبدال", "Preview of the replacement"),
    "replace_says": (
        "يُستبدل في المواضع المختارة، ومعه ما يتصل به: و ف ب ل ك ال. ويبقى سند كل جملة كما هو.",
        "It is replaced in the places selected, also behind و ف ب ل ك and ال. The evidence of every sentence stays.",
    ),
    "replace_this": ("في هذه المسودة", "In this draft"),
    "replace_others": ("في مسودات القناة التي تنتظر القرار", "In the channel's drafts that wait for a decision"),
    "replace_nowhere": ("لا موضع له في المسودات المفتوحة.", "It stands in no open draft."),
    "replace_later": (
        "وفي ما تكتبه الآلة لاحقًا عن هذه القناة",
        "And in what the machine writes about this channel from now on",
    ),
    "replace_chosen": ("استبدال المختار", "Replace what is selected"),
    "glossary_page": ("المسرد", "Glossary"),
    "glossary_empty": ("لا تصحيح في المسرد بعد.", "No corrections yet."),
    "glossary_later": ("تطبّقه الآلة لاحقًا", "Applied by later runs"),
    "preview": ("معاينة", "Preview"),
    "from_draft": ("من مسودة", "From a draft"),
    "added_by": ("أضافه", "Added by"),
}
EDITING_PHRASES: Final = EVIDENCE | FINDINGS | NAMES
