# Matching and the talk of two people.

## Looking

looking = I'm looking for one person who fits you.
looking-already = I'm already looking for you.
looking-few-answers = I'm looking. I don't know much about you yet, so this may be a looser match.
# Somebody on call is with them for an hour.
looking-talk = You're talking with { $alias } right now. Tell me again when that is over, and I'll look.
looking-room = You already have a buddy here: { $alias }. One at a time works best. /goodbye ends it kindly.
looking-offer = I found someone and asked you both. Please answer that first.
looking-limit = You met three new people this week. Let's wait a few days before the next one.
looking-stop = Stop looking
looking-stopped = Okay. I stopped looking. /find starts again.

## Waiting: where somebody stands who looks. How long it takes is said only from at least twenty recent searches.

waiting-long = { $span ->
    [day] Most people here are asked about someone within a day.
    [days] Most people here are asked about someone within three days.
    [week] Most people here are asked about someone within a week.
    [longer] It often takes more than a week here. We're still small.
   *[unknown] It may take a few days. We're still small.
}
waiting-next = When I find someone, I ask you both. You don't have to stay: I write to you here.
waiting-house = A moderator is here now.
waiting-house-nobody = No moderator is on right now. Help lines are there at any hour: /crisis.
waiting-until = Until then:
wait-breathe = Breathe with me
wait-expect = What to expect
wait-breathing = Let's slow down for a minute. Put both feet on the floor. Breathe in while you count to four. Breathe out slowly while you count to six. Again, five times. You can look away from the screen. There is nothing to get right.
# Once for a search, when nobody was found for a day.
wait-none-yet = No good fit yet. I'd rather wait than pair you badly. What would you like?
wait-keep = Keep looking
wait-hours = Widen my hours
wait-kept = Okay. I keep looking, and I write to you here once I find someone.
# What a buddy is and is not, for somebody who waits.
# card
wait-expected = First I ask you both. You see why you may fit, and the other's nickname. If you both say hello, a chat opens here.
    - Nobody has to answer fast. Hours or days are normal.
    - You share what you want. You can stop any time, with /goodbye or /block.
    - It may be slow or feel strange at first. That is not your fault.
    - A buddy is a peer, not a doctor. In danger, /crisis shows who to call.

## Naloxone at home: asked once of who loves somebody that uses. What it does: "Lifesaving Naloxone" of the CDC, as in
## data/claims.toml. That families have it, and that how it is got differs by country: "Take-home naloxone" of the EMCDDA,
## "Over-the-counter naloxone" of SAMHSA. Promise nothing more than this.

naloxone-ask = One thing for tonight: do you have naloxone at home?
naloxone-yes = Yes
# Button: they have none, and ask how to get it.
naloxone-no = No, how?
naloxone-what = What is it?
# After [Yes].
naloxone-kept = That's good to have. Keep it where it is easy to reach, and show the others at home where that is. If you ever need it, /crisis goes through each step with you.
# After [No, how?]. A row with a source in their country follows where one is known.
naloxone-get = Ask at a drug store, or at a group near you that helps people who use drugs. You can say it is for someone you love. Some give it with no paper from a doctor, and some for free. It depends on where you live.
# After [What is it?]: [Yes] and [No, how?] stand below it.
naloxone-known = Naloxone is a nose spray or a shot. In an overdose of opioids, it can bring the breath back. It does not harm someone who took none. (Source: CDC, Lifesaving Naloxone.) Do you have it at home?

## Offers

offer = I found someone. They go by { $alias }. You would be { $mine }. Why you two:
offer-plain = I found someone. They go by { $alias }. You would be { $mine }. I don't know much about you both yet, so this is a looser match.
offer-reason = - { $reason }
offer-end = They don't know anything else, and you choose what to share. If you both say hello, your talk opens here. If not, nobody is told why.
offer-yes = Say hello
offer-pass = Not this one
offer-known = I may know this person
offer-tomorrow = Ask me tomorrow
offer-thanks = Thanks. I'm asking { $alias } too. If they pass, it's about fit, not you.
offer-passed = Okay. I won't say why, or that you passed. I'm still looking.
offer-not-you = Okay. I won't pair you two, ever, and I won't tell them. I'm still looking.
offer-later = Okay. I'll ask again tomorrow.
offer-later-once = I can wait one day only, so they aren't left hanging. What do you say?
offer-again = You asked me to ask again. They go by { $alias }. What do you say?
offer-gone = That offer is over. I'm still looking.
offer-ended = That one didn't work out. I'm still looking.

reason-hours = you have hours in common
reason-pace-many = you both like to talk many times a day
reason-pace-daily = you both like to talk about once a day
reason-pace-few = you both like to talk a few times a week
reason-pace-weekly = you both like to talk about once a week
reason-pace-loose = you both like to talk when it fits
reason-help_wanted-listen = you both want someone who listens
reason-help_wanted-checkin = you both want to check in on each other
reason-help_wanted-same_boat = you both want someone in the same spot
reason-help_wanted-further_on = you both want someone further along
reason-help_wanted-cravings = you both want help when cravings hit
reason-help_wanted-normal = you both want to talk about normal life
reason-help_wanted-give = you both want to be there for others
reason-interests = you both like { $items }
reason-and = { $rest } and { $last }
reason-medicine = you both take medicine
reason-life-parent = you are both parents
reason-life-caring = you both care for someone
reason-life-pain = you both live with pain
reason-life-night_shifts = you both work nights
reason-life-school = you are both in school
reason-life-job_hunting = you are both looking for work
reason-life-veteran = you are both veterans
reason-life-small_town = you both live in a small town
reason-life-grief = you both miss someone
reason-life-living_alone = you both live alone
reason-language = you can chat in the same language
reason-same_place-using = you are both using now
reason-same_place-thinking = you both think about a change
reason-same_place-cutting = you are both cutting down
reason-same_place-just_stopped = you both stopped not long ago
reason-same_place-steady_months = you have both been steady for some months
reason-same_place-steady_year = you have both been steady for a year or more
reason-same_place-moving = for both of you it goes up and down
reason-same_place-active = you both love someone who is using now
reason-same_place-in_care = you both love someone who is in care
reason-same_place-in_recovery = you both love someone in recovery
reason-same_place-no_contact = you are both out of touch with your person
reason-same_place-under_3mo = you both lost someone in the last few months
reason-same_place-under_1y = you both lost someone in the last year
reason-same_place-over_1y = you both lost someone more than a year ago
reason-similar_place = you're in a place that fits theirs
interest-music = music
interest-games = games
interest-pets = pets
interest-sports = sports
interest-cooking = cooking
interest-movies = movies and TV
interest-art = making things
interest-nature = nature
interest-cars = cars and bikes
interest-books = books
interest-fitness = fitness
interest-gardening = gardening

## The room

room-open = { $alias } said yes. Your chat is open here. Type and I'll pass it on. You go by { $mine }. /pause, /report and /goodbye work any time.
# More notes wait for one person than I keep; $count is how many that are.
room-full = I keep { $count } notes for your buddy, and no more fit. This one was not sent. Try again in some days.
room-full-circle = Some people in your circle have more notes than I can keep for them. This one went to the others.
room-waiting-paused = They are taking a break, so I did not send that. You can write again when they are back.
room-held = Waiting. I'll pass it on when it suits them. Is it urgent?
room-send-now = Send now
room-sent-now = Okay. I sent it now.
room-sent-already = That note is already on its way.
room-urgent-limit = You used your three urgent notes this week. It goes out when it suits them. If you need someone now: /crisis.
room-none = You don't have a buddy yet. /find looks for one.
room-edited = { $text } (edited)
unsend-done = Okay. I took it back.
unsend-none = There's no note of yours that I can take back.
edit-not-found = I couldn't change that note. It never went out, it's too old, or it isn't yours. You can send it as a new note.

## Whom a note is for

# Asked where one chat holds several talks. The buttons are names.
whom = To whom? I kept your note for now.
whom-again = That one waits too. To whom should I send it?
whom-circle = Circle
whom-drop = Don't send
# $name is whom it went to, $count how many notes waited.
whom-sent = { $count ->
    [one] I sent it to { $name }. Your next notes go there too, until someone else writes to you.
   *[other] I sent your { $count } notes to { $name }. Your next ones go there too, until someone else writes to you.
}
# Asked where words to a buddy may be meant for the bot: "i need less". The choices are the bot and the names.
meant = I kept that note for now. Is it for me, or for { $name }?
meant-which = I kept that note for now. Is it for me, or for someone you talk with?
meant-again = I kept that one too. Is it for me?
meant-bot = You, the bot
whom-urgent = I sent this to { $name } at once.
# Said where they wrote, in a conversation that ended meanwhile.
conversation-over = This talk is over, so that note went to nobody. You still have the words.
goodbye-which = Which talk do you want to end?
block-which = Which talk is it about?
report-which = Which talk is it about?
which-again = I keep it between us. Which talk do you mean? You can type the name.

## Goodbye

goodbye-ask = Sure. You don't need a reason. How would you like to leave?
goodbye-words = Say a few words
goodbye-standard = A kind standard note
goodbye-silent = Just leave
goodbye-known = I may know this person
goodbye-known-done = Okay. I closed the chat and won't pair you two, ever. They hear that you moved on, and nothing else.
goodbye-cancel = Stay
goodbye-waited = I no longer wait for your last words, so this goes on as a note. /goodbye ends the talk.
goodbye-stay = Okay. Nothing changed.
goodbye-write = Write your last words. I'll pass them on and close the chat.
goodbye-to-other = { $alias } has moved on and wishes you well. It was nothing you did wrong.
goodbye-other-ended = { $alias } has moved on. Endings can sting. I'm here.
# The same two for who lost somebody: an ending weighs more there.
goodbye-to-other-bereaved = { $alias } has moved on and wishes you well. It was nothing you did. One more goodbye can weigh a lot. I'm here.
goodbye-other-ended-bereaved = { $alias } has moved on. It was nothing you did. One more goodbye can weigh a lot. I'm here.
goodbye-done = Done. Want a new buddy, or a break?
goodbye-find = Find someone new
goodbye-rest = Rest a bit
block-ask = I'll close this chat and never pair you two again. I won't tell them why. Okay?
block-yes = Yes, block
block-no = Cancel
block-done = Done. You won't be paired again. You did nothing wrong.
# The same where the name is gone already.
goodbye-unnamed = Your buddy has moved on. Endings can sting. I'm here.

## Reports

report-ask = I'm sorry this happened. What is it about?
report-dealing = Drugs for sale or asking
report-sexual = Sexual
report-threat = Threat
report-money = Money
report-outing = Sharing who I am
report-advice = Bad medical advice
report-mean = Mean
report-worried = I'm worried about them
report-other = Other
report-share = Thank you. Should moderators see some of the notes? They check them, then they are erased. You can write or paste the part, too. Or just tell them.
report-none = None, just tell them
report-cancel = Cancel
report-cancelled = Okay. I sent nothing.
report-sent = Sent. I won't tell them; they may guess. What now?
report-sent-nobody = Sent. I won't tell them; they may guess. No moderator is on right now. What now?
report-end = End this chat
report-keep = Keep it
report-kept = Okay. The chat stays open. You can /block or /report any time.
report-nothing = There's no chat to report right now. If something else is wrong, /help shows what I can do.

## Export and forget

export-done = Here is a copy of all I hold about you. It's for your eyes only.
forget-ask = I can erase your answers, your chats, all of it. It can't be undone. From then on nobody can read the copies in backups. { $app ->
    [web] Your browser may keep a line that says you were here.
   *[other] What { $app } keeps, I can't erase.
}
forget-all = Erase all
forget-copy = Get my copy first
forget-pause = Just pause me
forget-cancel = Cancel
forget-sure = If you have a buddy, they hear that you moved on, and nothing else. Sure?
forget-yes = Yes, erase
forget-cancelled = Okay. Nothing was erased.
forget-done = Done. I no longer know you. I may keep a locked mark, with no name in it, where someone blocked you or a serious case is open. If you ever need help lines: /crisis works without an account. Take care.

## Rules of engagement: what the author hears

nudge-pii = Hold on, just you see this. That looks like a contact or a real name. If you share it, I can't protect you.
# A link from somebody in their first two weeks.
nudge-newcomer_link = Hold on, just you see this. You're new here, so links have to wait for two weeks. I can send the rest of your note.
nudge-copies = Hold on, just you see this. You sent almost the same words to other people this week. A note for one person helps more. Send it anyway?
# A rule that an operator added without words of its own.
nudge-other = Hold on, just you see this. This may not fit the rules here. You can send it, or write it another way.
nudge-send = Send it
nudge-without = Send without it
nudge-drop = Don't send
nudge-anyway = It's not a contact, send
nudge-sent = Okay. I passed it on.
nudge-sent-without = Okay. I passed it on without that part.
nudge-dropped = Okay. I did not send it.
nudge-gone = That note is gone, or the chat has ended. You can write it again.
nudge-expired = A note waited a day for your answer, so I dropped it. You can write it again.
held-drop = Don't send
held-mistake = I think this is a mistake
held-appealed = Thank you. I passed your note to a moderator. Someone will look at it. Asking never makes it worse.
held-sourcing_ask = I did not send that. It reads like asking for drugs (rule 4). If you're sick or tempted right now, I can help with that part: /crisis.
held-sourcing_offer = I did not send that. It reads like an offer to sell or share drugs (rule 4). A moderator will look. You can say if I got it wrong.
held-harassment = I did not send that. It reads like an attack on a person (rule 1). You can say it in a kinder way, or tell me I got it wrong.
held-threat = I did not send that. It reads like a threat, or like pushing someone to harm (rule 10). A moderator will look. You can say if I got it wrong.
held-exploit = I did not send that. It reads like asking for sex, money or clicks (rule 8). You can write it another way, or tell me I got it wrong.
held-flood = That was a lot of notes at once, so I did not send this one. Wait a minute, then send it again. If you are in danger, tap for help.
# A rule that an operator added without words of its own.
held-other = I did not send that. It does not fit the rules here. You can write it another way, or tell me I got it wrong.
held-pii = I did not send that. It looks like a contact (rule 3). You can write it without, or tell me I got it wrong.
edit-held = I did not pass on that change. It may break a rule. Your first note stays as it was.
# In an open crisis a contact or a place passes; the author hears why.
passed-for-life = I passed that on as you wrote it. Someone's life may hang on it, so I left the contact in.
# A call to die, a threat or an offer, while somebody in the room is in danger.
held-aimed = I did not pass that on. It could push someone to get hurt. A person will look at it; there is no penalty from me. If you are not okay yourself, tap for help.
