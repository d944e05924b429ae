### What the practice peers of `buddybot demo` say. Each sentence says that a program speaks.

practice-hello = Practice bot: hi. I'm a program that plays a buddy, so that you can try things. What kind of day is it?
practice-real = Practice bot: no, I'm not a person. In the real house a person would be here, and never a bot.
practice-how = Practice bot: I'm a program, so always the same. A real buddy might say "okay, a bit tired". How about you?
practice-sleep = Practice bot: nights can be long. What do you do when you can't sleep?
practice-craving = Practice bot: that sounds hard. What has got you through an hour like this before, even a bit?
practice-slip = Practice bot: thank you for saying it. A real buddy would not think less of you. Are you okay right now?
practice-medicine = Practice bot: a real buddy would tell how it was for them, and leave doses to a prescriber. What was your first month like?
practice-family = Practice bot: that is a lot to carry. What is one small thing you did for yourself this week?
practice-loss = Practice bot: I'm sorry. A real buddy in this lane has lost somebody too. Would you like to say what they were like?
practice-lonely = Practice bot: I hear that. /now asks people here who are up. Here it would find only us programs.
practice-work = Practice bot: work can eat a whole day. What is the best hour of it?
practice-music = Practice bot: what would you play for me right now?
practice-pets = Practice bot: I'd like to hear about them. What are they called?
practice-food = Practice bot: what was the best thing you ate this week?
practice-thanks = Practice bot: you're welcome. Try to edit that note, or to take it back, and see what I get.
practice-bye = Practice bot: take care. Try /goodbye to see how a talk can end kindly.
practice-else-1 = Practice bot: I got your note. A real buddy would write back in their own words. What made today less bad?
practice-else-2 = Practice bot: tell me more. You can also answer one of my notes, or react to it.
practice-else-3 = Practice bot: I see. Would you like to trade one hard thing and one okay thing?
practice-else-4 = Practice bot: I'm with you. What would a good day be for you, from start to end?
practice-low = Practice bot: i dont want to be here anymore.
practice-unkind = Practice bot, to show you /report: people like you never change.

# Samples in the library, so that it is not empty in the demo.
practice-story-sleep = A sample, written for this demo: I put a lamp and a dull book by my bed. When I lay awake I read two pages and did not fight it. Most nights that was enough.
practice-story-craving = A sample, written for this demo: I wrote to one person before I did anything else. While I waited ten minutes for an answer, the worst of it went by.
practice-story-family = A sample, written for this demo: I stopped asking my son each day and asked once a week. We both slept better, and he began to tell me things himself.
practice-story-loss = A sample, written for this demo: on Sundays I cook the soup she liked. Crying over a pot feels less alone than crying in bed.
