"""Figures on what the product does, beside plain baselines, on data that nothing was tuned on; needs a checkout."""
