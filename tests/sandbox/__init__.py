"""The sandbox against Telegram's rules: each rule with its test, and a stock bot that knows nothing of us."""
