"""Names for cases: two words and a symbol, such as “🥝 Kivi Sonata”.

Read aloud alike in Ukrainian and English, printed in the same letters in both, easy to tell apart, and about nothing
that happens to people. The symbol belongs to the first word.
"""

from __future__ import annotations

from random import Random

FIRST = {
    "Mango": "🥭", "Kivi": "🥝", "Lemon": "🍋", "Banan": "🍌", "Melon": "🍈", "Ananas": "🍍", "Kokos": "🥥",
    "Oliva": "🫒", "Tomat": "🍅", "Kaktus": "🌵", "Palma": "🌴", "Tulip": "🌷", "Panda": "🐼", "Koala": "🐨",
    "Lama": "🦙", "Zebra": "🦓", "Delfin": "🐬", "Pingvin": "🐧", "Kenguru": "🦘", "Flamingo": "🦩",
    "Hamster": "🐹", "Luna": "🌙", "Kometa": "☄️", "Planeta": "🪐", "Globus": "🌐", "Vulkan": "🌋", "Robot": "🤖",
    "Raketa": "🚀", "Gitara": "🎸", "Radio": "📻", "Kamera": "📷", "Domino": "🀄", "Kredo": "🪶", "Taksi": "🚕",
    "Tramvai": "🚋", "Jahta": "⛵", "Kompas": "🧭", "Magnit": "🧲", "Korona": "👑", "Balon": "🎈",
}  # fmt: skip
SECOND = (
    "Alfa", "Beta", "Gamma", "Delta", "Sigma", "Omega", "Vega", "Orion", "Andromeda", "Nova", "Sonata", "Opera",
    "Rondo", "Tango", "Samba", "Polka", "Valse", "Lira", "Aria", "Kantata", "Prima", "Forte", "Solo", "Tempo",
    "Indigo", "Aqua", "Opal", "Topaz", "Rubin", "Safir", "Koral", "Perla", "Lavanda", "Jasmin", "Vanil", "Karamel",
    "Roma", "Verona", "Lima", "Panama", "Kuba", "Malta", "Kreta", "Alpy", "Etna", "Baltika", "Atlantika", "Arktika",
    "Mart", "April", "Avgust", "Nord", "Zenit", "Metro", "Retro", "Mini", "Maksi", "Ekstra", "Unikum", "Fantasia",
)  # fmt: skip
PRACTICE = "🎓"  # in place of the symbol: a case without a person, so that no screen that names it can hide that
CROWDED = 6  # draws that were taken already, after which a number is added


def draw(random: Random, attempt: int = 0, *, practice: bool = False) -> str:
    """A name; `attempt` says how many were drawn before that an open case bears already. `practice`: with the mark of
    a case that is only practised."""
    first = random.choice(sorted(FIRST))
    number = f" {random.randrange(2, 100)}" if attempt >= CROWDED else ""
    return f"{PRACTICE if practice else FIRST[first]} {first} {random.choice(SECOND)}{number}"
