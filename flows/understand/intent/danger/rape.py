"""Rape and forced sex, by a partner too."""

WORDS = {
    "RAPES": """
        ґвалт* гвалту* згвалт* зґвалт* зугвалт* згвалтув* насилує насилував* насилують насилуват* насилую* насілує
        насілував изнасил* ізнасил* знасил* изнасилов* ізнасілов* насилует насиловал* насилуют сексуальн* трахнул*
        rape rapes raped raping rapist
    """,
    "SEX": """
        секс сексу сексом сексі інтим* интим* близькост* близькіст* близост* статев* подружн* супружеск* ліжк* ліжко
        постел* спати спать переспа* sex intercourse sexual* oral bed
    """,
    "FORCES": """
        змушує змусив змушував* змушують примушує примусив* примушував* заставля* заставил* принужда* принуд*
        силою силой силком силоміць насильно вимагає требует проти против без_згоди домага* домогти* пристає пристав
        приста* чіпля* лізе лезет лапає лапав лапает лапал* мацає облапа* тисне насильн* не_хоч* не_хотіл* не_хотел*
        не_згодн* не_може не_спит* не_запит*
        force forces forced forcing made makes coerce* against without not_consent molest* groped groping touches
        touched touching pressured pressures
    """,
    "CLOTHES": "роздяг* раздев* роздів* раздел зірвав сорвал штани штаны трусы труси білизн* undress* clothes"
    " underwear strip naked",
    "WILL": "волі воли волею згоди согласия will consent",
    "TOUCHES": "торкаєт* трогает трогал* чіпає чіпав мацає лапає лапал* лапав домагаєт* домагав* домагат* приставал*"
    " пристає пристає touches touched groped molest*",
    "PRIVATE": "там інтимн* интимн* між_ніг груди грудь попу сідниц* privates breasts private",
}

RULES = """
    RAPES + ME
    RAPES + HE
    RAPES + KID
    RAPES !3
    ґвалт*|зґвалт*|згвалт*|изнасил*|ізнасил*|raped|насилує - FICTION
    сексуальн*|sexual* > насил*|домаг*|наруг*|домогат*|домогательств*|assault*|abuse* - FICTION
    SEX + FORCES + HE
    SEX + FORCES + ME
    FORCES > SEX
    sex|секс > проти|против|against|without|без > WILL|my @1
    проти|против|against|without > моєї|моей|моєй|мої|my > WILL
    TOUCHES + ME + PRIVATE
    TOUCHES + KID
    HE + CLOTHES + ME + FORCES
    CLOTHES + FORCES
    лапає|лапает|лапав|лапал|домага*|приставав|пристає|пристает|приставал + ME
    HE > домага*|пристає|приставал*|лапає|лапает|лапал*|molest*|groped @2
    домага*|molest*|groped|груп*_згвалт + ME
    змусив|заставил|заставил*|forced|made > ME > SEX|спати|спать|to @2 - FICTION вчит* work laugh
    взяв|взял > силою|силой
    не_питає|не_спрашивает > згоди|согласия
    напоїв|напоил*|підсипав|подсыпал*|drugged|spiked + ME
"""
