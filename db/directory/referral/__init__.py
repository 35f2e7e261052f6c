"""The order of interaction as data: who writes, about whom, where and how urgently gives the usual steps.

The order itself lives in `db/data/referrals.csv`, the steps in `db/data/referral_steps.csv`; a coordinator edits
both. How is in `docs/referrals.md`.
"""
