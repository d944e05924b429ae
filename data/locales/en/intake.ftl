# The gates and the 14 questions. Keys: question-QUESTION, choice-QUESTION-CHOICE, why-QUESTION, more-QUESTION-CHOICE,
# notice-NOTICE, meaning-WORD. Grade 6 at most; no praise for answers; every limit is a person's own.

## Gates

question-age = This space is for adults. Are you 18 or older?
choice-age-yes = Yes
choice-age-no = No
why-age = Some of the talk here is for adults. I keep only your yes.
# card
# The consent; raise its version in questions.toml when the sense changes.
question-consent = Here is how it works, in short.
    1) You get a nickname. Your buddy never sees your account.
    2) I pass messages on and do not keep them. A program checks each note for safety.
    3) { $app ->
        [web] The people who run this page could see what you send to me.
       *[other] { $app } can still see what you send to me.
    }
    4) If you report something, moderators see the part you share.
    5) If a life may be in danger, the on-call moderator sees that message and your country.
    6) You can erase everything with /forget. I may keep a locked mark with no name, such as a block.
    I am a bot. Buddies are peers, not doctors. OK?
# The consent once more, in one sentence, after words that were no answer to it.
consent-again = Is what I wrote above okay with you? You can say: I agree, tell me more, or no thanks.
choice-consent-agree = I agree
choice-consent-more = Tell me more
choice-consent-no = No thanks
choice-consent-moderators = What moderators see
choice-consent-law = What courts can ask for
choice-consent-forget = What erasing does
why-consent = So you know what happens with your words before you write any.
more-consent-more = I keep your answers locked, to find you a buddy. A note that nobody fetched yet waits with me, locked, for up to { $days ->
    [one] a day
   *[other] { $days } days
}. Then it is gone. You can get a copy with /export.
more-consent-moderators = Only what someone shares in a report, or words that sound like a life in danger. Not your account name. They can't read your chats.
more-consent-law = A court could make us hand over what we have. So we keep little. We are not covered by medical privacy law.
more-consent-forget = /forget erases your answers and your chats at once. From then on nobody can read the copies in backups. { $app ->
    [web] Your browser may keep a line that says you were here.
   *[other] What { $app } keeps, I can't erase.
}
question-country = What country are you in? I use it only to show the right emergency numbers.
choice-country-US = United States
choice-country-CA = Canada
choice-country-GB = United Kingdom
why-country = Emergency numbers differ by country. I use it for nothing else.

## The questions

question-nickname = What should I call you here? Please don't use your real name or username.
why-nickname = It is what I call you when you come back. A buddy never sees it: each sees a name drawn for the two of you.
question-lane = What brings you here?
choice-lane-self = My own opioid use or recovery
choice-lane-family = Someone I care about uses opioids
choice-lane-bereaved = I lost someone
choice-lane-more = More than one of these
why-lane = So you meet people in the same kind of place.
question-lane_first = Which would you like to start with?
choice-lane_first-self = My own opioid use or recovery
choice-lane_first-family = Someone I care about
choice-lane_first-bereaved = I lost someone
why-lane_first = I look for one buddy at a time, in one kind of place.
question-now = Where are you with opioids right now? Any answer is fine.
choice-now-using = Using, not looking to stop
choice-now-thinking = Using, thinking about a change
choice-now-cutting = Cutting down or tapering
choice-now-just_stopped = Stopped in the last few weeks
choice-now-steady_months = Steady for some months
choice-now-steady_year = Steady for a year or more
choice-now-moving = It goes up and down
why-now = Some people want someone in the same spot. Some want someone further on.
question-now_family = How are things with your person now?
choice-now_family-active = They are using
choice-now_family-in_care = They are in care
choice-now_family-in_recovery = They are in recovery
choice-now_family-no_contact = We are not in touch
choice-now_family-unknown = I don't know
why-now_family = So you meet someone whose days look a bit like yours.
question-now_bereaved = About how long ago? Only if you want.
choice-now_bereaved-under_3mo = Under 3 months
choice-now_bereaved-under_1y = Under a year
choice-now_bereaved-over_1y = A year or more
choice-now_bereaved-rather_not = I'd rather not say
why-now_bereaved = Early and later grief can feel far apart. You can skip this.
question-help_wanted = What would help most from a buddy? Pick up to three.
choice-help_wanted-listen = Someone who listens
choice-help_wanted-checkin = Check in on each other
choice-help_wanted-same_boat = Someone in the same spot
choice-help_wanted-further_on = Someone further along
choice-help_wanted-cravings = Help when cravings hit
choice-help_wanted-normal = Talk about normal life
choice-help_wanted-give = I want to be there for others
why-help_wanted = So you both want the same kind of help.
question-not_ok = Is there anything you do NOT want in a buddy right now? Nobody ever sees this.
choice-not_ok-still_using = Someone who still uses
choice-not_ok-anti_medicine = Someone against medicine like methadone or Suboxone
choice-not_ok-twelve_step_push = Someone who pushes 12 steps
choice-not_ok-faith_push = Someone who talks a lot about faith
choice-not_ok-quit_push = Someone who pushes me to quit
choice-not_ok-very_new = Someone in their first weeks
choice-not_ok-none = None of these
why-not_ok = You never have to explain a limit.
question-statements = Would any of these fit you?
choice-statements-no_medicine = I'd rather people not use medicine
choice-statements-faith_a_lot = I talk about faith a lot
choice-statements-twelve_steps_big = 12 steps are big for me
choice-statements-quit_push = I'd tell people to quit
choice-statements-none = No
why-statements = So nobody meets a person they asked not to meet.
question-medicine_views = Some people would rather nobody used medicine. Would such a buddy be okay for you?
choice-medicine_views-yes = Yes, that's okay
choice-medicine_views-no = No
why-medicine_views = I ask twice, so that nobody is judged for their medicine by chance.
question-local_time = What time is it for you right now? I don't need your city.
question-local_time-guess = Is it about { $time } for you right now?
clarify-local_time = Just to be sure, is it about
why-local_time = To find hours you share, and to keep quiet at night.
question-dst = Do your clocks change in summer?
choice-dst-yes = Yes
choice-dst-no = No
choice-dst-not_sure = Not sure
why-dst = Then I know what time it is for you in summer.
question-hours = When would you most like to talk?
choice-hours-morning = Mornings
choice-hours-afternoon = Afternoons
choice-hours-evening = Evenings
choice-hours-late_night = Late nights
choice-hours-weekend = Weekends
choice-hours-any = It changes
why-hours = The most common way buddies fail is never being on at the same time.
question-medicine = Do you take medicine for opioid use? It counts as recovery here.
choice-medicine-methadone = Methadone
choice-medicine-buprenorphine = Suboxone, Subutex or similar
choice-medicine-bup_injection = Monthly or weekly shot
choice-medicine-naltrexone = Vivitrol or naltrexone
choice-medicine-other_rx = Something else
choice-medicine-curious = Thinking about it
choice-medicine-past = Used to
choice-medicine-none = No
why-medicine = Some people want a buddy who gets what medicine is like.
question-mention_medicine = If you both take medicine, may I say so when I introduce you?
choice-mention_medicine-yes = Yes, that's okay
choice-mention_medicine-no = No
why-mention_medicine = Some like to know they share it. I say it only if both of you agree.
question-life = What else is part of your life? Pick up to six.
choice-life-parent = Parent
choice-life-caring = Caring for someone
choice-life-pain = Long-term pain
choice-life-night_shifts = Night shifts
choice-life-school = School
choice-life-job_hunting = Looking for work
choice-life-lgbtq = LGBTQ+
choice-life-veteran = Veteran
choice-life-small_town = Small town
choice-life-grief = Grief
choice-life-living_alone = Living alone
choice-life-music = Music
choice-life-games = Games
choice-life-pets = Pets
choice-life-sports = Sports
choice-life-cooking = Cooking
choice-life-movies = Movies and TV
choice-life-art = Art or making
choice-life-nature = Nature
choice-life-cars = Cars or bikes
choice-life-books = Books
choice-life-faith = Faith
choice-life-fitness = Fitness
choice-life-gardening = Gardening
why-life = Pairs who share normal life stick together longer.
question-mention_life = If you share parts of life like being a parent, may I say so when I introduce you?
choice-mention_life-yes = Yes, that's okay
choice-mention_life-no = No
why-mention_now = Two who are in the same spot often like to know. I say it only if both of you agree.
question-mention_now = If you two are in the same spot right now, may I say so when I introduce you?
choice-mention_now-yes = Yes, that's okay
choice-mention_now-no = No
why-mention_life = Some like to know what they share. I say it only if both of you agree.
question-pace = How often would you like to talk?
choice-pace-many = Many times a day
choice-pace-daily = About once a day
choice-pace-few = A few times a week
choice-pace-weekly = About once a week
choice-pace-loose = No plan, just when it fits
why-pace = So neither of you waits for the other.
question-substances = Which are part of your story? Pick any. You can skip.
choice-substances-heroin = Heroin
choice-substances-fentanyl = Fentanyl
choice-substances-pain_pills = Pain pills
choice-substances-street_methadone_bup = Methadone or bup not prescribed to me
choice-substances-kratom = Kratom or 7-OH
choice-substances-tianeptine = Tianeptine
choice-substances-nitazenes = Nitazenes
choice-substances-codeine = Codeine or lean
choice-substances-not_sure = Not sure what it was
choice-substances-other = Other
why-substances = Shared ground can help. It does not decide the match.
question-language = Which languages are you okay chatting in?
choice-language-en = English
choice-language-es = Español
why-language = So you understand each other.
question-age_band = About how old are you?
choice-age_band-18-24 = 18 to 24
choice-age_band-25-34 = 25 to 34
choice-age_band-35-44 = 35 to 44
choice-age_band-45-54 = 45 to 54
choice-age_band-55plus = 55 or older
choice-age_band-under_18 = Under 18
why-age_band = Some things are easier with someone near your age.
question-near_age = Would you like only someone near your age?
choice-near_age-yes = Only near my age
choice-near_age-no = Any age
why-near_age = For some people age matters a lot. For others it does not.
question-gender_pref = Would you like a buddy of a certain gender?
choice-gender_pref-any = No preference
choice-gender_pref-women = Women
choice-gender_pref-men = Men
choice-gender_pref-nonbinary = Nonbinary
choice-gender_pref-same = Same as me
why-gender_pref = Some people feel safer this way. What people say of themselves I can't check.
question-gender = And how do you describe yourself?
choice-gender-woman = Woman
choice-gender-man = Man
choice-gender-nonbinary = Nonbinary
choice-gender-other = Other
choice-gender-rather_not = I'd rather not say
why-gender = A wish like this goes both ways. If you'd rather not say, you meet people with no preference.

## Lines before a question

why-review = Each one helps me avoid a bad fit. None are needed.

notice-back = Okay, one step back.
# Somebody asks how long this takes, or how many questions there are.
notice-left = { $left ->
    [one] This is the last one for now. What you said is kept.
   *[other] { $left } to go with this one, a few minutes at most. You can skip most of them.
}
notice-left-first = These first ones are short. The rest takes a few minutes, and you can skip most of it.
# Somebody asks what the question was.
notice-once-more = Here it is once more.
notice-nothing-back = This is the first question.
notice-skipped = Skipped. You can add it later.
notice-needed = I need this one to go on.
notice-unclear = I didn't get that. You can tap, or say it another way.
notice-only-not = I got what it is not. What would fit?
notice-too-many = That is more than fits here. Please pick fewer.
notice-alone = That one goes alone. Which do you mean?
notice-marked-other = I'll mark it as other. You can fix it later.
notice-left-open = I'll leave it open. You can fix it later.
notice-fix = Okay. Which answer should I change?
notice-stale = That button is from an earlier question.
notice-change = Okay. What should it be?
notice-added = Added.
notice-partly = I ticked what I got. Something in your list I did not get. Tap it, or say it another way, then tap Done.
notice-name-close = That looks close to your account name. Pick another to stay private?
notice-name-real = That looks like a real name. Pick another to stay private?
notice-name-short = That is a bit short. Please use 2 letters or more.
notice-name-long = That is a bit long. Please use 20 letters or less.
notice-name-signs = Please use letters and spaces only.
notice-name-contact = That looks like a contact. Please pick a nickname that leads to nobody.
notice-name-word = That word could hurt or tempt someone. Please pick another.
notice-name-role = That could sound like a helper or doctor. Please pick another.

## What words may mean

meaning-alcohol = Alcohol
meaning-benzos = Calming pills
meaning-bup_injection = Buprenorphine shot
meaning-buprenorphine = Buprenorphine (Suboxone and others)
meaning-cannabis_or_other = Something that is not an opioid
meaning-clinic_visit = The clinic
meaning-codeine = Codeine
meaning-connecticut = A place or a test
meaning-dihydrocodeine = Dihydrocodeine
meaning-doctor = A doctor
meaning-drug_of_choice = What I used most
meaning-feeling_low = Feeling low
meaning-fentanyl = Fentanyl
meaning-fit_body = Fitness
meaning-gabapentinoids = Gabapentin or Lyrica
meaning-heroin = Heroin
meaning-hydrocodone = Hydrocodone
meaning-hydromorphone = Hydromorphone
meaning-kratom = Kratom
meaning-loperamide = Loperamide
meaning-medetomidine = Medetomidine
meaning-medicine_yes = Some medicine, I'd rather not say which
meaning-methadone = Methadone
meaning-morphine = Morphine
meaning-nalmefene = Nalmefene
meaning-naloxone = Naloxone
meaning-naltrexone = Naltrexone
meaning-nitazenes = Nitazenes
meaning-opioids = Opioids
meaning-opium = Opium or poppy
meaning-other_medicine = Another medicine
meaning-oxycodone = Oxycodone
meaning-oxymorphone = Oxymorphone
meaning-pain_pills = Pain pills
meaning-pethidine = Pethidine
meaning-seven_oh = 7-OH
meaning-stimulants = Stimulants
meaning-tapentadol = Tapentadol
meaning-tianeptine = Tianeptine
meaning-tramadol = Tramadol
meaning-xylazine = Xylazine
