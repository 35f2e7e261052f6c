"""How well the bot understands what people type: the sets, the scores, the baselines beside them."""
