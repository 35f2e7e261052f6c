"""A child is being hurt, or a child writes."""

WORDS = {
    "HARMS": "карає карав наказывает ображає обижает знуща* издева* мучи* мучает лупить лупит шмагає шмагав порет пороть"
    " ременем ремнем голодом труси* трясе тряс трясет трусить хлище кривдить кривдит виховує воспитывает годує кормит годують виганяє"
    " выгоняет вигнав выгнал залишає кидає кидав кинув бросил hurts hurting hurt abuses abused abuse abusing spanks harm* shakes shook"
    " shaking starv* throws threw burns burned screams лякає замикає замкнув душить бє",
    "MARKS": "сліди следы слідів смуги полосы шрам* рубц* опіки ожоги ожог плям* marks scars welts синц* синя* побої",
    "PARENT": "батько батьком тато татом татко папа папой отец отцом вітчим* отчим* отчім* відчим* мати мама мамка мамой мать мачух*"
    " мачех* батьки родители dad daddy father stepdad stepfather mum mom mother stepmom stepmother parents",
    "YEARS": "років роки рік рокiв рочків лет год годик* годиків рокы years yo year old місяц* месяц* rokiv",
    "SCHOOL": "школярка школяр школьница школьник учениця ученик дев'ятикласник* восьмикласн* класі классе grade teenager"
    " підліток подросток неповнолітн* несовершеннолетн* ліцеї гімназії",
    "CRYING": "плаче плачет здригається вздрагивает мовчить молчит боїться боится не_хоче не_хочет не_говорить cries scared afraid"
    " flinches",
    "SMALL": "маленьк* молодш* меньш* little younger мої мого мою мої моего моих",
}

RULES = """
    KID + STRIKES @6
    KID + HIT @5
    STRIKES|HIT > KID @4
    KID + HARMS @4 - прогулянк* школ* дідусь велосипед*
    KID + BRUISES
    KID + голодн*|hungry|starving + HE|держат|тримають|кидає|keeps
    KID + держат|тримають|держит > голодн* @1
    KID|сестри|сестрички|брата|братика + TOUCHES + PARENT|дядьк*|дід*|HE|молодш*
    чіпляється|чипляєт*|цепляется|липне > до|к > KID|молодш*|мал* @2
    threw|throws|кинув|бросил|жбурнув|швырнул > my|the|ME > KID|toddler @1
    KID + STAIRS + GRABS
    KIDIS + BRUISES
    KIDIS + MARKS @7
    KID + MARKS @7
    KIDIS|KID > б'ють|бьют|being|is|was > hit|beaten|abused|hurt|beaten @2
    KIDIS > вся|весь|в > синц*|синя*|крові @1
    KIDIS + STRIKES > його|его|її|ее|їх|их|мене|меня @1 - мені мне
    його|її|его|ее|їх|их > б'ють|бьют|избивают|побили + KIDIS|KID
    KIDIS + CRYING + HE + MARKS
    KIDIS|KID + PAIN - зуб* живіт вух* горл*
    робив|робить|делал|did > їй|йому|ей|ему|her|him @0 > боляче|больно|things|дивні @1
    KIDIS + здригається|вздрагивает|flinches
    KID + BLEEDS
    KID + RAISES + HANDS
    KID + FISTS
    KID + CHOKES - зуб*
    KID + GRABS + HE
    KID + HE + RAGE + GRABS
    KID + не_дає|не_дает|not|not_feed > їсти|есть|food|feed @2
    not_feed + KID
    голодом|голод + KID
    KID + колінами|гречк*|гречк*|горосі
    TOUCHES > до|к|ко|to|мою|мої|мою > KID @1
    TOUCHES + KID @4 - смак*
    TOUCHES > KID @1
    TOUCHES > my|мою|моего|мого @0 > дочь|дитину|daughter|son|child|доньку|сина|сына @0
    TOUCHES > до|к @0 > доньки|дочери|дочки|дитини|ребенку|сина|сыну|мал* @1
    HE + TOUCHES > її|ее|её|her @1 + KIDIS|KID
    KIDIS + каже|говорит|говорить|says > HE @2 + TOUCHES|PAIN|боляче|больно
    KID + PAIN + HE
    KIDIS + PAIN + HE
    ніжн*|нежн*|ласкав* + KID
    жорстк*|жестк*|жёстк*|строг*|суворо > вихову*|воспитыва*|карає
    TEENS > YEARS @1 + STRIKES|HIT|TOUCHES|HARMS|BRUISES|RAPES|CHOKES
    мені|мне|meni|мнє > TEENS @1 + STRIKES|HIT|TOUCHES|HARMS|BRUISES|RAPES|CHOKES|FISTS
    im|am|i'm|i > TEENS @1 + HE + HIT|TOUCHES|BRUISES|hurts|RAPES|touched
    SCHOOL + PARENT + STRIKES|HIT|HARMS
    KID > is|being|was|gets > hit|beaten @2
    not_feed > the|my @0
    PARENT + STRIKES + мене|меня|me - 70
    PARENT > HIT > ME @1
    PARENT > burns|burned|hurts|beats|hits|starves > me|us @0
    STRIKES > ME > PARENT @1
    ME > STRIKES > PARENT @1
    FEAR > за > дитину|дітей|детей|ребенка|ребёнка|малюка @1
    FEARS > for > kids|children|child|baby @2
    KID + VIOLENT @5
    KID + SAFE - служб* опік*
    кривдять|кривдить|кривдит|обижают|ображають > KID
    погрож*|угрож*|threaten*|hurt|kill|вбити|убить|вбє|убьет > KID|the > KID|baby|kids|дитину @1 - ME
    виганяє|выгоняет|вигнав|выгнал > KID @1
    CRIES > на > KID @2 + удари|удары|б'є|плач|трясе
    LOCKS > the > KID
    KIDIS|KID > боїться|боится|scared|afraid > додому|домой|of|його|йти|go|батьк*|вітчим*|HE @3 - собак* темряв* лікар* зуб* врач* монстр* dark dogs
    кричить|кричит > на > KID @1 + трясе|удари|б'є|бьет|плач
    KIDIS|KID > сліди|следы
    KID > б'ють|бьют|кривдять|обижают|знущаються @2 - школі школе
    торкав*|торкал*|чіпав|трогал|лапав|мацав > KID|моєї|моей|мого|моего @0 > дитин*|доньк*|дочер*|ребенк*|KID @1
    мені|мне|im|i'm > TEENS @1 + б'ють|бьют|hits|beats|hit|кривдять|боюсь|scared|додому|домой|дома
    PARENT + STRIKES|HIT + двійк*|двойк*|уроки|оцінк*|оценк*|школ*|grades
    ременем|ремнем|ремінь|belt - джинс* купи* jeans безпеки безопасности seat
"""
