# What the bot answers where nothing was asked: data/smalltalk.toml says what is heard as what. First to the person, then to the
# task. Never cheer, never pretend: the bot is a bot. One question at most. The same sentence never comes twice running.

## Hello and goodbye

# They say hello again, somewhere between things.
small-hello = Hello again. I'm the bot. What would help right now?
# They say good night.
small-bye = Take care. I'm here at any hour. Help lines: /crisis.
small-thanks = You're welcome. I'm here when you want me.
small-sorry = That's okay. Nothing to be sorry for.
small-ok = Okay. I'm here. You can tap one of these when you like.
small-how-are-you = Thanks for asking. I'm a bot, so I don't have days. How about you? You can tell me, or I can look for someone to talk with.

## Who is here

small-there = I'm here. I'm a bot, and I'm up at any hour. People are here too: I can look for one who knows what this is like.
small-real = I'm a bot. The buddy I find you is a real person, who uses opioids, used to, or loves someone who does.
small-bot = Yes, I'm a bot. The buddy I look for is a real person.
small-who = I'm BuddyBot, a bot. People who care run me, and the code is open. I'm not a doctor and not a hotline.
small-what = I ask a few short questions. Then I look for one person in a place like yours. You both say yes or no, and then you talk here.

## Can I trust this?

small-legit = Fair to ask. It's free, the code is open, and there are no ads. I'm not the police, not a doctor, and not a hotline. Your buddy never sees your account.
small-privacy = Your buddy sees a nickname, not you. I pass notes on and don't keep them. If you report something, moderators see the part you share. If a life may be in danger, a moderator sees those words. /privacy tells it all.
small-cost = It's free. There is nothing to buy, no ads, and you need no papers.
small-time = The questions take a few minutes, and you can skip most of them. To find a buddy may take a day or more. I'll write to you once I find someone.
small-doctor = I'm not a doctor, so I can't treat or advise. I can find someone who has been there, and I can show lines where people know about care near you.
small-advise = Thanks for caring. Here everyone is a peer, so nobody gives medical advice. You're welcome as yourself.

## How it is

small-sleep = Nights like that are long. I'm up. Want to talk with someone who may be up too, or just tell me how it is?
small-scared = I'm sorry you're scared. I'm a bot, and I'm staying. If someone may be in danger, tap help. If not, tell me a bit, or I can look for a person.
small-lonely = That's a hard place to be, and I'm glad you wrote. I'm only a bot, but I can look for a person to talk with you.
small-hard = That sounds hard. Thanks for telling me. Would it help to talk with someone who knows it?
# To a bad moment told in place of an answer to a question; the question follows, with a button for help.
small-heavy-asked = That sounds hard. Thank you for telling me. Help is one tap away, and there is no rush with this.
# The second time running.
small-heavy-again = I hear you. A person may help more than my questions do. Help lines are one tap away, at any hour.
small-family = That is a lot to carry. I can look for someone who also loves a person who uses. One thing for tonight: naloxone at home can save a life.
# Somebody near them speaks of dying.
small-kin-dying = That is frightening to hear. You can ask straight: "Are you thinking about suicide?" Asking is safe. Stay close, and put pills and weapons away. The numbers are one tap away, for you as well.
small-how-to-say = You don't have to know. One word is enough, or tap one of these.

## What they tell of themselves

# To a stranger: the question comes later.
small-name = I'll ask what to call you in a minute. Please don't use your real name. Your buddy sees only a nickname.
# To a member: they have a nickname, and can change it.
small-name-home = You can change what I call you in your answers. Please don't use your real name.
# To a member who says yes, and nothing was asked.
small-yes-home = I'm here. What would you like to do?
# To a member who tells their age or agrees once more: that is done.
small-agree-home = Thanks. You did that part, so there's nothing more to agree to. What would help now?

## Hard asks

# They ask how much of a drug they can take, or how to come down. Never a number.
small-dose = I can't give amounts: a wrong number could kill. A pharmacist, your prescriber or a poison line can, free and private. Are you safe right now? If not, tap help.
# They ask about strips that test drugs.
small-strips = Needle exchanges and many health departments hand out test strips, often for free. A strip can miss things: naloxone in sight and somebody with you still matter. Want to see who can help?
# A strip showed fentanyl, or something else they did not expect.
small-strip-positive = Thank you for checking. That makes it riskier to use alone. If you do use: much less, slowly, naloxone in sight, and somebody there or on the phone. Is someone with you?
# They ask where to buy.
small-plug = I can't help with that, and asking for it breaks rule 4. If you feel sick or tempted right now, I can find someone to talk with.
small-craving = Thanks for saying it. A craving often comes like a wave, and it can pass. Want someone to talk with while it does?
# They used again.
small-slipped = Thank you for telling me. You're not in trouble here. After a break your body may take much less than before: if you use, try not to be alone, and keep naloxone near. What would help now?
# They say that they are high or drunk now.
small-high = Thanks for saying so. Is somebody with you? If you use more, try not to be alone, and keep naloxone near. If you feel bad, tap help.
# They lost somebody.
small-grief = I'm so sorry. There's no hurry here. I can look for someone who has also lost someone, or just be here.

## Talk about the talk

small-angry = Fair. I'm a bot, and I get things wrong. Want to tell a person what went wrong?
small-person = I'm a bot, so I see why. A moderator is a person. For a trained person right now, tap help.
small-nothing = That's fine. You can just look around. I'm here.

# They are in one language and wrote another one, or asked for it: said in the language that is offered.
small-language = Yes, I speak English. Shall we go on in English?

## When it has no answer

# The answer that belongs here was the last thing said: other words.
small-still = I'm still here. I may not have more on that, but a person may. Tap one of these, or say it another way.
# Two times running it understood nothing.
small-buttons = I'm not getting it, and that's on me. Let's use buttons for a bit.
# Buttons.
small-choice-now = Talk to someone now
small-choice-privacy = Who sees what
