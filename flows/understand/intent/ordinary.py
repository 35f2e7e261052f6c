"""Everyday words: never taken for a slip of a telling word, and what English is recognised by."""

WORDS = """
    the a an and or of to in on at for from with by is are was were be been am do does did have has had not no yes it
    its this that these those there here what where when who how why which can could will would should may might must
    i you he she we they me my your his her our their them us him some any all more most very too also just about
    because if then than so but as into out up down over under again near need want please thank thanks help find
    know think see look go come get make take give tell ask use try call feel work live day night time people woman
    man city town
    це ця цей ці то та той ті що шо як так ні не на в у з із до від за по про при для без над під через між або але
    та й і а ж же ще вже уже тут там де куди коли хто чому який яка які мій моя моє твій ваш наш свій себе був була
    було були є буде будуть можна треба дуже просто тільки лише сьогодні завтра вчора зараз завжди ніколи
    это этот эта эти тот та те что чего кто как где куда когда почему какой какая мой моя твой ваш наш свой был была
    было были есть будет можно надо нужно очень просто только сегодня завтра вчера сейчас всегда никогда
    забула забув забыла забыл удалить видалити видалила переписку забыть забути приготовил приготувала купил купив подарував
    футболка футболке футболку футболці футболки ночами ночах ночам ночью любить любит кохає допомагає помогает розуміє понимает обіймає спасибі спасибо спасиб сини сині собі себе ночі ночей після дуже дужий можем може буду була
    сушить сушит служить служба слухати слухає слушать можем може можемо можете може дачі дача кожен кожна може
    допомогу допомога забивати гуляти робити любити кормити палити курити дружити вчити учити лікувати
"""
