# Forms: a few questions on one sheet. Labels of fields have 45 letters at most.

form-words = Your words, without your name
form-voice-words = What you want to say
form-again = Open the form again
form-your-words = What you wrote, so that you need not write it again:
form-not-taken =
    I could not take this form yet, and nothing was changed.
    { $list }
form-mistake-missing = - "{ $field }" is still empty.
form-mistake-no-option = - "{ $field }": please pick from the list.
form-mistake-too-many = - "{ $field }": please pick { $limit } at most.
form-mistake-too-short = - "{ $field }" needs { $limit } letters or more.
form-mistake-too-long = - "{ $field }" has room for { $limit } letters.
form-optional = You can leave this empty.
form-too-late = What this form was about is over, so I could not take it.

form-report = Report a message
form-report-what = What is it about?
form-report-words = What should moderators see?
report-known = I have that report already. Nothing was sent twice.

form-mute = Mute for a time
form-rule = Which rule?
form-hours = For how many hours?
form-reason = Why
form-reason-help = Kind words about what was meant. They will read it.
form-next = What should the next one know?

menu-person = Report person
menu-lookup = Look up alias
menu-takedown = Take down
menu-case = Open case
report-person-nothing = Nothing they wrote in an open channel of mine stands any more. To report a message, open its own menu, then Apps, Report message.
mod-post-unknown = I know no post there that still stands.
mod-taken-down-here = Taken down everywhere.
mod-cases-here =
    Cases from this channel about whoever wrote that:
    { $list }
mod-no-cases-here = No case from this channel is about whoever wrote that.
mod-opened-case = Case { $case } is open. /mod case { $case } shows it.
mod-joined-case = That is part of case { $case } now. /mod case { $case } shows it.

intake-form-open = Answer on one form
form-intake = About you
form-intake-kept = I have that. You can stop any time; what you answered stays.
form-intake-known = I have those answers already. Nothing changed.
