### Crisis copy. Read docs/crisis-content.md before you change a word. A clinician and people with lived experience
### should review it. Short words, no praise, no blame, no drug slang, no method, no amounts.
### Variables that every message may use: $emergency (a number, or "none"), $way $phone $sms $word $url (the crisis
### line), $poison $spotter $violence (numbers, or "none"), $buddy and $shift (yes or no).

## Parts of sentences

# How to reach the crisis line; stands in the middle of a sentence. $way says what the line offers.
crisis-line = { $way ->
    [same] call or text { $phone }
    [call] call { $phone }
    [call-word] call { $phone }, or text { $word } to { $sms }
    [call-text] call { $phone }, or text { $sms }
    [word] text { $word } to { $sms }
    [text] text { $sms }
   *[web] go to { $url }
}{ $land ->
    [none] { "" }
   *[other] { " " }(in { crisis-land }; elsewhere go to { $elsewhere })
}
# Where a line is right that is a guess from the region of their app.
crisis-land = { $land ->
    [US] the US
    [CA] Canada
    [GB] the UK
    [IE] Ireland
    [AU] Australia
    [NZ] New Zealand
    [DE] Germany
    [ES] Spain
    [FR] France
    [IN] India
    [MX] Mexico
   *[other] your country
}
# The emergency number; stands after "call". "none": the country is not known, so numbers come with where they are right, the
# one of their app's region first.
crisis-number = { $emergency ->
    [none] { $region ->
        [islands] 999 (UK), 911 (US, Canada) or 112
        [wide] 112, 911 (US, Canada) or 999 (UK)
        [guessed] { $nearest }, 911 (US, Canada) or 112
       *[other] 911 (US, Canada), 999 (UK) or 112
    }
   *[other] { $emergency }
}
# Opening hours behind a line, with a space before. Unknown hours say nothing.
crisis-hours = { $hours ->
    [always] { " " }(day and night)
    [office] { " " }(office hours)
    [unknown] { "" }
   *[other] { " " }({ $hours } h)
}

## The card of /crisis

# card
# First lines of the /crisis card; rows with lines follow. It must be true for everyone, member or not.
crisis-card = Help is here, any time. I'm a bot. I can't call for you or see where you are. If a life is in danger, call first.
# Row of the card: the emergency number.
crisis-row-emergency = Emergency: call { $phone }
# Row of the card where the country is not known.
crisis-row-emergency-anywhere = Emergency: call { crisis-number }.
# Row of the card: somebody to talk with in a crisis. $name is the line's own name.
crisis-row-crisis = Talk to someone: { $name }. To reach them, { crisis-line }{ crisis-hours }.
# Row of the card: somebody to text with in a crisis.
crisis-row-text = By text: { $name }. To reach them, { crisis-line }{ crisis-hours }.
# Row: a line that stays on the phone while a person uses alone.
crisis-row-spotter = Using alone: { $name }. To reach them, { crisis-line }{ crisis-hours }.
# Row: a line about drugs, treatment, and support.
crisis-row-drugs = About drugs: { $name }. To reach them, { crisis-line }{ crisis-hours }.
# Row: poison help, also for mixing medicines.
crisis-row-poison = Poison help: { $name }. To reach them, { crisis-line }{ crisis-hours }.
# Row: violence at home. Keep it short; somebody may look over their shoulder.
crisis-row-violence = Not safe at home: { $name }. To reach them, { crisis-line }{ crisis-hours }.
# Row: where to get naloxone.
crisis-row-naloxone = Naloxone: { $name }. To reach them, { crisis-line }.
# Row: a line for young people.
crisis-row-youth = For young people: { $name }. To reach them, { crisis-line }{ crisis-hours }.
# Row: a line for one group of people, or for information.
crisis-row-support = { $name }: { crisis-line }{ crisis-hours }.
# card
# First line above all other lines of the country.
crisis-more = More people who can help. Pick one; you don't need them all.
# card
# First lines for somebody under 18, who can't be paired. Rows with lines follow.
crisis-youth = These people talk with teens. You can be as quiet as you like.
# Link that calls a number. $number is shown as written in the country.
care-link-call = Call { $number }
# Links that call a number of a part of the world, while the country is not known.
care-link-north = Call { $number } (US, Canada)
care-link-islands = Call { $number } (UK)
care-link-wide = Call { $number } (many countries)
# The number of the region of their app, where it is none of the above.
care-link-guessed = Call { $number } (my guess)
# Link that opens a text message to a number.
care-link-text = Text { $number }
# Link that opens a site. $number is its name.
care-link-open = Open { $number }
# Button on the card: opens the overdose card.
care-choice-overdose = Someone overdosed
# Button on the card: opens the straight question about ending one's life.
care-choice-ending = I think about dying
# Button: shows more help lines.
care-choice-lines = More
# Button: closes the card.
care-choice-okay = I'm okay

# Asks for the country, inside a card that shows emergency numbers of several parts of the world.
crisis-where = { $region ->
    [none] { "" }
   *[other] The first number is a guess from your app.{ " " }
}What country are you in? Type it or tap.
# After [My country].
crisis-country = Which one is it? You can type it, too. I use it to show the right numbers.
# After [Another country].
crisis-country-other = Type the name of your country, and I look for its numbers.
# They named a country that has no file: nothing is guessed.
crisis-country-none = I don't have the numbers of that country. Call your local emergency number. 112 works on most phones.
# Button: they want to say where they are.
care-choice-ask = My country
# Buttons: countries.
care-choice-US = United States
care-choice-CA = Canada
care-choice-GB = United Kingdom
care-choice-other = Another country

## Said with many answers

# Shown below a script for L3, L4 and overdose. Must be true: $shift says whether a moderator is on shift now.
crisis-shift = { $shift ->
    [yes] I told the on-call moderator, so someone knows. They are a person, not a doctor.
   *[no] No moderator is on right now. The number above is.
}
# After [I'm okay].
crisis-okay = Okay. I'm here if that changes. Help is one tap away: /crisis.
# After [I'm okay, not what I meant]. It is true: L0 to L2 stay quiet for a day.
crisis-not-meant = Thanks for telling me. I read it wrong. I won't ask about this for a day. If things get dark, /crisis is always there.
# After [Talk to someone now]. True at any hour. The bot may also look for a peer who is up.
crisis-someone = A trained person can talk with you now: { crisis-line }. { $buddy ->
    [yes] You can write to your buddy here too.
   *[no] You can just say hi.
}

## Levels

# L0, distress. At most once in six hours.
crisis-distress = That sounds really hard. Thanks for saying it here. Do you want company, or a way to get through the next ten minutes?
# After [Next ten minutes].
crisis-ten = Let's make it small. Hold something cold. Breathe out slowly, five times. Then step into another room. These waves pass. What would help next?
# L1, a wish to be dead. Asks straight; that does not plant the idea.
crisis-wish = I'm a bot, and I'm glad you told me. I want to ask straight: are you thinking about ending your life? A trained person is there too: { crisis-line }.
# L1, after [No].
crisis-heavy = Thank you for telling me. It still sounds heavy. I'm here, and so are people: { crisis-line }.
# L2, active thoughts; first of two safety questions.
crisis-active = Thank you for being honest. You don't have to hold this alone. Do you have a plan, or the things to do it with? You can talk to a person any time: { crisis-line }.
# L2, second safety question. Also after [Worse].
crisis-safe = Thank you. One more, so I show the right help: are you safe for the next hour? A person can be with you by phone: { crisis-line }.
# L2, after both questions: the line.
crisis-trained = Thank you. A trained person can talk with you now: { crisis-line }. You can hang up or stop any time.
# L2, after [I'm scared to call]. Says before they ask that some lines may send help.
crisis-scared = That's common. You can stay quiet on the line. You don't need to give your name. Some lines may send help if they think your life is at risk. You can ask about that first. When you're ready: { crisis-line }.
# card
# L3: a method, a plan, a goodbye. Three things to do, one question.
crisis-danger = I'm worried about you, and I'm glad you're still here talking. Please do one of these now:
    1) { $way ->
        [same] Call or text { $phone }
        [call] Call { $phone }
        [call-word] Call { $phone }, or text { $word } to { $sms }
        [call-text] Call { $phone }, or text { $sms }
        [word] Text { $word } to { $sms }
        [text] Text { $sms }
       *[web] Go to { $url }
    }. If you might act soon, call { crisis-number }.
    2) Put distance between you and anything you could use. Ask someone to hold it, or leave the room.
    3) Get near another person. Even sitting with someone helps.
    Which one can you do first?
# L3 once more within minutes: shorter.
crisis-danger-again = I'm still here, and I'm still worried about you. Please { crisis-line }. If you might act soon, call { crisis-number }. Is someone near you?
# L3, after [Someone is with me].
crisis-with = I'm glad someone is there. Could they hold on to anything you might use, just for tonight? You can also talk to someone trained, with them next to you: { crisis-line }.
# L3, after [I can't].
crisis-near = Okay. Stay with me. Is anyone in the home or close by? The people on the line won't judge you. You can say just "hi": { crisis-line }.
# After [Yes], someone is near.
crisis-near-yes = Please go to them now. You could say: "I'm not safe. Can you stay with me?" Then { crisis-line }, together. If you might act soon, call { crisis-number }.
# After [No], nobody is near.
crisis-near-no = Then let a voice be near: { crisis-line }. You can stay quiet. If you might act soon, call { crisis-number } and unlock the door.
# card
# L4: happening now, to the person themselves. The number comes first.
crisis-now = Call { crisis-number } now. Or say it to someone near you: "I need help, call { crisis-number }."
    Move away from an edge, or from anything that could hurt you.
    Unlock the door. If you took something, sit, or lie on your side.
    If you have naloxone, use it, or put it where people see it.
    Keep typing to me if you can.
# L4 once more within minutes: shorter.
crisis-now-again = Call { crisis-number } now, or ask someone near you to. Move away from what could hurt you. Unlock the door. If you took something, lie on your side. I'm still here.
# L4, after [I called].
crisis-called = Good that you called. Stay on the phone with them. Unlock the door. If you took something, lie on your side. Keep typing if you can.
# L4, after [Someone is near].
crisis-nearby = Tell them now: "I need help. Please call { crisis-number } and stay with me." Show them where the naloxone is.
# After [I can't]: cannot call.
crisis-cant-call = Then get someone's ear: knock next door, or shout. Ask them to call { crisis-number }. You don't have to explain. You can also { crisis-line }.

# L4, after "I'm alone".
crisis-now-alone = Then let's get a voice to you. Call { crisis-number } and put it on speaker. Unlock the door. If you took something, lie on your side. Keep typing to me. Have you called?
# Nothing but statistics speaks of danger: ask first, once.
crisis-sure = I want to be sure I read you right. Is a life in danger right now, yours or someone else's? If so, call { crisis-number } first.
# They named something they could use, and nothing was known before: ask straight.
crisis-means = Thank you for telling me. I want to ask straight: are you thinking of using that to hurt yourself? A person can talk with you now: { crisis-line }.
# L3 and L4, after they typed where they are or a number. $shift as in crisis-shift.
crisis-place-told = Thank you. I can't send anyone myself. Say it to { crisis-number }: they can come to you. { $shift ->
    [yes] The moderators on shift can see what you wrote.
   *[no] No moderator is on right now.
} Can you call, or ask someone to?

## The conversation's own next line, for words that answer no question. Never the same one twice running.

# Nothing open, or L0 to L2.
crisis-still-1 = I'm still here, and I read what you wrote. You don't have to find the right words. Do you want to talk with someone now? You can also { crisis-line }.
# Likewise.
crisis-still-2 = I hear you. I'm a bot, so I may miss things. What would help most right now: a person, or a way through the next ten minutes?
# Likewise.
crisis-still-3 = Thank you for staying with me. You can say as much or as little as you like. A trained person is there too: { crisis-line }.
# L3.
crisis-still-danger-1 = I'm still here with you. Is anyone in the home, or close by? If you might act soon, call { crisis-number }.
# L3.
crisis-still-danger-2 = Thank you for keeping on typing. Please put some distance between you and what you could use. Who could come and sit with you?
# L3.
crisis-still-danger-3 = I'm worried about you, and I'm staying. A voice can help now: { crisis-line }. You can stay quiet on the line. Have you called?
# L4.
crisis-still-now-1 = I'm still here. Please call { crisis-number } now, or shout for someone near. Are you away from what could hurt you?
# L4.
crisis-still-now-2 = Stay with me. Put the phone on speaker with { crisis-number }. If you took something, lie on your side. Can you do that?
# L4.
crisis-still-now-3 = Keep typing to me. The people at { crisis-number } can be with you fast. Have you called, or is someone near?
# Using alone.
crisis-still-alone-1 = I'm still here. Door unlocked, naloxone in sight. { $spotter ->
    [none] Could a friend stay on the phone with you?
   *[other] Could you call { $spotter }? They stay on the phone with you.
}
# Using alone.
crisis-still-alone-2 = I'm glad you keep writing. I can't send help to your door, so a person on the phone matters. Is there someone you could ask?
# Using alone.
crisis-still-alone-3 = I'm with you, and I can't see you or send help. A person's voice can do more than I can. Would you like to talk with someone?
# Withdrawal danger.
crisis-still-withdrawal-1 = I'm still here. This can turn fast, so please call { crisis-number }. Is anyone with you?
# Withdrawal danger.
crisis-still-withdrawal-2 = Please don't wait this out alone. Tell { crisis-number } what you took and when you stopped. Can you call now?
# Violence: says nothing of what was told; a number to call is all that somebody who looks over their shoulder sees.
crisis-still-violence-1 = I'm here. In danger right now: { crisis-number }. Is it safe to read more?
# Violence: says nothing of what was told; a number to call is all that somebody who looks over their shoulder sees.
crisis-still-violence-2 = Okay, no rush. If it gets bad: { crisis-number }. Is it safe to go on here?
# A child in danger.
crisis-still-child-1 = I'm still here. If the child is in danger now, please call { crisis-number }. Is a grown-up you trust near?
# A child in danger.
crisis-still-child-2 = Stay close to the child if you can. { crisis-number } can tell you what to do, step by step. Have you called?
# Their buddy went silent.
crisis-still-silent-1 = I'm still here. Waiting is hard. If your buddy writes, I'll pass it on. Do you want to talk with someone?
# Their buddy went silent.
crisis-still-silent-2 = You did not cause this. You can talk to someone while you wait: { crisis-line }.
# They change the subject: allowed, with the way back.
crisis-aside = Okay, we can do something else. If it gets heavy again, say "help me", any time. I'll be here.

## Overdose of another person

# card
# The overdose card, first screen: the number alone on top, then three verbs. One step a card follows. Words between
# two stars are drawn bold. Core steps of public first-aid sheets; review with a clinician.
crisis-overdose = **CALL { crisis-number } NOW.** Say "not breathing" and where you are. Put it on speaker.
    1) **Rub** hard: your knuckles on the breastbone.
    2) **Naloxone**: one spray in one nostril.
    3) **Breathe** for them: one breath every 5 seconds.
# card
# Overdose, step 1, after [Done, next].
crisis-over-rub = **Rub and shout.** Knuckles hard on the breastbone, shout their name. Blue lips, snoring, gurgling, or slow breath: it may be an overdose. Did you call { crisis-number }? Put it on speaker.
# card
# Overdose, step 2.
crisis-over-naloxone = **Naloxone.** One spray in one nostril, or the shot in the thigh. It won't hurt them if you are wrong. Then go straight to breathing for them.
# card
# Overdose, step 3.
crisis-over-breathe = **Breathe for them.** On their back: tilt the head, lift the chin, pinch the nose. One breath, count 1, 2, 3, 4, 5, and again. No sign of life? Push hard and fast on the chest. Do what { crisis-number } says.
# card
# Overdose, step 4.
crisis-over-wait = **Wait 2 to 3 minutes,** and keep breathing for them. Still not breathing? Give one more spray, in the other nostril. No cold shower, no ice. Don't make them vomit.
# card
# Overdose, step 5.
crisis-over-stay = **Stay with them.** Breathing but asleep? Roll them onto their side. The goal is breathing, not waking. Naloxone can wear off and the overdose can come back. Wait for help with them.
# Everyday words in the middle of the steps: perhaps nobody lies there, and the words before were misread.
crisis-over-sure = I'm with you. Is someone not breathing, or not waking up, right now? If nobody is, say "no" and I'll stop this.
# Overdose, after "I gave narcan".
crisis-over-gave = Good. Now breathe for them: one breath every 5 seconds. Wait 2 to 3 minutes. Still not breathing? Give one more in the other nostril, and tell { crisis-number }.
# After [I called].
crisis-over-called = Good. Stay on the phone and do what they say. Keep breathing for them, one breath every 5 seconds, until they breathe or help comes.
# After [They're breathing].
crisis-over-breathing = Good. Roll them onto their side and stay with them. Naloxone can wear off and the overdose can come back. Keep watching the breath till help comes.
# After [No naloxone].
crisis-over-no-naloxone = Breathing for them matters most. Head back, chin up, pinch the nose, one breath every 5 seconds. Tell { crisis-number } it may be an overdose.
# After [I'm afraid of police]. Laws differ; say so.
crisis-over-police = That fear makes sense. Many places have a law that protects people who call. It is not the same everywhere. You can say "not breathing" and leave out the rest. Please call { crisis-number }.
# After [Help is here].
crisis-over-after = You did a hard thing. Do you want someone to talk to?
# The day after, to the person who stood by.
crisis-over-check = Yesterday was a lot. It can stay in the body for days. How are you after that? You don't need to answer.

## Using alone tonight

# A. The bot is not a spotter and says so. With a spotter line where the country has one.
crisis-alone = Thanks for telling me. These help keep you alive: door unlocked, naloxone in sight, one thing at a time, much less after a break. { $spotter ->
    [none] Ask a friend to stay on the phone. I can't send help to your door.
   *[other] This line stays on the phone and sends help if you stop answering: { $spotter }. I can't do that.
}
# After [Naloxone by mail].
crisis-alone-naloxone = They can mail it to you. For tonight, some drug stores have it with no paper from a doctor. Keep it where others can see it.
# After [Message my buddy]. The quoted line is sent as the person's own when they tap [Send that].
crisis-alone-buddy = You could say: "I'm on my own tonight. Could you stay and talk with me?" Want me to send that?
# After [Not tonight].
crisis-alone-later = Okay. If you use: door unlocked, naloxone near, and much less than before if you had a break. I'm here.

# After "my friend is here": not alone any more.
crisis-alone-with = I'm glad you're not alone. Ask them to stay, to watch your breath, and to call { crisis-number } if it gets slow. Keep naloxone where you both see it.

## Withdrawal danger

# W. More than normal withdrawal. Never advise riding it out, never amounts.
crisis-withdrawal = This can be more than normal withdrawal, and it can turn fast. Please call { crisis-number } now{ $poison ->
    [none] .
   *[other] , or poison help at { $poison }.
} Say what you took and when you stopped. Can you call?
# After [I called].
crisis-withdrawal-called = Good that you called. Tell them what you took and when you stopped. Have someone sit with you till help comes.

## Violence at home

# V. First a question only; somebody may look over their shoulder.
crisis-violence = Is it safe to read this here?
# V, after [Yes].
crisis-violence-line = You don't deserve to be hurt. { $violence ->
    [none] These people listen, and can help you plan: { crisis-line }.
   *[other] These people listen, and can help you plan: { $violence }.
} If you are in danger now, call { crisis-number }. [No, hide] clears this.
# V, after [No, hide]: gives nothing away.
crisis-neutral = Nothing new here.

## A child in danger

# C. A child is in danger now.
crisis-child = A child's safety comes first. If a child is in danger now, or may have swallowed something, call { crisis-number } now, even if they look okay{ $poison ->
    [none] .
   *[other] . Poison help is at { $poison }.
} Slow breath, or not waking up? Say that first. Stay with them, near a grown-up you trust. I can't call for you.
# C, after [I called].
crisis-child-called = Good that you called. Stay with the child, and tell the people on the phone all you know.

## Worried about somebody

# B. Their buddy went silent after heavy words. $shift as above.
crisis-silent = That's a scary wait. Most silences are sleep or a dead phone. { $shift ->
    [yes] I've let a moderator know.
   *[no] No moderator is on right now. They'll see this when they are.
} If your buddy writes, I'll pass it on. Want to talk to someone meanwhile?
# From a report: worried about them.
crisis-worried = You care about them. Tell me what you saw.
# After [They may hurt themselves].
crisis-worried-hurt = Asking straight is safe: "Are you thinking about suicide?" Share this: { crisis-line }. If you know where they are and it's urgent, call { crisis-number }.
# After [They're using alone].
crisis-worried-alone = You could ask them to keep the door unlocked and naloxone in sight. { $spotter ->
    [none] A friend on the phone can call for help.
   *[other] This line stays on the phone with them: { $spotter }.
}

## Check-ins afterwards

# 30 minutes and 3 hours after.
crisis-check = Checking in. How are you right now?
# The second time: other words, as the first may have gone unanswered.
crisis-check-again = Looking in once more. How are you now?
# The next morning, in their time.
crisis-morning = Good morning. I said I'd look in. How are you today?
# After [Better]. It is true: there is one more check-in, in the morning.
crisis-check-better = I'm glad it let up a bit. Could someone hold on to anything risky tonight? I'll check once more in the morning.
# After [Same]. Check-ins go on.
crisis-check-same = Thanks for telling me. It can take time to pass. You don't have to wait alone: { crisis-line }.
# After [Better] the next morning: no more check-ins.
crisis-morning-better = I'm glad it let up. I won't ask about this again. Help stays one tap away: /crisis.
# After [Don't ask again].
crisis-check-stop = Okay, I won't ask again. Help is here any time: /crisis.
# May the buddy know?
crisis-tell = May I let your buddy know you're okay?
# After [Yes].
crisis-told = Thanks. I'll tell them you're okay, and nothing else.
# After [No].
crisis-not-told = That's fine. I won't say anything.
# To the buddy, after the person allowed it.
crisis-buddy-okay = Your buddy asked me to tell you they're okay.
# The day after using again.
crisis-used-check = No need to answer. I just thought it may be a rough day.
# After [I'm okay] to a check-in of the next day.
crisis-after-okay = Thanks for saying so. I'm here if you want me.

## Soft answers

# It was close, and it is over.
crisis-survived = I'm really glad you're here. You don't owe anyone a story. Want rest, company, or info on what comes next?
# After [Rest].
crisis-rest = Rest, then. I'll be here when you want me.
# After [What comes next].
crisis-next = A check with a doctor or nurse helps, even if you feel fine. Sleep, food, and one person who knows are a good start. You don't have to plan more today.
# Somebody died. Slow, no list.
crisis-loss = I'm so sorry. There's no hurry here. Would you like to talk with someone, or see a line that helps with grief?
# They say that they found the person who died.
crisis-loss-found = That is a lot to carry. If the pictures come back, you're not going mad: it happens to many. A grief line, or a person who has been there, can help.
# The picture of how they found somebody comes back. If it is now, the steps begin.
crisis-loss-seen = I'm so sorry you carry that picture. It comes back to many who found someone, and it gets softer with time. Want to talk with someone who knows it? If it's happening right now, say "not breathing".
# Somebody bereaved asks whether it hurt them. No word on how it is to die: others may read it for themselves.
crisis-loss-felt = So many who lost someone carry this question. I'm sorry you carry it too. If you also ask it for yourself, you can tell me. Would you like to talk with someone?
# After [Grief help].
crisis-loss-lines = People there have time for grief too: { crisis-line }. You can tell them as much or as little as you like.
# After [Not now].
crisis-loss-not-now = That's okay. I'm here when you want to talk.
# They used again.
crisis-used = Thank you for telling me. You're not in trouble here. First: are you safe right now?
# The line about using again after a break; also used on its own.
crisis-return = If you use again: your body may take much less than before. Try not to be alone. Have naloxone near.
# After [Yes], safe.
crisis-used-safe = { crisis-return } What would help now?
# After [Tell my buddy]. The quoted line is sent as the person's own when they tap [Send that].
crisis-used-tell = You could say: "I used again. I don't need fixing, I just didn't want to hide it." Want me to send that?
# After [Change it]: what they type goes to their buddy as always.
crisis-used-change = Say it your way. Type it, and I pass it on. Or send mine: "I used again. I don't need fixing, I just didn't want to hide it."
# After [Get back on my medicine]. No amounts, no pace.
crisis-used-medicine = That's a good next step, and clinics know this well. You could say: "I used again, and I want to start my medicine again." Tell them what you took and when, as it may change how you start. Want company while you call?
# After [Just sit here].
crisis-used-sit = Okay. We can just sit. I'm here.
# After [No] or [Not sure]: may not be safe after using.
crisis-used-unsafe = Very sleepy, slow breath, or blue lips: call { crisis-number } now. Unlock the door, and keep naloxone in sight. Is anyone with you?
# After [Someone is with me].
crisis-used-with = Good. Ask them to stay, to watch your breath, and to call { crisis-number } if it gets slow.
# They say that they are high.
crisis-high = Thanks for saying. Is someone with you?
# After [Yes].
crisis-high-with = Good. Stay together, and keep naloxone where you both can see it.
# Maybe a joke, maybe more.
crisis-unclear = Long day, or more than that?
# After [Just tired].
crisis-tired = Got it. I hope you get some rest.
# They ask how much to take. Never an amount.
crisis-dose = I can't tell you amounts. A wrong number could kill. A pharmacist can, free and private{ $poison ->
    [none] .
   *[other] , or poison help at { $poison }.
} Are you safe right now?
# After [Yes].
crisis-dose-safe = Thanks. A pharmacist or your prescriber is the one to ask. I'm here to listen.

## To the buddy

# card
# After L1 or L2, once the buddy's copy of the message was delivered. No labels, no level, no history.
crisis-buddy-guidance = Your buddy shared something heavy. You don't have to fix it. You can:
    - Say you heard it: "Thank you for telling me. I'm here."
    - Ask straight: "Are you thinking about suicide?" Asking is safe.
    - Share the line: { crisis-line }.
    - Tap [Get a moderator]. You are not telling on them.
    You can step back. Their life is not on your shoulders.
# card
# After L3 or L4, once the buddy's copy of the message was delivered.
crisis-buddy-danger = Your buddy may be in danger. If you are talking now: ask where they are and if someone is near. Ask them to call { crisis-number }, or to { crisis-line }. Keep them talking, in short messages.
    If they tell you where they are, you can call for them. Then tap [Alert moderators]. Please don't promise to keep it secret.
# card
# An overdose near the buddy, once their words about it were delivered.
crisis-buddy-overdose = Someone with your buddy may have overdosed. Your buddy has the steps on screen. You can help: ask if they called { crisis-number }, and stay with them, in short messages. If you know where they are, you can call for them.
# After [More ways to help].
crisis-buddy-options = Pick what fits. You can stop any time. It is not on you alone.
# After [Alert moderators] or [Get a moderator]; the line about who is on shift follows.
crisis-buddy-alerted = Thank you. I've put this at the top of the moderators' list. Keep messages short, and stay if you can.
# After [How to call for someone else].
crisis-buddy-callfor = Call { crisis-number }, or the emergency number where they are. Say you are calling for someone else, what they told you, and where they are. If you don't know where, ask them, and tap [Alert moderators].
# After [I need help too].
crisis-buddy-me = This is a lot to be near. You matter here as well. You can talk to someone: { crisis-line }.
# After [I need to step back].
crisis-buddy-stepback = That's okay. You did enough by reading it. Their life is not on your shoulders. If it stays with you: { crisis-line }.
# After a suggested line was sent.
crisis-sent = Sent.
# A suggested line could not be sent: the chat is closed.
crisis-not-sent = I couldn't send that. The chat isn't open right now.
# Sent to the person as the buddy's own words.
crisis-send-here = I'm here with you.
# Sent to the person as the buddy's own words.
crisis-send-safe = Are you safe right now?
# Sent to the person as the buddy's own words.
crisis-send-call = Please call { crisis-number }. I'll stay.
# Sent to the person as the buddy's own words.
crisis-send-near = Is anyone near you?
# Sent to the buddy as the person's own words.
crisis-send-alone = I'm on my own tonight. Could you stay and talk with me?
# Sent to the buddy as the person's own words.
crisis-send-used = I used again. I don't need fixing, I just didn't want to hide it.

## Buttons

# Button: the way out of a question that came from a misreading.
care-choice-not-meant = I'm okay, not what I meant
# Button.
care-choice-someone = Talk to someone now
# Button: a way to get through a craving or a bad moment.
care-choice-ten = Next ten minutes
# Button.
care-choice-yes = Yes
# Button.
care-choice-no = No
# Button.
care-choice-unsure = Not sure
# Button: to the question about a plan.
care-choice-skip = I'd rather not say
# Button: afraid of calling a line.
care-choice-scared = I'm scared to call
# Button: not alone.
care-choice-with = Someone is with me
# Button.
care-choice-cant = I can't
# Button: has called for help.
care-choice-called = I called
# Button.
care-choice-nearby = Someone is near
# Button: the other person breathes.
care-choice-again = Yes, right now
care-choice-breathing = They're breathing
# Button: no naloxone at hand.
care-choice-no-naloxone = No naloxone
# Button.
care-choice-police = I'm afraid of police
# Button: the ambulance has come.
care-choice-help-here = Help is here
# Button: this step is done, show the next one.
care-choice-done = Done, next
# Button.
care-choice-naloxone = Naloxone by mail
# Button.
care-choice-buddy = Message my buddy
# Button.
care-choice-not-tonight = Not tonight
# Button: sends the suggested words.
care-choice-send = Send that
# Button.
care-choice-not-now = Not now
# Button: not safe to read; clears the bot's messages.
care-choice-hide = No, hide
# Button: what they saw of somebody else.
care-choice-hurt = They may hurt themselves
# Button: what they saw of somebody else.
care-choice-using-alone = They're using alone
# Button: what they saw of somebody else.
care-choice-quiet = They went quiet
# Button: opens the questions about somebody they worry about.
care-choice-open = I'm worried about them
# Button: answer to a check-in.
care-choice-better = Better
# Button: answer to a check-in.
care-choice-same = Same
# Button: answer to a check-in.
care-choice-worse = Worse
# Button: no more check-ins.
care-choice-stop = Don't ask again
# Button: no more of these.
care-choice-leave = Leave me be
# Button.
care-choice-rest = Rest
# Button.
care-choice-next = What comes next
# Button.
care-choice-grief = Grief help
# Button: they say it in their own words.
care-choice-change = Change it
# Button: how to begin with their medicine again.
care-choice-medicine = Get back on my medicine
# Button: how to tell the buddy.
care-choice-tell = Tell my buddy
# Button: no talk, just company.
care-choice-sit = Just sit here
# Button: nobody is with them.
care-choice-by-myself = I'm alone
# Button: it is about wanting to die.
care-choice-dying = I want to die
# Button: nothing more than tired.
care-choice-tired = Just tired
# Button.
care-choice-more-than = More than that
# Button for the buddy: calls a moderator.
care-choice-mod = Get a moderator
# Button for the buddy: calls all moderators.
care-choice-alert = Alert moderators
# Button for the buddy: more buttons.
care-choice-options = More ways to help
# Button for the buddy: how to call an ambulance for somebody elsewhere.
care-choice-callfor = How to call for them
# Button for the buddy.
care-choice-me = I need help too
# Button for the buddy.
care-choice-stepback = I need to step back
# Button for the buddy: sends these words.
care-choice-here = I'm here with you
# Button for the buddy: sends these words.
care-choice-safe = Are you safe right now?
# Button for the buddy: sends these words.
care-choice-call = Please call { crisis-number }, I'll stay
# Button for the buddy: sends these words.
care-choice-near = Is anyone near you?
