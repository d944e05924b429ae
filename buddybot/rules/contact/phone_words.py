"""Context patterns around a number: words that say phone, words that say it is something else, and what is counted.

English and Spanish in full; of German, French, Italian and Portuguese the words that stand beside a number most.
"""

import re

_BEFORE, _AFTER = 56, 40
_STOP = re.compile(r"[!?;\n]|\.(?= )")

_PHONE = re.compile(
    r"(?<![a-z])(?:call(?:ing)?|text(?:ing)?|txt|ring|dial|phone|tel|cell|mobile|landline|digits|numbe?r|nmbr|num"
    r"|hmu|hit me|msg|sms"
    r"|reach me|contact(?: me)?|message me|imessage|facetime|whats ?app|whats|wasap|guasap|wsp|viber|signal"
    r"|telegram|my line|mine is"
    r"|mine's|mines|here's me|llam[ae](?:me|rme)?|marca(?:me|le)?|numero|cel|celu|celular|movil|telefono|tfno"
    r"|escribeme|mensaje|mandame"
    r"|contactame|el mio|nummer|handy|ruf|anrufen|telefon|schreib mir|melde dich|appelle(?:-| )?moi|appelle"
    r"|portable|telephone|ecris"
    r"|chiamami|cellulare|scrivimi|ligu?[ae]|bizum|tlf|fone|marquen|marcar|telemovel|telefone|zap)(?![a-z])|📞|☎"
)
_ID_ITSELF = (
    r"order|parcel|package|tracking|track|reference|ref|case|claim|ticket|invoice|account|acct|policy"
    r"|member(?:ship)?|patient|chart"
    r"|mrn|prescription|script|rx|confirmation|serial|model|isbn|docket|booking|receipt|transaction|batch|version"
    r"|page|pin|code|otp"
    r"|badge|inmate|employee|student|flight|id|user id|file|record|application|loan|medicaid|medicare|insurance"
    r"|lottery|lotto|bib"
    r"|pedido|folio|expediente|cuenta|factura|cita|turno|receta|codigo|clave|referencia|guia|poliza|boleto"
    r"|bestellung|commande|dossier"
)
_ID_PLACE = (
    r"clinic|doctor|pharmacy|hospital|chemist|surgery|rehab|bus|train|route|room|lot|house|queue|seat|lucky|magic"
    r"|clinica|farmacia"
)
_COUNTED_WORD = r"(?:'?s)?(?: (?:numbers?|no\.?|num|nr|#|id|code|numero))"
_IDS = re.compile(
    rf"(?<![a-z])(?:(?:{_ID_ITSELF}){_COUNTED_WORD}?|(?:{_ID_PLACE}){_COUNTED_WORD}"
    rf"|(?:numero|numeros|codigo|no\.?|nr\.?|id) de (?:la |el |mi |su )?(?:{_ID_ITSELF}|{_ID_PLACE}))"
    r"(?: is| was| es| ends in| starts| started)?[ :=#,(-]{0,3}$"
)
_RANGES = re.compile(
    r"(?<![a-z])(?:pages?|between|from|lines?|verses?|scored?|about|around|roughly|weighs?|bpm|de|entre)[ :]{1,2}$"
)
_UNITS = re.compile(
    r"[ -]?(?:mg|mgs|mcg|ml|g|gr|grams?|kg|lbs?|oz|cc|days?|nights?|mornings?|hours?|hrs?|minutes?|mins?|seconds?"
    r"|secs?|weeks?|months?|mos"
    r"|years?|yrs?|steps?|calories|cals?|kcal|dollars?|bucks|usd|euros?|eur|pounds?|quid|pesos?|cents|miles?|km"
    r"|points?|times|people"
    r"|pills?|tabs?|tablets?|doses?|degrees|percent|bpm|views|followers|members|deaths|meetings|breaths?|reps"
    r"|sets|words|dias?|noches?"
    r"|horas?|minutos?|semanas?|meses|anos?|pastillas?|veces|pasos|dolares|tage?|nachte|stunden|wochen|jahre"
    r"|jours|nuits|heures|ans"
    r"|giorni|ore|anni|notti|noites)(?![a-z])|[ ]?[%°€£$]"
)
_LINE = re.compile(
    r"(?<![a-z])(?:help ?lines?|hot ?lines?|crisis lines?|the line|line's|support lines?|women's line|an? line"
    r"|samaritans|linea|telefono de"
    r"|helpdesk|notruf|seelsorge|numero vert|linha|poison|national|nationa[lw]ide)(?![a-z])"
)
_TOLL_FREE = re.compile(r"1?8(?:00|33|44|55|66|77|88)[0-9]{7}|080[0-9]{7,9}|1800[0-9]{6}|[89]00[0-9]{6}")


_CALL_ME = re.compile(
    r"(?<![a-z])(?:(?:call|text|txt|ring|phone|whatsapp|message|reach|hit) me|my (?:number|cell|phone|digits)"
    r"|llamame|marcame|escribeme"
    r"|mi (?:numero|cel|celular|telefono))(?![a-z])"
)


def before(text: str, start: int) -> str:
    """Return the words of the same sentence that lead to a number."""
    window = text[max(0, start - _BEFORE) : start]
    stops = [stop.end() for stop in _STOP.finditer(window)]
    return window[stops[-1] :] if stops else window


def after(text: str, end: int) -> str:
    """Return the words of the same sentence that follow a number."""
    return _STOP.split(text[end : end + _AFTER], maxsplit=1)[0]


def says_phone(text: str, start: int, end: int) -> bool:
    """Return whether words close to a number say that it is a phone number."""
    if _PHONE.search(before(text, start)) is not None or _PHONE.search(after(text, end)) is not None:
        return True
    return _CALL_ME.search(text, max(0, start - _BEFORE), end + _AFTER) is not None


def is_named_otherwise(text: str, start: int, end: int) -> bool:
    """Return whether a number is that of an order, a case, a clinic's file, or an amount of something."""
    return _IDS.search(before(text, start)) is not None or _UNITS.match(text, end) is not None


def is_a_range(text: str, start: int) -> bool:
    """Return whether words before two groups say that they are a range or a measure."""
    return _RANGES.search(before(text, start)) is not None


def is_a_public_line(text: str, start: int, end: int, digits: str) -> bool:
    """Return whether a free number is told as a line that people call for help: no single person has such a number."""
    if _TOLL_FREE.fullmatch(digits) is None:
        return False
    return _LINE.search(text[max(0, start - _BEFORE) : end + _AFTER]) is not None
