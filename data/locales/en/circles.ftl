# Circles: three to six people.

command-circle = Join a small circle
circle-want = A small circle
circle-wished = Okay. I'll look for a small circle, three to six people who fit you. It may take a few days. You can still find one buddy.
circle-unwish = No circle after all
circle-unwished = Okay. No circle. You can ask again any time with /circle.
circle-answers-first = A few questions come first, so I can find people who fit you.
circle-offer = There may be a small circle for you: { $count } people in places like yours. You would be { $mine }. You all choose what to share. Would you like to join?
circle-yes = Yes, I'd like that
circle-pass = Not this one
circle-thanks = Thanks. I'm waiting for the others. You'll hear from me within a day.
circle-passed = Okay. I won't tell anyone you passed.
circle-answered = I have your answer. I'm waiting for the others.
circle-gone = That circle is not open to join any more.
circle-busy = You have a buddy or an offer right now. One at a time works best.
circle-not-yet = That circle did not come together this time. It's not about you. I'll keep looking.
circle-open = Your circle is open here. With you: { $names }. You go by { $mine }. What you type goes to all of them. /goodbye, /report and /block work any time.
circle-joined = { $alias } joined your circle.
circle-left = { $alias } left the circle. The rest of you are still here.
circle-over = { $alias } left, and nobody else is in the circle now. Do you want to find someone new?
circle-out = You are out of that circle now. You can find a buddy or another circle.
circle-block-ask = Whom should I block? You two will never meet here again, and you leave this circle. They are not told why.
circle-block-done = Done. You two won't meet here again. You left the circle.
circle-report-whom = Who is it about?
