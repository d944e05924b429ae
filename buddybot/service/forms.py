"""Registry of forms, by the noun of the token that opens one: each is made of what is true at that moment.

Only read here: what was filled in comes back as a press of the same button, and its handler validates it.
"""

from collections.abc import Callable, Mapping

from buddybot.domain.kernel.messages import Pressed
from buddybot.domain.kernel.messages.forms import Form, FormLimits, fitted_form
from buddybot.domain.kernel.tokens import Token
from buddybot.service.channels import entry, post_reports, post_tools
from buddybot.service.intake import sheet
from buddybot.service.kernel.forms import FormPress
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation.desk import case_forms
from buddybot.service.moderation.voice import speaking


def opened_form(turn: Turn, event: Pressed, limits: FormLimits) -> Form | None:
    """Return the form that a press opens, fitted to the platform; None where it opens none."""
    token = Token.parse(event.tokens[0]) if event.tokens else None
    make = None if token is None else FORMS.get(token.noun)
    if token is None or make is None:
        return None
    member = turn.tx.members.by_address(event.origin.address)
    locale = turn.book.words.nearest(event.origin.locale if member is None else member.locale)
    form = make(FormPress(turn, token, event, member, locale, limits))
    return None if form is None else fitted_form(form, limits)


def _of_menu(press: FormPress) -> Form | None:
    moderators = press.token.verb in post_tools.ON_POSTS
    return post_tools.post_tool_form(press) if moderators else post_reports.menu_form(press)


FORMS: Mapping[str, Callable[[FormPress], Form | None]] = {
    "channel": entry.post_form,
    "form": _of_menu,
    "intake": sheet.intake_form,
    "mod": case_forms.case_form,
    "voice": speaking.voice_form,
}
"""What each noun asks on a form. A noun without one asks step by step."""
