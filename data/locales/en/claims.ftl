# What the bot shows beside a medical claim. The sentence of what is known comes from data/claims.toml.

# card. $known is one or two sentences, $source names who says so, $checked is a day such as 2026-11-23.
claim-card =
    A word on what was just said. { $known }
    For your own case, ask a pharmacist or a prescriber.
    Source: { $source }. Checked: { $checked }.
