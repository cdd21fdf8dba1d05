"""The texts of the review desk, in Arabic and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.arabic.labels import DOUBT_LABELS, DROP_LABELS, FLAW_LABELS
from pipeline.errors import (
    ArtifactCorrupt,
    EditRefused,
    ModelError,
    ModelUnreachable,
    ModelUnusable,
    NoSpace,
    NoSuchDraft,
    NoSuchEntry,
    NothingWritten,
    NotWritable,
    Refusal,
    StaleDraft,
    StoreError,
)
from pipeline.export.phrases import ARABIC_PLACES, PlaceNames
from pipeline.review.phrases import EDITING_PHRASES, WORK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.types.article import Doubt, Flaw
    from pipeline.types.usage import DropReason

_PHRASES: Final = {
    "desk": ("مكتب المراجعة", "Review desk"),
    "queue": ("قائمة المسودات", "Drafts"),
    "all": ("الكل", "All"),
    "new": ("جديدة", "New"),
    "attention": ("تحتاج إلى نظر", "Needs attention"),
    "edited": ("محرَّرة", "Edited"),
    "approved": ("مقبولة", "Approved"),
    "rejected": ("مرفوضة", "Rejected"),
    "published": ("مصدَّرة", "Exported"),
    "search": ("بحث", "Search"),
    "channel": ("القناة", "Channel"),
    "series": ("السلسلة", "Series"),
    "finding": ("الملاحظة", "Finding"),
    "since": ("نُشر منذ", "Published since"),
    "until": ("نُشر حتى", "Published until"),
    "apply_filter": ("عرض", "Show"),
    "next_waiting": ("التالية بلا مراجعة", "Next unreviewed"),
    "nothing_waits": ("لا مسودة تنتظر المراجعة.", "No drafts are waiting for review."),
    "no_drafts": ("لا مسودات هنا.", "No drafts here."),
    "no_articles": ("لا مقالات في هذه المكتبة بعد.", "This library has no articles yet."),
    "make_one": ("اكتب مقالًا بالأمر", "Make one with"),
    "title": ("العنوان", "Title"),
    "status": ("الحال", "Status"),
    "unconfirmed": ("بلا تأكيد", "Unconfirmed"),
    "coverage": ("المنقول من الكلام", "Of the talk's words"),
    "findings": ("الملاحظات", "Findings"),
    "date": ("التاريخ", "Date"),
    "choose": ("اختيار", "Select"),
    "approve_chosen": ("قبول المختار", "Approve selected"),
    "export_chosen": ("تصدير المختار", "Export selected"),
    "page": ("صفحة", "Page"),
    "previous": ("السابقة", "Previous"),
    "next": ("التالية", "Next"),
    "unreadable": ("ملفات ومجلدات لا يمكن قراءتها", "Files and folders that cannot be read"),
    "article": ("المقال", "Article"),
    "transcript": ("نص الفيديو", "Transcript"),
    "video": ("الفيديو", "Video"),
    "open_video": ("فتح الفيديو", "Open the video"),
    "no_player": (
        "لا يُعرض الفيديو هنا؛ الروابط تفتحه عند الثانية.",
        "The video is not shown here; links open it at the right second.",
    ),
    "source": ("المصدر", "Source"),
    "used_by": ("تستند إليها", "Used by"),
    "unused": ("لم تُستعمل", "Not used"),
    "minutes": ("دقائق الفيديو", "Minutes of the video"),
    "negated_more": ("في الجملة نفي لم يُقل", "a negation that nobody said"),
    "negated_less": ("قيل نفي ليس في الجملة", "a negation was said that is not here"),
    "untitled": ("قسم بلا عنوان", "Section without a heading"),
    "heading_hint": ("عنوان هذا القسم", "A heading for this section"),
    "uncovered": ("أطول ما تُرك", "Longest left out"),
    "no_findings": ("لا ملاحظات.", "No findings."),
    "no_evidence": ("بلا سند", "No evidence"),
    "from_metadata": ("من بيانات الفيديو", "From the metadata"),
    "edit": ("تحرير", "Edit"),
    "text": ("النص", "Text"),
    "save": ("حفظ", "Save"),
    "saved": ("حُفظ", "Saved"),
    "remove": ("حذف", "Remove"),
    "up": ("إلى أعلى", "Move up"),
    "down": ("إلى أسفل", "Move down"),
    "merge": ("دمج بما قبله", "Merge with the one before"),
    "add_paragraph": ("إضافة فقرة بعده", "Add a paragraph below"),
    "add_section": ("إضافة قسم بعده", "Add a section below"),
    "add_section_hint": ("السطر الأول عنوان القسم، وما بعده نصه.", "The first line is the heading, the rest its text."),
    "add_challenges": ("إضافة التحديات", "Add challenges"),
    "add_outlook": ("إضافة الآفاق", "Add an outlook"),
    "add_conclusion": ("إضافة الخاتمة", "Add a conclusion"),
    "cite": ("تعيين السند", "Set evidence"),
    "sentence": ("الجملة", "Sentence"),
    "sentence_numbers": ("أرقام جمل نص الفيديو", "Sentence numbers in the transcript"),
    "regenerate": ("اقتراح كتابة القسم من جديد", "Propose a rewrite of this section"),
    "decision": ("القرار", "Decision"),
    "approve": ("قبول", "Approve"),
    "approve_next": ("قبول والانتقال إلى التالية", "Approve and next"),
    "approve_export": ("قبول وتصدير", "Approve and export"),
    "reject": ("رفض", "Reject"),
    "return": ("إعادة للعمل", "Send back"),
    "reason": ("السبب", "Reason"),
    "reason_needed": ("يلزم للرفض والإعادة", "Required to reject or send back"),
    "export": ("تصدير", "Export"),
    "history": ("السجل", "History"),
    "sitting": ("مرات حفظ في جلسة واحدة", "saves in one sitting"),
    "took_back": ("وسُحبت الملفات المصدَّرة", "and took the exported files back"),
    "after_work": ("بعد عمل", "after"),
    "seconds_of_work": ("ثانية من العمل", "seconds of work"),
    "pace": ("القرار الواحد", "One decision takes"),
    "pace_middle": ("ثانية في الأوسط، من قرارات عددها", "seconds in the middle, of decisions counted:"),
    "take_away": ("أخذ المقال", "Take the article away"),
    "clean_copy": ("نسخة نظيفة", "Clean copy"),
    "clean_copy_says": (
        "المقال وحده بلا علامات سند ولا ملاحظات. نقرة واحدة على النص تحدّده كله.",
        "The article alone, without evidence marks and notes. One click on the text selects all of it.",
    ),
    "copy_html": ("نسخ المقال", "Copy the article"),
    "copy_markdown": ("نسخ Markdown", "Copy the Markdown"),
    "copied": ("نُسخ", "Copied"),
    "word_file": ("ملف Word", "Word file"),
    "exported_to": ("الملفات المصدَّرة في", "The exported files are in"),
    "exported_outdated": (
        "وهي من مسودة أقدم مما هنا؛ التصدير من جديد يبدّلها.",
        "They are of an earlier draft than this one; exporting again replaces them.",
    ),
    "open_folder": ("فتح المجلد", "Open the folder"),
    "taken_back": (
        "سُحبت الملفات المصدَّرة ولم تعد في المجلد.",
        "The exported files were taken back; they are gone from the folder.",
    ),
    "too_long": ("أطول من الحد؛ أكثره حرفًا", "Too long; the most characters it may have:"),
    "no_history": ("لم يُراجَع بعد.", "Not reviewed yet."),
    "original": ("مسودة الآلة", "The machine's draft"),
    "restore": ("استعادة", "Restore"),
    "compare": ("مقارنة", "Compare"),
    "differences": ("الفروق", "Differences"),
    "compare_machine": ("الفروق عن مسودة الآلة", "Differences from the machine's draft"),
    "no_differences": ("لا فروق.", "No differences."),
    "show_same": ("كتل بلا تغيير", "blocks unchanged"),
    "to_check": ("للمحرر قبل النشر", "Before publishing"),
    "dropped": ("ما كتبه النموذج وحُذف", "Written by the model and dropped"),
    "removed_words": ("محذوف", "Removed"),
    "added_words": ("مضاف", "Added"),
    "act_edit": ("حرّر", "edited"),
    "act_approve": ("قبل", "approved"),
    "act_reject": ("رفض", "rejected"),
    "act_return": ("أعاد للعمل", "sent back"),
    "act_export": ("صدّر", "exported"),
    "act_aside": ("تعديل من نافذة أخرى، محفوظ جانبًا", "change from another tab, set aside"),
    "damaged": ("أسطر في السجل لا يمكن قراءتها", "lines of the history cannot be read"),
    "offer": (
        "كتبت الآلة مسودة أحدث؛ مسودتك باقية كما هي.",
        "The machine wrote a newer draft; yours is unchanged.",
    ),
    "see_offer": ("عرض الفروق", "See the differences"),
    "take": ("اعتماد هذه المسودة", "Use this draft"),
    "accept": ("اعتماد القسم الجديد", "Use the new section"),
    "proposal": ("اقتراح", "Proposal"),
    "glossary": ("مسرد القناة", "Glossary of this channel"),
    "glossary_offer": ("صُحّح من قبل في هذه القناة", "Previously corrected in this channel"),
    "replace_here": ("استبدال هنا", "Replace here"),
    "wrong": ("المكتوب", "Written"),
    "right": ("الصواب", "Correct"),
    "remember": ("حفظ في المسرد", "Remember"),
    "forget": ("حذف من المسرد", "Forget"),
    "conflict": ("تعارض", "Conflict"),
    "conflict_says": (
        "تغيّرت المسودة منذ عرضها، في نافذة أخرى مثلًا. لم يُستبدل شيء، ونصّك أدناه.",
        "The draft changed since it was shown, perhaps in another tab. Nothing was replaced; your text is below.",
    ),
    "conflict_kept": ("وهو محفوظ أيضًا في السجل.", "It is also kept in the history."),
    "yours": ("نصّك", "Your text"),
    "current": ("النص الحالي", "The current text"),
    "save_yours": ("حفظ نصّك بدل الحالي", "Save your text instead"),
    "back": ("العودة إلى المسودة", "Back to the draft"),
    "error": ("تعذّر ذلك", "That did not work"),
    "not_found": ("لا صفحة بهذا العنوان.", "There is no such page."),
    "language": ("English", "العربية"),
    "keys": ("المفاتيح", "Keys"),
    "no_keys": ("كل شيء هنا يُعمل بالفأرة أو بمفتاح Tab.", "Everything here works with the mouse or the Tab key."),
    "against": ("رفض أو إعادة", "Reject or send back"),
    "show_video": ("عرض الفيديو هنا", "Show the video here"),
    "follow": ("إلى الموضع الجاري", "To the current sentence"),
    "next_finding": ("الملاحظة التالية", "Next finding"),
    "more": ("السند والإضافة", "Evidence and additions"),
    "undo": ("تراجع", "Undo"),
    "close": ("إغلاق", "Close"),
    "take_current": ("أخذ النص الحالي", "Take the current text"),
    "saving": ("يُحفظ…", "Saving…"),
    "unsaved": ("لم يُحفظ بعد؛ تُعاد المحاولة", "Not saved yet; trying again"),
    "refused": ("لم يُحفظ", "Not saved"),
    "all_seen": ("لا ملاحظات على الجمل", "No sentence has a finding"),
    "speed": ("السرعة", "Speed"),
    "key_letters": ("مفاتيح بحرف واحد", "Single-letter keys"),
    "skip": ("إلى المقال", "To the article"),
    "failed_some": ("لم يتمّ لبعضها", "Some failed"),
    "done": ("تمّ", "Done"),
}
"""Each phrase in Arabic and in English."""
_ALL_PHRASES: Final = _PHRASES | WORK | EDITING_PHRASES
_SAID_BY_SCRIPT: Final = (
    *("saving", "saved", "unsaved", "refused", "conflict", "all_seen", "speed", "save_yours", "take_current"),
    *("no_evidence", "from_metadata", "used_by", "away", "restarted", "too_large", "disk", "copied", "no_place"),
    *("choose_all", "choose_none", "too_long", "check", "hint", "awaited", "attach", "attach_here"),
    *("detach_here", "said_near", "said_also", "no_sentence_chosen"),
)
"""Phrases that the page's script needs: `base.html` hands them over."""

_SHORTCUTS: Final = (
    (("?",), "هذه القائمة", "This list"),
    (("J", "K"), "الجملة التالية والسابقة؛ وفي القائمة المسودة", "Next and previous sentence; in the list, draft"),
    (("F", "Shift+F"), "الملاحظة التالية والسابقة", "Next and previous finding"),
    (("Alt+N",), "الملاحظة التالية في محررها، ولو من داخل محرر", "Edit the next finding, also from inside an editor"),
    (("Enter", "E"), "تحرير الجملة؛ وفي القائمة فتح المسودة", "Edit the sentence; in the list, open the draft"),
    (("Esc",), "حفظ وإغلاق المحرر", "Save and close the editor"),
    (("U", "Shift+U"), "تراجع عن آخر خطوة، وإعادتها", "Undo the last step, and redo it"),
    (
        ("A",),
        "إسناد الجملة إلى جملة نص الفيديو المختارة، أو فصلها عنها",
        "Attach the sentence to the chosen one of the transcript, or detach it",
    ),
    (("Alt+Enter",), "تقسيم الفقرة عند المؤشر، في محرر", "Split the paragraph at the cursor, in an editor"),
    (("Backspace",), "في أول المحرر: دمج بما قبله", "At the start of an editor: merge with the one before"),
    (("G",), "إلى سند الجملة في نص الفيديو", "To the sentence's evidence in the transcript"),
    (("Space",), "تشغيل الفيديو وإيقافه", "Play and pause the video"),
    (("Alt+S",), "الفيديو إلى ثانية الجملة، ولو من داخل محرر", "Video to the sentence, also from inside an editor"),
    (("[", "]"), "أبطأ وأسرع", "Slower and faster"),
    (("Ctrl+Enter",), "قبول؛ وفي السبب رفض، وفي الإضافة إضافة", "Approve; in the reason reject, in an addition add"),
    (("Ctrl+Shift+Enter",), "قبول أو رفض، والانتقال إلى التالية", "Approve or reject, and next"),
    (("Alt+X",), "قبول وتصدير، ولو من داخل محرر", "Approve and export, also from inside an editor"),
    (("R",), "رفض أو إعادة: إلى السبب", "Reject or send back: to the reason"),
    (("X",), "تصدير المقبول؛ وفي القائمة اختيار المسودة", "Export what is approved; in the list, choose the draft"),
    (("D",), "الفروق عن مسودة الآلة", "Differences from the machine's draft"),
    (("N",), "التالية بلا مراجعة في هذه القائمة", "Next unreviewed in this list"),
    (("Q",), "قائمة المسودات", "The list of drafts"),
    (("/",), "البحث في القائمة", "Search the list"),
)
"""Groups of keys, and what each does in Arabic and in English; `static/desk.js` handles them."""


_ENGLISH_PLACES: Final = PlaceNames(
    {
        "title": "Title",
        "headline": "Headline",
        "lead": "Lead",
        "background": "Background",
        "transition": "Transition",
        "challenges": "Challenges",
        "outlook": "Outlook",
        "conclusion": "Conclusion",
        "article": "The whole article",
    },
    section="Section",
    paragraph="Paragraph",
    comma=", ",
)


@dataclass(frozen=True, slots=True)
class Messages:
    """The interface in one language; `messages["save"]` is a phrase."""

    lang: str
    dir: str
    phrases: Mapping[str, str]
    shortcuts: tuple[tuple[tuple[str, ...], str], ...]
    """Groups of keys, and what each does."""
    flaws: Mapping[Flaw, str]
    drops: Mapping[DropReason, str]
    doubts: Mapping[Doubt, str]
    places: PlaceNames

    said_by_script: tuple[str, ...] = _SAID_BY_SCRIPT
    """Names of the phrases that the page's script shows."""

    def __getitem__(self, name: str) -> str:
        return self.phrases[name]


ARABIC: Final = Messages(
    "ar",
    "rtl",
    {name: arabic for name, (arabic, _) in _ALL_PHRASES.items()},
    tuple((keys, arabic) for keys, arabic, _ in _SHORTCUTS),
    {flaw: arabic for flaw, (arabic, _) in FLAW_LABELS.items()},
    {reason: arabic for reason, (arabic, _) in DROP_LABELS.items()},
    {doubt: arabic for doubt, (arabic, _) in DOUBT_LABELS.items()},
    ARABIC_PLACES,
)
ENGLISH: Final = Messages(
    "en",
    "ltr",
    {name: english for name, (_, english) in _ALL_PHRASES.items()},
    tuple((keys, english) for keys, _, english in _SHORTCUTS),
    {flaw: english for flaw, (_, english) in FLAW_LABELS.items()},
    {reason: english for reason, (_, english) in DROP_LABELS.items()},
    {doubt: english for doubt, (_, english) in DOUBT_LABELS.items()},
    _ENGLISH_PLACES,
)


def error_message(messages: Messages, error: Exception) -> str:
    """The error in the reader's language; in English too where it names a file or there is no Arabic for it."""
    if messages.lang != "ar":
        return str(error)
    if isinstance(error, EditRefused) and error.refusal:
        return _REFUSALS[error.refusal]
    said = next((text for kind, text in _FAILURES.items() if isinstance(error, kind)), "")
    return " ".join(filter(None, (said, "" if said and not isinstance(error, StoreError) else str(error))))


_FAILURES: Final = {
    ModelUnreachable: "النموذج اللغوي لا يجيب الآن؛ أعد المحاولة بعد التأكد من تشغيله.",
    ModelUnusable: "لا يمكن استعمال النموذج اللغوي كما هو مضبوط؛ راجع إعداداته.",
    NothingWritten: "لم يجد الكاتب ما يقوله في هذا القسم.",
    ModelError: "لم يستطع الكاتب أن يكتب هذا القسم.",
    NoSuchEntry: "لا سطر بهذا الرقم في السجل.",
    StaleDraft: "تغيّرت المسودة منذ عرضها، في نافذة أخرى مثلًا؛ أعد تحميل الصفحة.",
    NoSuchDraft: "لا مقال بهذا المعرّف في المكتبة.",
    ArtifactCorrupt: "ملف في المكتبة ناقص أو تالف؛ يعيد tadwin repair ما يمكن إعادته.",
    NoSpace: "القرص ممتلئ؛ أفرغ بعض المساحة ثم أعد المحاولة. لم يُحفظ شيء من هذا.",
    NotWritable: "لا يُسمح بالكتابة في مجلد المكتبة. لم يُحفظ شيء من هذا.",
    StoreError: "تعذّرت قراءة المكتبة أو الكتابة فيها.",
}
"""By class, subclasses before their bases."""
_REFUSALS: Final = {
    Refusal.EMPTY_TEXT: "لا نص هنا؛ للحذف زر خاص به.",
    Refusal.NOTHING_BEFORE: "لا شيء قبله ليُدمج به.",
    Refusal.AT_THE_EDGE: "هو في طرفه أصلًا.",
    Refusal.REQUIRED_PART: "هذا الجزء في كل مقال؛ غيّر نصه بدل حذفه.",
    Refusal.NOT_SENTENCE_NUMBERS: "السند أرقام جمل من نص الفيديو، مثل: 12 13 20.",
    Refusal.NOT_A_DECISION: "ليس هذا قرارًا.",
    Refusal.REASON_REQUIRED: "يلزم ذكر السبب.",
    Refusal.NOT_APPROVED: "لا يُصدَّر إلا ما قبله إنسان.",
    Refusal.NO_FOLDER: "لا مجلد يُفتح، أو لا مدير ملفات على هذا الجهاز.",
    Refusal.NO_NEWER_DRAFT: "لا مسودة أحدث.",
    Refusal.NO_SUCH_SECTION: "لا قسم بهذا الرقم.",
    Refusal.SECTION_WITHOUT_EVIDENCE: "لا سند لهذا القسم يُكتب منه.",
    Refusal.NO_PROPOSAL: "لا اقتراح لهذه المسودة؛ اطلبه من جديد.",
    Refusal.BAD_CORRECTION: "التصحيح لقناة معروفة، وصيغتاه قصيرتان مختلفتان.",
    Refusal.TOO_LONG: "النص أطول من عشرين ألف حرف؛ قسّمه إلى فقرات.",
    Refusal.NO_SUCH_PLACE: "لم يعد هذا الموضع في المسودة؛ لعله نُقل أو حُذف.",
    Refusal.NOTHING_TO_UNDO: "لا شيء يُتراجع عنه.",
    Refusal.NOTHING_TO_REDO: "لا شيء يُعاد.",
    Refusal.TOO_LARGE: "ما أُرسل أكبر من أن يُقبل؛ قسّمه.",
    Refusal.NO_SUCH_FINDING: "لا ملاحظة كهذه على المسودة؛ لعلها صُحّحت أو رُوجعت.",
    Refusal.NOT_A_FORM: "ليست هذه استمارة من المكتب.",
}
