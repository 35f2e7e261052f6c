"""A child is being hurt, or a child writes."""

WORDS = {
    "HARMS": "карає наказыва* наказ* ображає обижает знущ* издев* мучи* мучa* лупить лупит шмагає шмага* порет пороть"
    " ременем ремнем голод* голодом труси* трясе трясет hurts hurting hurt abuses abused abuse abusing spanks harm*"
    " shakes shaking starv* кривдит* кривдять кривдив ображают обижают",
    "BULLY": "ображає обижает",
    "PARENT": "батьк* тато тата татко папа отец отца вітчим* отчим* мати мама мамка мать мачух* мачех* батьки родители"
    " батьков* dad father stepdad stepfather mom mum mother stepmom parents stepmother",
    "YEARS": "років роки рік лет год років годик* роцi years yo year old місяц* месяц*",
    "SCHOOL": "школярка школяр школьница школьник учениця ученик дев'ятикласник* восьмикласн* клас класі классе"
    " grade schoolgirl schoolboy teenager підліток подросток",
}

RULES = """
    KID + HIT + HE
    KID + HIT @5
    KID + HARMS @5
    KID + BLOWS
    KID + BLEEDS @5
    KID + RAISES + HANDS
    KID + HANDS + HE + ременем|ремнем|belt
    KID + CHOKES
    KID + BREAKS + ILL
    KID + GRABS + HE
    KID + HE + RAGE + FEAR
    KID + VIOLENT @5
    SCHOOL + PARENT + HIT
    SCHOOL + PARENT + HARMS
    PARENT + HIT + ME + SCHOOL
    FEAR + за > дитину|дітей|детей|ребенка|ребёнка|доньку|сина|дочку|дочь|сына|малюка
    FEAR + for > kids|children|child|baby|daughter|son
    KID + SAFE
    кривдять|кривдить|кривдит|обижают|ображають > дитину|дітей|детей|ребенка|child
"""
