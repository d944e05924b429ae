# The bot's own voice: short, warm, plain, true. Grade 6 at most. {$alias} is never a real name.

## First contact

greeting = Hi. I'm BuddyBot, a bot. I help people who use opioids, used to, or love someone who does, find one person to talk with. It's free and you get a nickname.
greeting-find = Find a buddy
greeting-how = How it works
greeting-help = I need help right now
how-it-works = You answer a few questions. I look for one person in a place like yours. You both say yes or no. Then you talk here, and I pass your notes on. Nobody sees your account.
welcome-back = Welcome back.
welcome-back-at = Welcome back. We stopped at question { $number }.
declined = That's okay. Nothing is saved. If you want help lines now: /crisis. You can come back any time.
too-young = Thanks for being honest. This space is for adults, so I can't pair you here. There are people who talk with teens, and I can show you who.
young-farewell = That's all I needed. I haven't kept anything. You can come back for /crisis at any age.

## Home

home = What would you like to do?
home-find = Find a buddy
home-answers = My answers
home-rest = Rest a bit
home-rested = Okay. I'm here when you want. /find looks for a buddy.
not-understood = I didn't get that. You can tap, or say it another way.
no-such-command = I don't know that command. Here is what I can do.
# A command with a slip of the fingers; its button stands below.
no-such-command-near = I don't know that command. Did you mean /{ $name }?
stale-button = That button is from before. Here is where we are now.
only-members = Let's first do two short questions. Then you can use that.
broken = Something broke on my side. Your message was not sent. Please try again. Help lines: /crisis.
# While nothing can be read or written. Under the card of /crisis, which stands in memory.
help-from-memory = Part of me is down just now. I can't answer you, but these people can.
# While nothing can be read or written, to somebody who wrote or tapped.
words-wait = Something on my side is down just now. What you sent is not lost. I'll go on with it as soon as I can.
# Right behind it, above the emergency number of where they may be: their next words may not reach the bot either.
words-wait-danger = If a life is in danger, don't wait for me.
account-roomier = So many people write to me here that answers may take a while. I have a second place with more room, and it is just as private. You can also stay: nothing is lost, just go on here.
account-roomier-link = Write to me there
record-lost = Something broke on my side, and I lost what you told me about yourself: your answers, your nickname, your quiet hours. I am sorry. Nobody else saw them. Your notes still go through. I can ask you again when you like.
missed =
    { $count ->
        [one] Welcome back. While I could not reach you, one message waited here. I did not keep it.
       *[other] Welcome back. While I could not reach you, { $count } messages waited here. I did not keep them.
    }
text-only = I can only pass on words. Photos, voice and files could show who you are. Want to write it instead?
own-words-only = I only pass on your own words, so I kept that one back. Want to tell it in words of your own?
too-long = That is too long for one note, so I did not send it. Please cut it into parts of { $limit } letters or less.
# The platform brought something that could not be read. There may have been a cry in it, so whom to call comes first.
could-not-read = If you need someone now: { crisis-line }, or in danger call { crisis-number }. Something came from you that I could not read, so nobody got it. Please write it again in plain words.
empty-note = There were no words in that, so I did not send it.

## Help

help-title = Here is what you can do now. Tap it, or type it: { $list }
help-more = Here is what else works. Type it.
menu-more = More
help-line = /{ $name }: { $help }
command-crisis = Help lines, right now
command-help = What I can do
command-privacy = What I keep, and what I don't
command-find = Look for a buddy
command-status = Where things stand
command-pause = Take a break
command-pause-days = For how many days
command-resume = End your break
command-deal = What you wish for with your buddy
command-opener = First words to tap
command-less = Ask for a slower pace, kindly
command-photos = Share photos and voice notes with your buddy, or stop it
command-photos-state = on or off
command-goodbye = Leave your buddy kindly
command-block = Leave, and never meet them again
command-report = Tell a moderator about something
command-report-message = The message it is about
command-report-text = What happened, in your words
command-unsend = Take back your last note
command-unsend-message = The note to take back
command-answers = See and change your answers
command-notify = Tell me on this device when something waits
command-notify-state = on or off
command-quiet = Set your quiet hours
command-quiet-hours = Such as 22-7
command-chart = See your own weeks
command-checkin = Be asked how your day is
command-checkin-when = Such as daily 7pm, or off
command-language = Change the language
command-language-language = The language, such as en
command-export = Get a copy of what I hold about you
command-forget = Erase everything about you

## Privacy

# What is kept and who sees what, in full: the answer to /privacy.
# card
privacy = Your buddy sees a nickname, not you. I pass notes along and don't keep them. I keep your answers locked, so I can find you a buddy. { $app ->
    [web] The people who run this page could see what you type here.
   *[other] { $app } can see what you type here.
} If you report a message, moderators see the part you share. If a life may be in danger, the on-call moderator sees that message. A court could make us hand over what we have, so we keep little. You can get a copy (/export) or erase it all (/forget) any time.
privacy-operator = Who runs this bot: { $contact }
privacy-tips = Use a nickname you don't use elsewhere. { $app ->
    [web] On a phone or computer that others use, press "Leave quickly" when you go.
    [Telegram] Turn off message previews on your lock screen. Hide your number in the settings.
    [Discord] Turn off message previews on your lock screen. Check who can DM you.
   *[other] Turn off message previews on your lock screen.
} Leave out town, job, and names.

## Status, pause, quiet hours, language

status-home-named = Hi, { $name }. You're not looking for a buddy right now.
status-home = You're not looking for a buddy right now.
status-looking = I'm looking for a buddy for you.
status-offered = I found someone and I'm waiting for answers.
status-room = You have a buddy here: { $alias }. They know you as { $mine }.
status-paused = You're taking a break until { $day }. /resume ends it.
status-quiet = Your quiet hours are { $start } to { $end }.
paused-until = Okay. I'll hold off until { $day }. Your buddy will see that you're taking a break if they write. /resume ends it sooner.
pause-days-wrong = How many days should the break be? Send a number from 1 to 90, such as /pause 7.
resumed = Good to see you. Your break is over.
not-paused = You're not on a break, so nothing changed.
quiet-ask = When should I keep quiet? Send two hours, such as 22-7. Or "off" for no quiet hours.
quiet-set = Okay. From { $start } to { $end } I hold notes until it's over. Crisis notes still come through.
quiet-off = Okay. No quiet hours.
quiet-wrong = I need two hours, such as 22-7 or 10pm-7am. Or "off".
quiet-no-clock = I don't know your local time yet, so I use world time (UTC). You can add it in /answers.
language-set = Okay. I'll use English with you.
language-ask = Which language should I use?
language-unknown = I don't have that language yet. I have: { $list }.
language-en = English
language-es = Español

## Errors of delivery

gone-buddy = I can't reach { $alias } any more, so I closed your chat. It was nothing you did. Want to look for someone new?
note-parked = Your last note to { $alias } did not get through. I tried many times. Please send it again.
note-refused = The app that { $alias } uses did not take your last note, and it won't as it stands. You can say it another way.
note-damaged = Your last note to { $alias } did not get through. Please send it again.
# $days is how long it waited: 1, or as many as the operator set.
note-expired = { $days ->
    [one] A note to { $alias } waited a day and did not get through. I dropped it. You can send it again.
   *[other] A note to { $alias } waited { $days } days and did not get through. I dropped it. You can send it again.
}

## Long silence

idle-warning = It has been quiet for a long time. If I hear nothing for { $days } days, I will erase what I hold about you. Any word from you keeps it.

## Answers, later

intake-rest = Okay. I saved your answers so far. Come back any time and we go on from here.
intake-go-on = Go on
answers-title = Your answers. Tap one to change it. Changes count from your next match.
answers-line = { $question }: { $answer }
answers-skipped = skipped
answers-changed = Okay, I changed that. It counts from your next match.
answers-limit = You changed your limits three times this week. Let's keep them for some days.
answers-more = Answer more questions

## How questions are shown

ask-number = { $number } of { $total }. { $question }
ask-kept = You said: { $answer }.
ask-clarify = Just to be sure, did you mean
ask-confirm = Is this right? { $heard } I did not save your words.
ask-got = Got it. { $heard }
ask-heard = { $question }: { $answer }.
ask-past = { $label } (in the past)
ask-review = I can start looking now. Want to answer { $left } more for a better fit?
# The card of questions once nothing more is asked.
ask-finished = That is enough for now. You can change your answers any time: /answers.
ask-time-am = { $hour }:{ $minute } am
ask-time-pm = { $hour }:{ $minute } pm
