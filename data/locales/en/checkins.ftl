# How it goes with a buddy: three taps on day 3 and day 14.

checkin-felt_heard = Three quick taps, just for me. Do you feel heard by { $alias }?
# The same for who lost somebody, more slowly.
checkin-felt_heard-bereaved = Three taps, whenever you like, just for me. Do you feel heard by { $alias }?
checkin-safe = Does it feel safe to talk with { $alias }?
checkin-keep_going = Would you like to keep going with { $alias }?
checkin-yes = Yes
checkin-some = Some
checkin-no = No
checkin-thanks = Thank you. Nobody else sees that. It helps me find better pairs.
checkin-part = That's okay. I can end it kindly for you, or you wait and see.
checkin-goodbye = End it kindly
checkin-unsafe = Thank you for telling me. You don't have to stay. I paused this chat for a day. I can tell a moderator, or close it for good. They won't hear it was you.
checkin-report = Tell a moderator
checkin-block = Close it for good

## Day 1: one tap

going-ask = How is it going with { $alias }? Only I see this.
# The same for who lost somebody, more slowly.
going-ask-bereaved = There is no hurry with this. How is it with { $alias }? Only I see it.
going-good = Good
going-okay = Okay
going-unsure = Not sure
going-bad = Not good
going-thanks = Thank you. I'm here if that changes.
going-why = Thanks for saying so. What is it?
going-slow = Too slow
going-much = Too much
going-kind = Not my kind of person
going-unsafe = Felt unsafe
going-after-slow = That can be life, not you. A small question may help: /opener. Or I can end it kindly.
going-after-much = You can ask for less, and I tell them kindly: /less. Or I can end it kindly.
going-after-kind = That happens, and it's nobody's fault. I can end it kindly, and you can meet someone else.
