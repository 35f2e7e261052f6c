"""Rape and forced sex, by a partner too."""

WORDS = {
    "RAPES": """
        ґвалтує гвалтує гвалту* ґвалтув* згвалт* зґвалт* зугвалт* ізгвалт* изгвалт* насилує насилував насилують насилувати насилую
        насілує насілував насилувал изнасил* ізнасил* ізнасіл* знасил* насилует насиловал насилуют насиловали насиловать
        трахнув трахнул трахав трахает виїбав выебал надругав* надругал* наруга* зваблював розбещу* развраща* домаган*
        домогательств*
        ~rape rapes ~raped raping rapist molest*
    """,
    "SEX": """
        секс сексу сексом сексі інтим* интим* близькост* близькіст* близости близость статев* подружн* супружеск* ліжко ліжку
        постел* мінет* минет* орал* анал* оральн* sex sexual sexually intercourse bed naked oral
    """,
    "MADE": "makes made make",
    "SLEEPS": "спати спать лягти лечь переспати переспать sleep",
    "FORCES": """
        змушує змусив змушував змушують змусити примушує примусив примушував заставляє заставляет заставлял заставив заставил
        заставляють принуждает принудил принуждал принуждал вимушує вимагає требует змушуе змшує примушуе принуждет
        forces force forced forcing coerces coerced pressured pressures
    """,
    "STRENGTH": "силою силой силком силоміць насильно проти против волі воли згоди согласия against without consent",
    "REFUSED": "не_хочу не_хотіла не_хотела не_хотів не_хотел не_згодна не_согласна не_питає не_питав не_спрашивает not_want"
    " not_agree not_consent not_ask просила благала умоляла плакала ні нет no stop cried crying begged",
    "CLOTHES": "роздяг роздягнув роздягав раздел раздевал роздів зірвав сорвал штани штаны труси трусы білизн* спідниц* юбк*"
    " одяг одежду плаття ширінк* undressed clothes underwear skirt pants naked",
    "TOUCHES": "торкається торкався торкаєтьс* трогает трогал трогав чіпає чіпав мацає мацав лапає лапал лапав лапает домагається"
    " домагався пристає приставав пристает приставал пристаєт ліз лізе лезет лез поліз полез полізли полезли гладить гладив"
    " облапав touches touched touching gropes groped groping grabs",
    "PRIVATE": "там між_ніг между_ног ног ніг інтимн* интимн* груди грудь попу сідниц* стегн* privates breasts private legs"
    " thigh",
    "ASLEEP": "спала сплю спящую сонну сонною спав прокинулась проснулась прокинулася проснулась п'яну пьяную asleep woke sleeping"
    " unconscious drugged снодійн* drunk",
    "TAKESHER": "скористався воспользовался скористались воспользовались користується пользуется бере берет взяв взял брал брав",
    "PAIN": "боляче больно біль боль hurt hurts pain",
}

RULES = """
    RAPES - мозок мозг
    RAPES + ME
    RAPES + HE + THIRD
    RAPES + KID
    сексуальн*|sexual|sexually > насил*|домаг*|наруг*|домог*|assault*|abus*|harass*
    SEX + FORCES
    SEX + STRENGTH - навчан*
    секс|sex|близькіст* > через|by > силу|force
    FORCES > SEX @2
    SEX + REFUSED + HE
    FORCES > SLEEPS|SEX @2 - рано дитин* child
    FORCES > ME > SLEEPS|SEX|sleep @2 - рано
    FORCES + STRENGTH
    TAKESHER + STRENGTH
    HE + FORCES + ніч*|ноч*|night* - прац* вчит* work
    HE > FORCES !5 - прац* работ* вчит* учит* їсти есть прибир* work
    HE > MADE > ME > SLEEPS|SEX|have|do|touch|undress @3 - homework laugh happy breakfast
    HE > MADE > ME + SEX
    my > body + MADE
    FORCES + PAIN
    FORCES + REFUSED + HE
    forced > himself
    казала|сказала|говорила|said > ні|нет|no @1
    HE > змушує|заставляет|примушує|принуждает @0
    himself > on > me
    HE + STRENGTH + ME - сторон* KEEPS LOCKS
    STRENGTH > моєї|моей|моєй|мої|my|её|її|her > волі|воли|згоди|согласия|will|consent @0
    TOUCHES + ME + PRIVATE
    TOUCHES + CLOTHES
    TOUCHES + ME @3 + HE - серц* душ* душу
    лапає|лапает|лапав|лапал|домагається|домагався|пристає|пристает|приставав|приставал|groped|gropes|molests|чіплявся + ME|THIRD
    HE > домагається|пристає|пристает|приставал|лапає|лапает @2
    CLOTHES + STRENGTH
    ripped|tore|pulled|рвав|порвав|зірвав|зриває|рвал > ME|my|з|мої > CLOTHES @2
    clothes|pants|underwear > off @0 + HE
    CLOTHES + HE + ME + REFUSED
    роздяг|роздягнув|раздел|роздягав|раздевал > ME|мене|силою|силой|силоміць @1
    TAKESHER + ASLEEP
    TAKESHER > своє|своё|моїм|моим|мною|мной|свое|станом @1
    HE + ASLEEP > на|on|in > ME|мені|мне|top|inside @3
    прокинул*|проснул*|woke > HE|up @3 > на|on|in > ME|мені|top @3
    HE > на|on > мне|мені|top @1
    підсипа*|подсыпа*|підмішав|подмешал|drugged|spiked|опоїв|опоил|напоїв|напоил|підлив|подлил - сир
    казала|сказала|говорила|просила|said|told|кричала|благала > ні|нет|no|stop|перестати|зупинитися|остановиться|зупинитись @3 + HE|ME
    HE > не_зупинився|не_остановился|not_stop|продовжував|продолжал + REFUSED
    робив|робить|делает|делал|did|does|do|done > ME|зі|со|things|it|це|это > PAIN|хоче|хочет|to|проти|anyway|одно @3 + HE|ME - роботу
    did|does > things > to > me|her
    takes|take|бере|берет > what|те|своє|свое @1 > wants|he|хоче @1
    без|without > згоди|согласия|consent
    тримав|держал|held|holding|тримали|held > ME|мої|my > руки|arms|down|hands|wrists @2 + REFUSED|anyway|одно|равно
    held|pinned > arms|her|my > down @2
    честь + забрали|забрав|взяли|окупац*
    зі|зо|со > мною|мной > що|что > хоче|хочет|хотів @0
    хоче|хочет > зі|со > мною
    секс > за > гроші|деньги|їжу|еду
    FORCES !4 - прац* работ* вчит* учит* їсти есть прибир* мити мыть готув* готов* work їхати ехать
    не_чує|не_слышит|not_hear|not_take|not_accept > ні|нет|no|слова @1
    відмовля*|отказыва*|refuse > у|в|йому|ему|сексі|сексе|sex @1 + STRIKES|б'є|бьет|злиться|hits|HIT
    SEX + ASLEEP + HE
    HE > починає|начинает|has|have|had|starts @1 > sex|секс @0 > with @0
    коли|когда|when|while|якщо > сплю|сплю|i|я @1 > sleep|asleep|sleeping|сплю @1 + SEX|лізе|лезет|чіпає|трогает|touches|HE
    без > мого|моего|моєї|моей|my > бажання|желания|згоди|дозволу @0
    without > my > consent|permission
"""
