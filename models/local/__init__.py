"""The engine on this machine, through transformers and torch: the extra `local`."""
