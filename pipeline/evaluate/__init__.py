"""How good the structure of an article is, measured beside plain baselines on data that nothing was tuned on."""
