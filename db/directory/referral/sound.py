"""Whether the rules still lead somewhere when they are held against today's directory."""

from __future__ import annotations

from collections.abc import Iterator

from db.directory.check import Finding
from db.directory.directory import Directory
from db.directory.hours import ROUND_THE_CLOCK
from db.directory.referral.rules import Referrals, Rule, Step
from db.directory.service import Service


def rule_findings(referrals: Referrals, directory: Directory) -> list[Finding]:
    """Lines that are not in the directory, kinds without a single service, rules that end without a line that
    answers at any hour."""
    steps = {step.code: step for rule in referrals.rules for step in rule.steps}
    found = [finding for step in steps.values() for finding in _lost(step, directory)]
    for rule in sorted(referrals.rules, key=lambda one: one.line):
        if not any(always_answers(line_of(step, directory)) for step in rule.steps):
            found.append(Finding("rule", f"referrals.csv:{rule.line}", _codes(rule)))
    return found


def line_of(step: Step, directory: Directory) -> Service | None:
    """The service whose number a step shows, when the directory has it and as many numbers."""
    slug, _, nth = step.line.partition("/")
    service = directory.by_slug(slug)
    return service if service and len(service.phones) >= int(nth or 1) else None


def always_answers(line: Service | None) -> bool:
    """Whether somebody picks up at any hour."""
    return line is not None and line.hours == ROUND_THE_CLOCK and bool(line.phones)


def _lost(step: Step, directory: Directory) -> Iterator[Finding]:
    about = f"referral_steps.csv:{step.code}"
    if step.line and line_of(step, directory) is None:
        yield Finding("rule", about, step.line)
    if step.kind and not any(service.kind == step.kind for service in directory.services):
        yield Finding("rule", about, step.kind)


def _codes(rule: Rule) -> str:
    return "|".join(step.code for step in rule.steps)
