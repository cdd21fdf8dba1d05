"""Headings that the article has of its own, for parts that have none in the draft."""

BACKGROUND, CHALLENGES, OUTLOOK, CONCLUSION = "خلفية", "التحديات", "الآفاق", "الخلاصة"
