"""Every question of the house, and what somebody types instead of tapping."""
# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TypeAlias

from buddybot.domain.dialog.questions import Unfit
from buddybot.testing import Person, TestBot
from tests.stories.questions import openings

Opening: TypeAlias = Callable[[TestBot], Coroutine[object, object, Person]]


@dataclass(frozen=True, slots=True)
class Story:
    """One place that asks: what it `asks`, and three ways to type one answer, after which `then` is said.

    `place` is the module and the key of what is said, or its function where the content is composed there.
    """

    place: str
    asks: str
    opening: Opening
    typed: str
    slip: str
    spanish: str
    then: str
    unfit: Unfit = Unfit.PASSING
    over: bool = False
    """Whoever goes on with another subject has answered it: what waited goes out before that."""


ALIAS = "ALIAS"
"""Stands in a story for the name that somebody else has in the circle."""
E, T = Unfit.EXCLUSIVE, Unfit.TEXT
# fmt: off
STORIES = (
    Story("door:FIRST", "", openings.greeted, "find a buddy", "find a budy", "buscar a alguien", "18"),
    Story("people.home:GREETED", "", openings.greeted, "find a buddy", "find a budy", "buscar a alguien", "18"),
    Story("door:MENU", "", openings.menu, "my answers", "my anwsers", "mis respuestas", "Your answers"),
    Story("people.menu:show_menu", "what you can do", openings.helped, "my answers", "my anwsers", "mis respuestas", "Your answers"),
    Story("people.menu:no-such-command-near", "Did you mean /answers", openings.misspelt, "yes", "my anwsers", "mis respuestas", "Your answers"),
    Story("people.menu:press_menu", "what else works", openings.helped_more, "find a buddy", "find a budy", "buscar a alguien", "looking"),
    Story("door:FIND", "don't have a buddy", openings.without_room, "find a buddy", "find a budy", "buscar a alguien", "looking"),
    Story("door:AFTER", "Want a new buddy", openings.parted, "find a buddy", "find a budy", "buscar a alguien", "looking"),
    Story("door:NOBODY", "No one could", openings.nobody_on_call, "a small circle", "a smal circle", "un circulo", "small circle"),
    Story("door:APPEAL", "paused for you", openings.held_back, "i want to appeal", "i want to apeal", "apelar", "Tell me in your words"),
    Story("door:MODERATOR", "Your notes are paused", openings.stopped, "talk to a moderator", "talk to a moderater", "hablar con moderacion", "moderator"),
    Story("moderation.reports:report-ask", "What is it about", openings.report, "mean", "hes meen to me", "me trata mal", "Should moderators", E),
    Story("moderation.reports:_what", "Who is it about", openings.report_whom, ALIAS, ALIAS, ALIAS, "What is it about", E),
    Story("moderation.reports:report-paste", "Please paste", openings.report_paste, "cancel", "cancle", "cancelar", "I sent nothing", T),
    Story("moderation.reports:_choose", "Should moderators", openings.report_share, "none", "none just tel them", "ninguna", "Sent.", T),
    Story("moderation.reports:key", "What now", openings.report_sent, "end this chat", "end this chatt", "terminar este chat", "won't be paired again", E),
    Story("kernel.forms:hand_back", "could not take this form", openings.report_form, "open the form again", "open the form agian", "abrir el formulario otra vez", "What is it about"),
    Story("moderation.reports:report-ask", "What is it about", openings.report_of_post, "mean", "hes meen", "me insulta", "Sent.", E),
    Story("moderation.sanctions:quarantine-buddy", "end this chat, or keep", openings.quarantined, "keep it", "keep teh chat", "mantenerlo", "The chat stays open", E),
    Story("talk.endings:block-ask", "never pair you two", openings.block, "yes block", "yes blok him", "si bloquear", "won't be paired again", E),
    Story("talk.endings:_ask_to_block", "Whom should I block", openings.block_whom, ALIAS, ALIAS, ALIAS, "won't meet here again", E),
    Story("people.privacy:forget-ask", "I can erase", openings.forget, "cancel", "keep my dataa", "no borrar", "Nothing was erased", E),
    Story("people.privacy:forget-sure", "Sure?", openings.forget_sure, "yes erase", "yes erase everythin", "si borrar", "I no longer know you", E),
    Story("talk.callbacks:_ask", "Want me to tell you", openings.asked_to_call, "not now", "not noww", "ahora no", "waits here"),
    Story("people.links:link-sure", "Did you get the code there yourself", openings.link, "it is my code", "its my coode", "es mi codigo", "same person here and there", E),
    Story("channels.entry:channel-write-ask", "Write it here", openings.write, "don't write", "dont wirte", "no escribir", "did not post", T),
    Story("channels.entry:ask_which_channel", "Where would you like to write", openings.write_where, "nights", "nigths", "nights", "Write it here"),
    Story("moderation.appeals:appeal-ask", "Tell me in your words", openings.appeal, "cancel", "cancle", "cancelar", "You can appeal for 30 days", T),
    Story("moderation.voice.answering:ask_for_answer", "goes to the moderator", openings.answer_moderator, "cancel", "cancle", "cancelar", "Okay", T),
    Story("commands:quiet-ask", "When should I keep quiet", openings.quiet, "leave it as it is", "leave it as it iss", "dejarlo como esta", "stay as they are", T),
    Story("talk.endings:goodbye-write", "last words", openings.last_words, "cancel", "cancle", "cancelar", "Nothing changed", T),
    Story("commands:quiet-wrong", "I need two hours", openings.quiet_wrong, "rest a bit", "rest a bitt", "descansar un poco", "I'm here when you want"),
    Story("commands:quiet-no-clock", "your local time", openings.quiet_no_clock, "my answers", "my anwsers", "mis respuestas", "Your answers"),
    Story("talk.on_call:quiet-no-clock", "your local time", openings.oncall_no_clock, "my answers", "my anwsers", "mis respuestas", "Your answers"),
    Story("matching.offers:_reveal", "I found someone", openings.offer, "say yes", "sai yes", "digo que si", "I'm asking"),
    Story("matching.offers:offer-again", "asked me to ask again", openings.offer_again, "say yes", "sai yes", "digo que si", "I'm asking"),
    Story("matching.offers:offer-later-once", "one day only", openings.offer_later_once, "not this one", "not this onee", "esta no", "won't say why"),
    Story("matching.waits:show_waiting", "Until then", openings.looking, "a small circle", "a smal circle", "un circulo", "small circle"),
    Story("matching.waits:wait-none-yet", "No good fit yet", openings.none_yet, "keep looking", "kep looking", "sigue buscando", "I keep looking"),
    Story("matching.waits:wait-breathing", "Breathe in", openings.breathing, "talk to someone now", "talk to somone now", "hablar con alguien ahora", "No one could"),
    Story("matching.waits:wait-expected", "I ask you both", openings.expecting, "talk to someone now", "talk to somone now", "hablar con alguien ahora", "No one could"),
    Story("crisis.naloxone:naloxone-ask", "One thing for tonight", openings.naloxone, "what is it", "waht is it", "que es", "a nose spray or a shot"),
    Story("crisis.naloxone:naloxone-known", "Do you have it at home", openings.naloxone_told, "no how", "no hwo", "no tenemos", "Ask at a drug store"),
    Story("matching.circles:circle-wished", "I'll look for a small circle", openings.circle_wished, "no circle after all", "no circel after all", "ya no quiero circulo", "No circle."),
    Story("matching.circles:circle-offer", "There may be a small circle", openings.circle_offer, "yes, I'd like that", "id liek that", "si me gustaria", "waiting for the others"),
    Story("people.small_talk:_say", "Your buddy sees a nickname", openings.asked_who_sees, "find a buddy", "find a budy", "buscar a alguien", "18"),
    Story("people.small_talk:line", "use buttons for a bit", openings.not_understood_twice, "find a buddy", "find a budy", "buscar a alguien", "18"),
    Story("talk.on_call:oncall-wanted", "wants to talk now", openings.wanted, "i can", "i cann", "puedo", "up to 60 minutes"),
    Story("talk.endings:goodbye-ask", "How would you like to leave", openings.goodbye, "a kind standard note", "a kind standart note", "una nota amable", "Want a new buddy"),
    Story("talk.routing:show_whom", "To whom", openings.whom, ALIAS, ALIAS, ALIAS, "I sent"),
    Story("bot_words:_ask", "Is it for me", openings.meant, "the bot", "teh bot", "para ti", "The pace here is now", over=True),
    Story("talk.endings:ask_which", "Which talk", openings.which, ALIAS, ALIAS, ALIAS, "How would you like to leave", E),
    Story("talk.checkins:f'checkin-{question}'", "Do you feel heard", openings.checkin, "some", "a litle", "un poco", "Does it feel safe"),
    Story("talk.checkins:_unsafe", "You don't have to stay", openings.checkin_unsafe, "tell a moderator", "tell a moderater", "avisar a un moderador", "Should moderators", E),
    Story("talk.checkins:checkin-part", "I can end it kindly", openings.checkin_part, "end it kindly", "end it kindley", "terminar con amabilidad", "Want a new buddy"),
    Story("care.deal:'deal-limits-more' if more else f'deal-{step}'", "A small deal", openings.deal, "about once a week", "abuot once a week", "una vez por semana, mas o menos", "good time for you"),
    Story("care.sharing:key", "would like to share photos", openings.photo_wished, "just words", "jsut words", "solo palabras", "just words between you"),
    Story("care.sharing:key", "if you both say yes", openings.photo_sent, "yes that's okay", "yes thats okey", "si esta bien", "I'm asking"),
    Story("care.sharing:key", "You both said yes", openings.photos_on, "stop photos and voice", "stop photos and voise", "parar fotos y voz", "just words between you"),
    Story("care.sharing:key", "are on here", openings.photos_asked_about, "stop photos", "stop fotos and voice", "parar fotos", "just words between you"),
    Story("care.sharing:media-asked-already", "Until they say yes", openings.photos_wished_already, "stop photos", "stop photos an voice", "no mas fotos", "just words between you"),
    Story("care.sharing:key", "are on here", openings.photos_in_status, "no more photos", "stop photos and voic", "parar fotos y voz", "just words between you"),
    Story("care.starters:opener-ask", "Want a starter", openings.starter, "ive got it", "ive gott it", "ya tengo", "Just type, and"),
    Story("care.starters:_offer", "Tap one", openings.starters, "no more", "no moree", "no mas", "won't offer any more"),
    Story("talk.checkins:going-ask", "How is it going", openings.going, "not sure", "not surre", "no lo se", "here if that changes"),
    Story("talk.checkins:going-why", "What is it?", openings.going_badly, "too slow", "too sloww", "muy lento", "life, not you"),
    Story("talk.checkins:f'going-after-{verb}'", "can end it kindly", openings.going_slowly, "end it kindly", "end it kindley", "terminar con carino", "Want a new buddy"),
    Story("care.silences:silence-lull", "Quiet in here", openings.lull, "stop asking", "stop askin", "no preguntes mas", "won't offer any more"),
    Story("care.silences:silence-ask", "Want to send a quick sign", openings.asked_in_silence, "id like to stop", "id like to stopp", "quiero dejarlo", "How would you like to leave"),
    Story("care.silences:silence-told", "has been quiet", openings.told_in_silence, "wait 3 more days", "wait 3 more dayss", "esperar 3 dias mas", "ask you again"),
    Story("care.own_days:own-often", "How often", openings.own_rhythm, "every day", "evry day", "cada dia", "At what time"),
    Story("care.own_days:own-often-now", "Change it", openings.own_rhythm_again, "stop these", "stop thes", "no preguntes mas", "I stopped asking"),
    Story("care.own_days:own-hour", "At what time", openings.own_hour, "not now", "not noww", "ahora no", "That's fine"),
    Story("care.own_days:quiet-no-clock", "your local time", openings.own_no_clock, "my answers", "my anwsers", "mis respuestas", "Your answers"),
    Story("care.own_days:key", "How's today", openings.own_day, "really hard", "realy hard", "muy dificil", "one notch easier"),
    Story("care.own_days:own-company", "sit with this alone", openings.own_company, "talk to someone now", "talk to somone now", "hablar con alguien ahora", "right now"),
    Story("care.parting:silence-ended", "still welcome here", openings.ended_in_silence, "im back", "i'm bakc", "ya volvi", "Good to see you"),
    Story("care.parting:return-welcome", "Good to see you", openings.welcomed, "find someone new", "find somone new", "buscar a alguien", "looking"),
    Story("care.parting:return-ask", "kept the door open", openings.door, "not now", "not noww", "ahora no", "won't ask again"),
    Story("matching.offers:looking-rests", "stopped looking for now", openings.resting_search, "i want to try again", "i want to try agian", "quiero intentarlo otra vez", "I'm looking"),
    Story("talk.enforcement:_key(turn, 'nudge', note.rule)", "contact", openings.contact_asked, "send without it", "sned without it", "enviar sin eso", "without that part"),
    Story("talk.enforcement:_key(turn, 'held', verdict.rule)", "pass", openings.note_held, "i think this is a mistake", "i think this is a mistke", "creo que es un error", "passed your note to a moderator"),
    Story("talk.enforcement:held-aimed", "push someone to get hurt", openings.aimed_held, "don't send", "dont sned", "no enviar", "did not send it"),
    Story("talk.rooms:room-held", "when it suits them", openings.quiet_buddy, "send now", "send noww", "enviar ahora", "I sent it now"),
    Story("channels.open_channels:key", "Lobby", openings.post_taken, "i think this is a mistake", "i think this is a mistke", "creo que es un error", "moderator"),
    Story("moderation.sanctions:key", "Rule 1", openings.warned, "i read it", "i raed it", "lo lei", "Thank you."),
    Story("commands:language-ask", "Which language", openings.language, "spanish", "spanihs", "en español", "español"),
    Story("intake.prompts:answers", "Your answers", openings.answers, "how often", "how oftenn", "cada cuanto", "How often"),
    Story("intake.questionnaire:answers-changed", "I changed that", openings.answers_changed, "my answers", "my anwsers", "mis respuestas", "Your answers"),
    Story("commands:intake-rest", "we go on from here", openings.intake_rest, "go on", "contineu", "seguir", "What brings you here"),
    Story("care.dates.milestones:milestone-none", "no day of it can be lost", openings.no_milestones, "count something", "count somthing", "contar algo", "What would you like to count"),
    Story("care.dates.milestones:milestone-what", "What would you like to count", openings.milestone_kinds, "in my own words", "in my own wrods", "con mis palabras", "What would you call it"),
    Story("care.dates.asking:key", "What would you call it", openings.milestone_unnamed, "cancel", "cancle", "cancelar", "Nothing changed", T),
    Story("care.dates.asking:read_day", "can be two days", openings.two_days_meant, "march 5, 2026", "marsh 5, 2026", "5 de marzo de 2026", "263 days in all", T),
    Story("care.dates.milestones:_show_one", "28 days in all", openings.one_milestone, "change it", "chnage it", "cambiarla", "What should be different"),
    Story("care.dates.milestones:_show_all", "for your eyes only", openings.all_milestones, "count something", "count somthing", "contar algo", "What would you like to count"),
    Story("care.dates.milestones:milestone-change-what", "What should be different", openings.milestone_changes, "other words", "othr words", "otras palabras", "What would you call it"),
    Story("care.dates.milestones:milestone-remove-sure", "I can't bring it back", openings.milestone_to_go, "leave it as it is", "leave it as it iss", "dejarla como esta", "It stays as it is", E),
    Story("care.dates.milestones:milestone-settle", "Want to keep the total", openings.milestone_to_settle, "keep my total", "keep my totl", "mantener mi total", "goes on as it is"),
    Story("care.dates.milestone_notes:milestone-day", "How would you like to mark it", openings.milestone_noted, "just me", "jsut me", "solo para mi", "It stays with you"),
    Story("care.dates.milestone_notes:_preview", "Shall I?", openings.milestone_shown_first, "send it", "sned it", "enviarlo", "I passed it on"),
    Story("care.dates.milestone_notes:_ask_whom", "Who should hear of it", openings.milestone_for_whom, ALIAS, ALIAS, ALIAS, "Shall I?", E),
    Story("care.dates.remembrance:remember-none", "heavy for you", openings.no_remembrance, "name a day", "name a daay", "nombrar un dia", "Which day is it"),
    Story("care.dates.remembrance:remember-instead", "I don't count days here", openings.in_place_of_counting, "name a day", "name a daay", "nombrar un dia", "Which day is it"),
    Story("care.dates.remembrance:_show_one", "I speak of it on the day", openings.one_remembrance, "another hour", "anothr hour", "otra hora", "When should I speak of it"),
    Story("care.dates.remembrance:_show_all", "The days you keep", openings.all_remembrances, "name a day", "name a daay", "nombrar un dia", "Which day is it"),
    Story("care.dates.remembrance:remember-remove-sure", "Take this day away", openings.remembrance_to_go, "leave it as it is", "leave it as it iss", "dejarlo como esta", "It stays as it is", E),
    Story("care.dates.remembrance:key", "asked me to have in mind", openings.remembered, "skip", "skipp", "saltar", "Go gently today"),
    Story("care.wisdom:key", "one thing that helped you", openings.story_asked, "cancel", "cancle", "cancelar", "sent nothing and kept nothing", T),
    Story("care.wisdom:key", "30 to 600 characters", openings.story_again, "cancel", "cancle", "cancelar", "sent nothing and kept nothing", T),
    Story("care.wisdom:key", "a number", openings.story_held, "cancel", "cancle", "cancelar", "sent nothing and kept nothing", T),
    Story("care.wisdom:key", "our rules keep out", openings.story_against_rules, "cancel", "cancle", "cancelar", "sent nothing and kept nothing", T),
    Story("care.wisdom:_ask_what_becomes", "should it go too", openings.story_sure, "share it, it may stay", "share it, it may staay", "compartirla, puede quedarse", "A moderator reads it first"),
    Story("care.wisdom:wisdom-kept", "A moderator reads it first", openings.story_kept, "take my story back", "take my story bakc", "retirar mi historia", "gone from here"),
    Story("care.wisdom:wisdom-waits", "still waits", openings.story_waits, "take my story back", "take my story bakc", "retirar mi historia", "gone from here"),
    Story("care.wisdom:_show_own", "Waits for a moderator", openings.own_stories, "take my story back", "take my story bakc", "retirar mi historia", "gone from here"),
    Story("care.wisdom:wisdom-none-yours", "not shared a story", openings.no_own_stories, "share what helped me", "share what helpd me", "compartir lo que me ayudo", "one thing that helped you"),
    Story("care.wisdom:'wisdom-which' if rows else 'wisdom-empty'", "one person's own", openings.story_topics, "sleep", "sleeep", "sueño", "One person's story"),
    Story("care.wisdom:'wisdom-end' if found else 'wisdom-nothing'", "found no story", openings.story_not_found, "all topics", "all topiks", "todos los temas", "There are no stories yet"),
    Story("care.wisdom:_show_after", "One person's story", openings.story_shown, "report this story", "report this storry", "reportar esta historia", "Nobody sees that story"),
    Story("care.wisdom:wisdom-reported", "Nobody sees that story", openings.story_reported, "all topics", "all topiks", "todos los temas", "There are no stories yet"),
    Story("moderation.stories:key", "can be found now", openings.story_approved, "take my story back", "take my story bakc", "retirar mi historia", "gone from here"),
    Story("moderation.stories:mod-story-new", "new story waits", openings.story_new, "read the next story", "read the next storry", "leer la siguiente historia", "Stories that wait"),
    Story("moderation.desk_chat:mod-story-new", "new story waits", openings.story_in_queue, "read the next story", "read the next storry", "leer la siguiente historia", "Stories that wait"),
    Story("moderation.stories:show_next_story", "Stories that wait", openings.story_for_review, "let members find it", "let members fnd it", "dejar que se encuentre", "Members can find it now"),
    Story("programmes.consent:count-ask", "May I count you", openings.count_asked, "yes count me", "yes cuont me", "si cuentame", "one of many"),
    Story("programmes.consent:count-on", "You said yes to being counted", openings.count_on, "stop counting me", "stop cuonting me", "deja de contarme", "none of their numbers"),
    Story("programmes.consent:research-ask", "May I count you", openings.research_asked, "yes count me", "yes cuont me", "si cuentame", "research numbers"),
    Story("programmes.consent:research-on", "You said yes to research", openings.research_on, "stop counting me", "stop cuonting me", "deja de contarme", "none of the research"),
    Story("care.mentoring.offering:_ask", "or to be one", openings.mentor_which, "be a mentor", "be a mentr", "dar mentoria", "Want to read it?"),
    Story("care.mentoring.offering:f'mentor-card-{card.key}'", "1 of 6", openings.mentor_card, "i share what helped me", "i share wat helpd me", "contar lo que me ayudo", "2 of 6"),
    Story("care.mentoring.offering:mentor-many-ask", "at once? One is plenty", openings.mentor_many, "two", "threee", "dos", "A lead will see"),
    Story("care.mentoring.offering:f'mentor-question-{mentor.asked}'", "hours a week", openings.mentor_answering, "cancel", "cancle", "cancelar", "the door stays open", T),
    Story("care.mentoring.serving:_ask", "places taken", openings.mentor_home, "step down", "stepp down", "dejarlo", "don't need a reason"),
    Story("care.mentoring.serving:mentor-most-ask", "at once? Now", openings.mentor_most, "three", "threee", "tres", "3 at once"),
    Story("care.mentoring.serving:key", "How are you after it", openings.mentor_debrief, "it was heavy", "it was hevy", "fue pesado", "hold it alone"),
    Story("care.mentoring.serving:mentor-debrief-hard", "hold it alone", openings.mentor_heavy, "rest", "restt", "descansar", "Rest is part of it"),
    Story("care.pairs:ask_which_pair", "Which talk", openings.pair_which, ALIAS, ALIAS, ALIAS, "The pace here is now", E),
    Story("matching.mentor_search:mentee-what", "Should I look for one", openings.mentee_what, "look for a mentor", "look for a mentr", "si buscar mentoria", "I'm looking for a mentor"),
    Story("talk.mentor_rooms:key if key == BY_TEAM else 'mentor-left'", "nothing you did", openings.mentor_left, "another mentor", "another mentr", "otra mentoria", "I'm looking for a mentor"),
    Story("moderation.review.mentors:mentor-asked", "would like to know", openings.mentor_asked, "write an answer", "wirte an answer", "escribir la respuesta", "hours a week"),
    Story("moderation.review.mentors:key", "offers to be a mentor", openings.mentor_new, "show the offer", "show the ofer", "ver la oferta", "Here for"),
    Story("moderation.desk_chat:_tell_offer", "Yes, not now, or a question", openings.mentor_decided, "yes let them", "yes let thm", "si que la de", "they are a mentor now"),
    Story("kernel.questions:_doubt", "Did you mean", openings.doubt, "yes", "yess", "si", "won't be paired again", E),
    Story("moderation.paging:_call", "Who can look now", openings.paged, "i take it", "i taek it", "lo tomo", "is yours"),
    Story("kernel.staff:shift-break", "Want a break", openings.tired, "take a break", "take a braek", "un descanso", "nothing for 20 minutes"),
)
# fmt: on
