"""Hands or a thing on the throat: the strongest single sign of a later killing (facts 7.5)."""

WORDS = {
    "CHOKES": """
        душить ~душит ~душив душил душила душили душат душать задушив задушит задушить задушив задушил задушила придушив
        придушил придушила придушує придушить удушил удушив удушить удушения удушення удушье задушення душіння подушив
        передушить здушив здушує душено дусить дусив душачи душеня придуш* удушен* душти ~душыть душыв душывь
        choke ~choked chokes choking strangl* throttl* smother* asphyxiat* suffocating suffocated
    """,
    "THROAT": "~горло горла горлі горлянк* ~глотку глотк* ший* ~шию шиї шия ~шею шея шеи шее шеєю кадик* кадык* throat"
    " neck windpipe",
    "SQUEEZES": """
        схопив схопил схватил схопила схватила хапав хапає хапал хватал хватав хватает взяв взял взяла вхопив вхопил тримав
        тримає держал держит держав держить стиснув стис стискав стискає стискал стисну сжал сжимал сжимает сжав здавив здавив
        здавыв сдавил сдавливал здавлював сдавила давив давит давить давил передавив передавил придавив придавил притис
        притиснув прижал прижав прижимал натиснув тисне тиснув тиснет нажал вчепився вцепился накинув накинул затягнув
        затягував затянул обхопив обхватил стягнув наступив наступил ~схватл
        grab* squeez* press* puts hold holds held wrapped pinned pin pins put gripped tightened hands hand
    """,
    "STRAP": "подушк* pillow кульок кульком пакет* мотузк* верёвк* веревк* шнур* ремен* ремн* ремін* шарфом cord belt"
    " rope bag cable кабел* дріт проводом рушник* полотенц* towel",
    "FACE": "рот роту рта ніс нос обличчя обличчі лицо лице лиці лиця mouth nose face",
    "COVERS": "затуляв затуляє затулив закривав закривал закрывал закрыл закрив закриває закрывает зажал зажимал зажав затис"
    " затискав заткнув заткнул затыкал накрив накрыл накривав cover* covering pressed stuffed",
    "BREATHE": "дихати дышать дихаю дышу вдихнути вдохнуть вздохнуть повітр* воздух* подих подиху задихалась задихаюсь"
    " задихалася задыхалась задыхаюсь breathe breath air",
    "FAINTED": "знепритомн* свідомість сознание відключилась отключилась отключалась вирубилась вырубилась потемніло"
    " потемнело unconscious fainted blacked",
    "DROWNS": "топив топил топила утопит* втопит* утопить втопить занурював окунал голову drown drowned drowning",
    "SWALLOW": "ковтати глотать ковтаю глотаю swallow swallowing голос хриплю хрипота hoarse voice хрип*",
}

RULES = """
    CHOKES
    SQUEEZES + THROAT @5 - болить болит застуд* простуд* sore scarf necklace шарф краватк* KNIFE GUN
    SQUEEZES > за > THROAT
    за > THROAT @1 - KNIFE
    HE + THROAT @6 - KNIFE GUN CUTS масаж* massage лікар* болить болит
    hands|hand|руки|рука|пальц*|руками|пальці > на|around|on|за|at|round|навколо > THROAT @1 - намисто
    слід*|след*|синц*|синяк*|marks|bruises|fingerprints > на|on|around > THROAT @3
    на > THROAT > слід*|след*|синц*|синяк* @2
    STRAP > на|around|round|over|through|навколо > THROAT|FACE @1 - тепл* KNIFE
    STRAP|подушк*|подушку > на|over|on @0 > FACE @1
    STRAP + FACE @4
    arm|hand|hands|knee|foot > across|on|around|against > my|THROAT @1 > THROAT @0
    COVERS > FACE @2 - маск* крем* mask хустк* cream
    COVERS + FACE + BREATHE
    перекрив|перекрыл|перекривав|перекрывал > ME|BREATHE > BREATHE @1
    перекрив|перекрыл|перекриває|перекрывает > BREATHE|кисень|кислород
    HE + не_дає|не_дав|не_дает|не_давав > BREATHE @2
    не_дає|не_дав|не_дает|не_дають|не_давав > BREATHE @2
    HE + BREATHE - спорт*
    FAINTED + THROAT
    HE + FAINTED
    DROWNS + ME - роботі справах work боргах dept борг*
    голов* > у|в|під|под|in|under > вод*|water|унітаз|раковин* @1 + HE
    under > water - swim
    head > underwater
    болить|больно|hurts|боляче|важко|тяжело|hard > SWALLOW @2 + HE|CHOKES|after|після|после
    SWALLOW + HE + THROAT
    голов* > під|під|под|у|в|in|under @0 > вод*|water|ванн* @0
    в > очах|глазах|очах @0 > потемн*|темн* + HE|THROAT|SQUEEZES
    THROAT + руками|руки|руку|пальцями|hands|колін* - мию масаж* намисто
"""
