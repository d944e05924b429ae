# Mentors: members a bit further along who keep somebody company, with a lead's yes. Not staff, not help in a crisis.

command-mentor = Be a mentor, or rest from it
command-mentor-what = "rest", "back", "stop", or how many at once
command-find-who = A buddy, or a mentor

## Offering to be one

mentor-which = Would you like a mentor, or to be one?
mentee-ask = Find a mentor
mentor-be = Be a mentor
mentor-no = Not now
mentor-intro = A mentor is a member a bit further along who keeps someone company for a while. It takes some hours a week. You read a short training, then a lead says yes or not now. You can rest or stop any time, no reason needed. Want to read it?
mentor-again = Good to see you. The training you read still counts. A lead has to say yes again. Want to go on?
mentor-read = Yes, go on
mentor-left-open = Okay. Nothing changes, and the door stays open: /mentor.
mentor-steady-ask = First, just between us: is this a steady time for you? Only you can say. Medicine counts as steady.
mentor-steady = Yes, it is
mentor-unsteady = Not right now
mentor-not-steady = Thank you for being honest. It would be a lot to carry someone else right now. You come first, and the door stays open. If you'd like company: /find or /now.
mentor-you-first = You had a very hard time lately. You come first. The door to being a mentor stays open.
mentor-too-new = Please be here a little longer first, so you know how it feels. From { $day } you can offer. It's not about you.
mentor-answers-first = I need to know a few things first, so I know whom you could be there for.
mentor-held = That can't be while a sanction runs. You can appeal.
mentor-later-wait = A lead said not now. From { $day } you can offer again. It's no mark on you.

## The training: a card each, with one question

mentor-card-peer = { $number } of { $total }. A mentor is a peer. You listen, and you tell what helped you. You are no boss, no sponsor, no therapist. They ask you what they should do. What helps most?
mentor-card-peer-tell = I tell them what to do
mentor-card-peer-share = I share what helped me
mentor-card-peer-why = Many of us want to fix it. But their road is theirs. What helped you is a gift, and they can leave it.
mentor-card-medicine = { $number } of { $total }. No advice on medicine: no amounts, no pace for stopping, no "you don't need it". Medicine counts as recovery. They want to cut down theirs. What do you say?
mentor-card-medicine-prescriber = Ask who prescribes it
mentor-card-medicine-plan = Here is how I did it
mentor-card-medicine-why = What worked for one body can kill another. Who prescribes it can help for real, and you can stay beside them.
mentor-card-money = { $number } of { $total }. No money, no gifts, no rides, no dates. No names or numbers from outside. It keeps you both safe. They ask you for 20 dollars for food. What do you do?
mentor-card-money-once = I send it, just once
mentor-card-money-decline = I say no, kindly
mentor-card-money-why = It's hard to say no. Money changes what you are to each other. You can help them look for food aid, and a moderator can help with a no.
mentor-card-danger = { $number } of { $total }. You are no emergency line. When someone may be in danger, I show them help, and a moderator looks. They write that they want to die, and that nobody may know. What do you do?
mentor-card-danger-point = I stay, and show them help
mentor-card-danger-secret = I keep it to myself
mentor-card-danger-why = It feels like trust. But nobody should carry that alone, not you and not them. Say you care, and point to /crisis.
mentor-card-limits = { $number } of { $total }. You choose your hours. Nobody may expect you at night. /less slows a talk down, /quiet sets quiet hours. This week it is too much for you. What do you do?
mentor-card-limits-push = I push through
mentor-card-limits-slow = I say so and slow down
mentor-card-limits-why = Who pushes through is gone in a month. A slower mentor who stays is worth more.
mentor-card-rest = { $number } of { $total }. You can rest or stop with no reason: /mentor rest, /mentor stop. I look after the people you were there for. You have a hard time of your own. Who comes first?
mentor-card-rest-me = I do
mentor-card-rest-them = They do
mentor-card-rest-why = It's good of you. But you can't pour from an empty cup. I'll see that they are not alone.

mentor-many-ask = That's all of it. How many people would you be there for at once? One is plenty to begin with.
mentor-many-1 = One
mentor-many-2 = Two
mentor-many-3 = Three
mentor-sure = A lead will see: how long you've been here, what brought you, that you read the training, { $count ->
    [one] that you'd take one person
   *[other] that you'd take { $count } people
}, and old sanctions. Never your account or your chats. Send it?
mentor-send = Send it
mentor-sent = Sent. A lead looks at it, which can take some days. You'll hear from me either way.
mentor-sent-no-lead = I keep it for { $days } days. Nobody here can decide it just now, and I'll tell you if that stays so.
mentor-waits = Your offer waits for a lead. You'll hear from me either way.
mentor-withdraw = Take my offer back
mentor-withdrawn = Done. I took it back, and the door stays open.
mentor-unread = No lead found time for your offer, so I let it go. That's on us, not you. You can offer again: /mentor.

## A lead's question

mentor-asked = A lead read your offer and would like to know: "{ $question }" You don't have to answer.
mentor-answer = Write an answer
mentor-skip = I'd rather not
mentor-question-time = About how many hours a week could you give?
mentor-question-hard = What would you do in a hard week of your own?
mentor-question-why = What made you want to be there for someone?
mentor-cancel = Cancel
mentor-answer-again = What you write goes to the lead. You can also say you'd rather not.
mentor-answered = Thank you. The lead can read it until they decide, then it's gone.
mentor-skipped = That's fine. I told the lead you'd rather not.
mentor-answer-wrong = I kept nothing of that. It may be longer than { $limit } characters, or hold a name, a number or something our rules keep out. Want to write it again?
mentor-answer-not-kept = I did not pass that on as an answer. You matter more right now.

## What became of it

mentor-approved = A lead said yes: you're a mentor. I ask you before anyone new comes, and never more than you said. Please say yes only when it fits. /mentor shows where you stand, /mentor rest is always fine.
mentor-later = Thank you for offering. A lead read it and says not now. That's no mark on you, and being here for others counts without a title. The door stays open.
mentor-ended-by-team = While this runs you can't be a mentor. The people you were there for know it's nothing they did, and no more.
mentor-restored = That was our mistake, and it's undone. You are a mentor again. Nobody new comes until you want it: /mentor back.

## Serving

mentor-home = You're a mentor, with { $count } of { $most } places taken. I ask you before anyone new comes.
mentor-home-until = You're a mentor, with { $count } of { $most } places taken. You rest from new people until { $day }.
mentor-home-resting = You're a mentor, with { $count } of { $most } places taken. Nobody new comes until you say you're back.
mentor-rest = Rest
mentor-back = I'm back
mentor-sooner = I'm ready sooner
mentor-many = How many at once
mentor-stop = Step down
mentor-most-ask = How many people would you be there for at once? Now it's { $count }.
mentor-most-set = Okay, { $count } at once. Nobody is sent away for it.
mentor-most-wrong = I can take a number from 1 to { $most }.
mentor-rest-ask = Rest is part of it. From what would you like to rest?
mentor-rest-new = From new people
mentor-rest-all = From everybody, a week
mentor-stay = Go on as it is
mentor-resting = Okay. Nobody new comes until you say so. Your talks go on.
mentor-resting-all = Okay. You're off until { $day }. Who writes to you hears that you take a break. /resume ends it. Nobody new comes until you say /mentor back.
mentor-back-done = Good to have you back. I'll ask you when someone fits.
mentor-stop-ask = You don't need a reason. { $count ->
    [0] Should I note that you step down?
    [one] One person has you as a mentor. I'd tell them kindly that it's nothing they did, and find them someone new. Step down?
   *[other] { $count } people have you as a mentor. I'd tell them kindly that it's nothing they did, and find them someone new. Step down?
}
mentor-stop-now = Step down now
mentor-stopped = Done. Thank you for the time you gave. The door stays open: /mentor.
mentor-stays = Okay. Nothing changed.

## Looking after mentors

mentor-after-ended = A talk of yours as a mentor has ended. How are you after it?
mentor-after-danger = Someone you're a mentor for had a very hard time, and you were there. How are you after it?
mentor-own-crisis = You had a hard time yourself. Nobody new comes to you for a week, and you owe nobody anything. Would a rest from everybody help?
mentor-fine = I'm fine
mentor-heavy = It was heavy
mentor-shaken = I'm shaken
mentor-pass = Skip
mentor-debrief-fine = Good to know. Take it slow.
mentor-debrief-pass = Okay. I'm here if that changes.
mentor-debrief-hard = Thank you for saying so. It's heavy because you cared. You don't have to hold it alone.

## Looking for one

mentee-what = A mentor is a member a bit further along. They read a short training and a lead said yes to them. They are not a doctor, not a sponsor, not on call, and see no more of you than a buddy would. Should I look for one?
mentee-look = Look for a mentor
mentee-buddy = A buddy instead
looking-mentor = I'm looking for a mentor who fits you. There are few, so it may take longer.
looking-mentor-none = No mentor has a place free right now. You can wait, or look for a buddy meanwhile.
# Below a match, for whoever would have a mentor.
offer-of-mentor = { $alias } is a mentor here: a member a bit further along, with a short training and a lead's yes. Not a doctor, not a sponsor, not on call.
# Below a match, for the mentor.
offer-to-mentor = { $alias } asked for a mentor. You would be theirs. A no is always fine.
room-open-mentor = { $alias } said yes and is your mentor now. Your chat is open here, and you go by { $mine }. In danger it's /crisis, day and night. /less, /goodbye and /report work any time.
room-open-mentee = { $alias } said yes. You are their mentor now, and go by { $mine }. Listen, share, and rest when you need to. If it gets heavy: /mentor rest, or talk to a moderator.
mentor-left = { $alias } can't be your mentor any more. It was nothing you did. Want to meet someone else?
mentor-left-team = A moderator has ended { $alias }'s time as a mentor. You did nothing wrong, and nobody blames you. I can't say more about others. Want to meet someone else?
mentor-another = Another mentor
status-mentor = You're a mentor: { $count } of { $most } places taken. /mentor shows more.
status-room-mentor = You have a mentor here: { $alias }. They know you as { $mine }.
status-room-mentee = You're a mentor for { $alias }. They know you as { $mine }.
pair-which = Which talk is it about?

## For leads

concern-mentor = wants to be a mentor
command-mentorship = Decide who becomes a mentor: leads only
command-mentorship-case = Code of the case
command-mentorship-answer = Yes, later, or ask
command-mentorship-question = What to ask: time, hard or why
mod-mentor-new = { $alias } offers to be a mentor. Case { $case }.
mod-mentor-replied = { $alias } replied to the question, or would rather not. Case { $case }.
mod-mentor-look = Show the offer
mod-mentor = Offers to be a mentor. Here for { $weeks ->
    [one] one week
   *[other] { $weeks } weeks
}. Lane: { $lane ->
    [family] someone they care about
    [bereaved] lost someone
   *[other] own use or recovery
}. Would take { $most } at once. Read the whole training and says this is a steady time. Yes, not now, or a question? Typed: /casework mentorship { $case } yes
mod-mentor-was-asked = Asked: "{ $question }" The answer, if there is one, stands below.
mod-mentor-yes = Yes, let them
mod-mentor-later = Not now, kindly
mod-mentor-ask-time = Ask about time
mod-mentor-ask-hard = Ask about a hard week
mod-mentor-ask-why = Ask what moves them
mod-mentor-said-yes = Case { $case }: they are a mentor now, and know it.
mod-mentor-said-later = Case { $case }: they heard "not now", kindly.
mod-mentor-asked = Case { $case }: asked. I'll tell you when they answer.
mod-mentor-none = Case { $case } is no offer to be a mentor.
mod-mentor-held = Case { $case }: a sanction holds them back now, so it can't be a yes.
mod-lead-only = Who becomes a mentor is decided by a lead.
mod-decide-mentor = You can't close it without an answer. Say /casework mentorship { $case } yes, or later.
desk-mentor = Offers to be a mentor
desk-mentor-how = Yes lets the bot offer them mentees, one by one. "Not now" is told kindly. What is asked is written in their language by the bot.
# Of the page: a word in %percent signs% is filled in by it.
desk-mentor-weeks = Weeks here: %n%
desk-mentor-most = At once: %n%
desk-mentor-read = Training: all %n% cards read, and they say this is a steady time.
desk-mentor-lane = What brought them:
desk-mentor-language = Language:
desk-mentor-asked = Asked:
desk-mentor-said = Their words:
desk-mentor-no-answer = No answer yet, or they would rather not.
desk-mentor-leads = A lead decides this.
desk-do-mentorship = Send the answer
desk-mentor-yes = Yes, let them
desk-mentor-later = Not now, kindly
desk-mentor-ask = Ask:
desk-line-asked = a lead asked
desk-line-replied = they replied
