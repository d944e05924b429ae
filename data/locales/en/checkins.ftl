# How it goes with a buddy: three taps on day 3 and day 14.

checkin-felt_heard = Three quick taps, just for me. Do you feel heard by { $alias }?
checkin-safe = Does it feel safe to talk with { $alias }?
checkin-keep_going = Would you like to keep going with { $alias }?
checkin-yes = Yes
checkin-some = Some
checkin-no = No
checkin-thanks = Thank you. Nobody else sees that. It helps me find better pairs.
checkin-part = That's okay. I can end it kindly for you, or you wait and see.
checkin-goodbye = End it kindly
checkin-unsafe = Thank you for telling me. You don't have to stay. I can tell a moderator, or close this chat for good. They won't hear it was you.
checkin-report = Tell a moderator
checkin-block = Close it for good
