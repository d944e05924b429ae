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
}
# The emergency number; stands after "call". "none": the country is not known, so the number is not either.
crisis-number = { $emergency ->
    [none] your local emergency number (112 on most mobiles)
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
crisis-row-emergency-anywhere = Emergency: call your local number. { $phone } works on most mobiles.
# Row of the card: somebody to talk with in a crisis. $name is the line's own name.
crisis-row-crisis = Talk to someone: { crisis-line } – { $name }{ crisis-hours }
# Row of the card: somebody to text with in a crisis.
crisis-row-text = By text: { crisis-line } – { $name }{ crisis-hours }
# Row: a line that stays on the phone while a person uses alone.
crisis-row-spotter = Using alone: { crisis-line } – { $name }{ crisis-hours }
# Row: a line about drugs, treatment, and support.
crisis-row-drugs = About drugs: { crisis-line } – { $name }{ crisis-hours }
# Row: poison help, also for mixing medicines.
crisis-row-poison = Poison help: { crisis-line } – { $name }{ crisis-hours }
# Row: violence at home. Keep it short; somebody may look over their shoulder.
crisis-row-violence = Not safe at home: { crisis-line } – { $name }{ crisis-hours }
# Row: where to get naloxone.
crisis-row-naloxone = Naloxone: { crisis-line } – { $name }
# Row: a line for young people.
crisis-row-youth = For young people: { crisis-line } – { $name }{ crisis-hours }
# Row: a line for one group of people, or for information.
crisis-row-support = { $name }: { crisis-line }{ crisis-hours }
# card
# First line above all other lines of the country.
crisis-more = More people who can help. Pick one; you don't need them all.
# card
# First lines for somebody under 18, who can't be paired. Rows with lines follow.
crisis-youth = These people talk with teens. You can be as quiet as you like.
# Link that calls a number. $number is shown as written in the country.
care-link-call = Call { $number }
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
