"""Training of the encoder of marks after words: `python -m models.training.restore.encoder` names its stages."""
