"""Words on buttons stay whole where it matters: a town tells namesakes apart, a number is not broken."""

from flows.engine import Button, World
from flows.find.wording import told_apart
from flows.rows import rows_of


def test_the_town_stays_when_a_name_is_cut() -> None:
    """A long name loses its middle, not the brackets at its end."""
    assert told_apart("Денний центр соціально-психологічної допомоги (Житомир)", 44) == "Денний центр… (Житомир)"
    assert told_apart("Центр (Київ)", 44) == "Центр (Київ)"
    assert told_apart("Служба " * 9 + "(де завгодно, тільки не тут і не сьогодні)", 44).endswith("Служба…")


def test_real_services_with_different_names_have_different_labels(ukraine: World) -> None:
    """Nearly every service can be told from the others by its button alone."""
    for lang in ("uk", "en"):
        names = {service.name(lang) for service in ukraine.directory.services}
        labels = {told_apart(name, 44) for name in names}
        assert all(len(label) <= 44 for label in labels)
        assert len(names) - len(labels) <= 4  # numbered shelters, two lines of one organisation


def test_a_long_number_has_a_row_of_its_own() -> None:
    """Two short numbers share a row; one that would break in the middle does not."""
    short, long = Button("Скопіювати 102", copy="102"), Button("Скопіювати 116 123", copy="116123")
    assert rows_of([short, short, long, short]) == ((short, short), (long,), (short,))
