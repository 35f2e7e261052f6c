"""The errors that are made for the person at the keyboard: each carries one clear line."""

from bot.config import SettingError
from db.alone import AlreadyRunning
from db.directory.referral.faults import ReferralError
from db.sealing import SealError
from flows.texts import CatalogueError


class CannotBeDone(Exception):  # noqa: N818 (a name for the situation)
    """What was asked cannot be done; the message says why and what to do."""


DESIGNED = (CannotBeDone, SettingError, AlreadyRunning, SealError, CatalogueError, ReferralError)
