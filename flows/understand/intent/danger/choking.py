"""Hands or a thing on the throat: the strongest single sign of a later killing (facts 7.5)."""

WORDS = {
    "CHOKES": """
        душить душит душив душил* душать душат задуш* придуш* удуш* здушив подуш* душити задавит задушу вдушив
        передуш* душачи
        choke choked chokes choking strangl* throttl* suffocat* smother* asphyxiat*
    """,
    "THROAT": "горл* горло горла горлі горлянк* глотк* ший* шию шиї шия шею шея шеи шее шеєю кадик* кадык* throat neck",
    "SQUEEZES": """
        схопив схопил* схватил* хапав хапає хапал* хватал* хватав хватає хватает взяв вхопив вхопил* тримав тримає
        держал* держит стиснув стискав стискає стиска* стисну* сжал* сжима* сдави* здави* здавлю* давив давит давить
        давил* передави* придави* притис* прижал* натис* нажал* взял* вчепив* вцепил* дусить тисне тиснув
        grab* squeez* press* put puts hold holds held held wrapped hands pin*
    """,
    "PILLOW": "подушк* pillow кульок пакет* пакетом мотузк* верёвк* веревк* шнур* ремен* ремн* cord belt rope plastic bag",
    "BREATHE": "дихати дышать дихаю дышу вдихнути вздохнуть повітр* воздух* breathe breath air",
    "FAINTED": "знепритомн* втратила_свідомість свідомість сознание отключил* відключил* вирубил* unconscious"
    " passed blacked fainted",
}

RULES = """
    CHOKES + ME
    CHOKES + HE
    CHOKES + KID
    CHOKES + THROAT
    CHOKES + PILLOW
    CHOKES !2
    SQUEEZES + THROAT - болить|болит|застуд*|простуд*|sore|scarf|necklace|шарф*|краватк*
    HE + THROAT @5
    HANDS > на|around|on|за|at > THROAT @2
    за > THROAT @0
    PILLOW + HE + обличч*|лиц*|face
    PILLOW + THROAT - тепл*
    перекрив|перекрыл|перекривав|перекрывал > ME > BREATHE
    HE + не_дає|не_дав|не_дает|перекри*|перекрыва*|not_let|cut|cuts|stopped|not > BREATHE
    HE + не_можу|не_могла|не_могу > BREATHE
    не_дає|не_дав|не_дает|не_дают > дихати|дышать
    HE + FAINTED + THROAT
    SQUEEZES + BREATHE
"""
