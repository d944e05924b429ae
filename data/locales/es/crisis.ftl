### Crisis copy in Spanish, written to be plain in Spain and in Latin America. Read docs/crisis-content.md before you
### change a word. A native speaker, a clinician and people with lived experience should review it.
### $emergency comes with "al" or "a" before it, from crisis-number.
### Variables that every message may use: $emergency (a number, or "none"), $way $phone $sms $word $url (the crisis
### line), $poison $spotter $violence (numbers, or "none"), $buddy and $shift (yes or no).

## Parts of sentences

# How to reach the crisis line; stands in the middle of a sentence. $way says what the line offers.
crisis-line = { $way ->
    [same] llama o escribe al { $phone }
    [call] llama al { $phone }
    [call-word] llama al { $phone }, o envía { $word } al { $sms }
    [call-text] llama al { $phone }, o escribe al { $sms }
    [word] envía { $word } al { $sms }
    [text] escribe al { $sms }
   *[web] entra en { $url }
}{ $land ->
    [none] { "" }
   *[other] { " " }(en { crisis-land }; en otro lugar, entra en { $elsewhere })
}
# Where a line is right that is a guess from the region of their app.
crisis-land = { $land ->
    [US] EE. UU.
    [CA] Canadá
    [GB] el Reino Unido
    [IE] Irlanda
    [AU] Australia
    [NZ] Nueva Zelanda
    [DE] Alemania
    [ES] España
    [FR] Francia
    [IN] la India
    [MX] México
   *[other] tu país
}
# The emergency number; stands after "call". "none": the country is not known, so the number is not either.
crisis-number = { $emergency ->
    [none] { $region ->
        [wide] al 112 (España), 911 (EE. UU., México) o tu número local
        [islands] al 999 (Reino Unido), 112 (España) o 911 (EE. UU., México)
        [guessed] al { $nearest }, 911 (EE. UU., México) o 112 (España)
       *[other] al 911 (EE. UU., México), 112 (España) o tu número local
    }
   *[other] al { $emergency }
}
# Opening hours behind a line, with a space before. Unknown hours say nothing.
crisis-hours = { $hours ->
    [always] { " " }(día y noche)
    [office] { " " }(horario de oficina)
    [unknown] { "" }
   *[other] { " " }({ $hours } h)
}

## The card of /crisis

# card
# First lines of the /crisis card; rows with lines follow. It must be true for everyone, member or not.
crisis-card = Aquí hay ayuda, a cualquier hora. Soy un bot. No puedo llamar por ti ni ver dónde estás. Si hay una vida en peligro, primero llama.
# Row of the card: the emergency number.
crisis-row-emergency = Emergencias: llama al { $phone }
# Row of the card where the country is not known.
crisis-row-emergency-anywhere = Emergencias: llama { crisis-number }.
# Row of the card: somebody to talk with in a crisis. $name is the line's own name.
crisis-row-crisis = Hablar con alguien: { $name }. Para contactar, { crisis-line }{ crisis-hours }.
# Row of the card: somebody to text with in a crisis.
crisis-row-text = Por mensaje: { $name }. Para contactar, { crisis-line }{ crisis-hours }.
# Row: a line that stays on the phone while a person uses alone.
crisis-row-spotter = Consumir a solas: { $name }. Para contactar, { crisis-line }{ crisis-hours }.
# Row: a line about drugs, treatment, and support.
crisis-row-drugs = Sobre drogas: { $name }. Para contactar, { crisis-line }{ crisis-hours }.
# Row: poison help, also for mixing medicines.
crisis-row-poison = Intoxicaciones: { $name }. Para contactar, { crisis-line }{ crisis-hours }.
# Row: violence at home. Keep it short; somebody may look over their shoulder.
crisis-row-violence = Peligro en casa: { $name }. Para contactar, { crisis-line }{ crisis-hours }.
# Row: where to get naloxone.
crisis-row-naloxone = Naloxona: { $name }. Para contactar, { crisis-line }.
# Row: a line for young people.
crisis-row-youth = Para jóvenes: { $name }. Para contactar, { crisis-line }{ crisis-hours }.
# Row: a line for one group of people, or for information.
crisis-row-support = { $name }: { crisis-line }{ crisis-hours }.
# card
# First line above all other lines of the country.
crisis-more = Más gente que puede ayudar. Elige una; no hacen falta todas.
# card
# First lines for somebody under 18, who can't be paired. Rows with lines follow.
crisis-youth = Estas personas hablan con jóvenes. Puedes contar tanto o tan poco como quieras.
# Link that calls a number. $number is shown as written in the country.
care-link-call = Llamar al { $number }
care-link-north = Llamar al { $number } (EE. UU., México)
care-link-islands = Llamar al { $number } (Reino Unido)
care-link-wide = Llamar al { $number } (España y otros)
care-link-guessed = Llamar al { $number } (lo supongo)
# Link that opens a text message to a number.
care-link-text = Escribir al { $number }
# Link that opens a site. $number is its name.
care-link-open = Abrir { $number }
# Button on the card: opens the overdose card.
care-choice-overdose = Alguien tiene una sobredosis
# Button on the card: opens the straight question about ending one's life.
care-choice-ending = Pienso en morir
# Button: shows more help lines.
care-choice-lines = Más
# Button: closes the card.
care-choice-okay = Estoy bien

# Pregunta el país dentro de una tarjeta con números de varias partes del mundo.
crisis-where = { $region ->
    [none] { "" }
   *[other] El primer número es una suposición por tu aplicación.{ " " }
}¿En qué país estás? Escríbelo o toca.
crisis-country = ¿Cuál es? También puedes escribirlo. Lo uso para mostrar los números correctos.
crisis-country-other = Escribe el nombre de tu país y busco sus números.
crisis-country-none = No tengo los números de ese país. Llama a tu número de emergencias. El 112 funciona en casi todos los móviles.
care-choice-ask = Mi país
care-choice-US = Estados Unidos
care-choice-CA = Canadá
care-choice-GB = Reino Unido
care-choice-other = Otro país

## Said with many answers

# Shown below a script for L3, L4 and overdose. Must be true: $shift says whether a moderator is on shift now.
crisis-shift = { $shift ->
    [yes] Avisé a la persona de guardia en moderación, para que alguien lo sepa. Es una persona, no personal médico.
   *[no] Ahora no hay nadie de guardia en moderación. El número de arriba sí responde.
}
# After [I'm okay].
crisis-okay = Vale. Estoy aquí si eso cambia. La ayuda está a un toque: /crisis.
# After [I'm okay, not what I meant]. It is true: L0 to L2 stay quiet for a day.
crisis-not-meant = Gracias por decírmelo. Lo entendí mal. No preguntaré por esto en un día. Si se pone oscuro, /crisis está siempre ahí.
# After [Talk to someone now]. True at any hour. The bot may also look for a peer who is up.
crisis-someone = Una persona preparada puede hablar contigo ahora: { crisis-line }. { $buddy ->
    [yes] También puedes escribir aquí a tu persona de apoyo.
   *[no] Basta con decir hola.
}

## Levels

# L0, distress. At most once in six hours.
crisis-distress = Eso suena muy duro. Gracias por decirlo aquí. ¿Quieres compañía, o una forma de pasar los próximos diez minutos?
# After [Next ten minutes].
crisis-ten = Hagámoslo pequeño. Sostén algo frío. Suelta el aire despacio, cinco veces. Luego ve a otra habitación. Estas olas pasan. ¿Qué te ayudaría después?
# L1, a wish to be dead. Asks straight; that does not plant the idea.
crisis-wish = Soy un bot, y me alegra que me lo hayas dicho. Te pregunto de frente: ¿estás pensando en acabar con tu vida? También hay una persona preparada: { crisis-line }.
# L1, after [No].
crisis-heavy = Gracias por decírmelo. Aun así suena pesado. Estoy aquí, y también hay personas: { crisis-line }.
# L2, active thoughts; first of two safety questions.
crisis-active = Gracias por tu sinceridad. No tienes que cargar con esto a solas. ¿Tienes un plan, o las cosas para hacerlo? Puedes hablar con una persona cuando quieras: { crisis-line }.
# L2, second safety question. Also after [Worse].
crisis-safe = Gracias. Una más, para mostrarte la ayuda adecuada: ¿estarás a salvo la próxima hora? Una persona puede acompañarte: { crisis-line }.
# L2, after both questions: the line.
crisis-trained = Gracias. Una persona preparada puede hablar contigo ahora: { crisis-line }. Puedes colgar o parar cuando quieras.
# L2, after [I'm scared to call]. Says before they ask that some lines may send help.
crisis-scared = Es normal. Puedes quedarte en silencio. No hace falta dar tu nombre. Algunas líneas pueden enviar ayuda si creen que tu vida corre peligro. Puedes preguntarlo antes. Cuando quieras: { crisis-line }.
# card
# L3: a method, a plan, a goodbye. Three things to do, one question.
crisis-danger = Me preocupas, y me alegra que sigas aquí hablando. Por favor, haz ahora una de estas cosas:
    1) { $way ->
        [same] Llama o escribe al { $phone }
        [call] Llama al { $phone }
        [call-word] Llama al { $phone }, o envía { $word } al { $sms }
        [call-text] Llama al { $phone }, o escribe al { $sms }
        [word] Envía { $word } al { $sms }
        [text] Escribe al { $sms }
       *[web] Entra en { $url }
    }. Si podrías hacerlo pronto, llama { crisis-number }.
    2) Pon distancia con lo que podrías usar. Pide a alguien que lo guarde, o sal de la habitación.
    3) Acércate a otra persona. Solo sentarte con alguien ya ayuda.
    ¿Cuál puedes hacer primero?
# L3 once more within minutes: shorter.
crisis-danger-again = Sigo aquí, y me sigues preocupando. Por favor, { crisis-line }. Si podrías hacerlo pronto, llama { crisis-number }. ¿Hay alguien cerca de ti?
# L3, after [Someone is with me].
crisis-with = Me alegra que haya alguien. ¿Podría guardar lo que podrías usar, solo por esta noche? También puedes hablar con alguien preparado, con esa persona al lado: { crisis-line }.
# L3, after [I can't].
crisis-near = Vale. Quédate conmigo. ¿Hay alguien en casa o cerca? En la línea nadie te va a juzgar. Puedes decir solo "hola": { crisis-line }.
# After [Yes], someone is near.
crisis-near-yes = Por favor, ve ahora con esa persona. Podrías decir: "No estoy a salvo. ¿Te quedas conmigo?" Luego, juntos, { crisis-line }. Si podrías hacerlo pronto, llama { crisis-number }.
# After [No], nobody is near.
crisis-near-no = Entonces, que haya una voz cerca: { crisis-line }. Puedes quedarte en silencio. Si podrías hacerlo pronto, llama { crisis-number } y deja la puerta sin llave.
# card
# L4: happening now, to the person themselves. The number comes first.
crisis-now = Llama ya { crisis-number }. O díselo a alguien cerca: "Necesito ayuda, llama { crisis-number }."
    Aléjate del borde, o de lo que pueda hacerte daño.
    Deja la puerta sin llave. Si tomaste algo, siéntate o acuéstate de lado.
    Si tienes naloxona, úsala, o ponla donde la vean.
    Sigue escribiéndome si puedes.
# L4 once more within minutes: shorter.
crisis-now-again = Llama ya { crisis-number }, o pide a alguien cerca que llame. Aléjate de lo que pueda hacerte daño. Deja la puerta sin llave. Si tomaste algo, acuéstate de lado. Sigo aquí.
# L4, after [I called].
crisis-called = Bien que llamaste. No cuelgues. Deja la puerta sin llave. Si tomaste algo, acuéstate de lado. Sigue escribiendo si puedes.
# L4, after [Someone is near].
crisis-nearby = Dile ahora: "Necesito ayuda. Llama { crisis-number } y quédate conmigo." Enséñale dónde está la naloxona.
# After [I can't]: cannot call.
crisis-cant-call = Entonces busca que alguien te oiga: llama a la puerta de al lado, o grita. Pide que llamen { crisis-number }. No tienes que explicar nada. También puedes pedir ayuda aquí: { crisis-line }.

# L4, after "I'm alone".
crisis-now-alone = Entonces busquemos una voz. Llama { crisis-number } y pon el altavoz. Abre el seguro de la puerta. Si tomaste algo, acuéstate de lado. Sigue escribiéndome. ¿Ya llamaste?
# Nothing but statistics speaks of danger: ask first, once.
crisis-sure = Quiero saber si te leí bien. ¿Hay una vida en peligro ahora, la tuya o la de otra persona? Si es así, primero llama { crisis-number }.
# They named something they could use, and nothing was known before: ask straight.
crisis-means = Gracias por decírmelo. Te pregunto directo: ¿piensas usar eso para hacerte daño? Una persona puede hablar contigo ahora: { crisis-line }.
# L3 and L4, after they typed where they are or a number. $shift as in crisis-shift.
crisis-place-told = Gracias. Yo no puedo enviar a nadie. Dilo al llamar { crisis-number }: pueden ir a donde estás. { $shift ->
    [yes] Los moderadores de turno pueden ver lo que escribiste.
   *[no] Ahora no hay ningún moderador de turno.
} ¿Puedes llamar, o pedirle a alguien que llame?

## The conversation's own next line, for words that answer no question. Never the same one twice running.

# Nothing open, or L0 to L2.
crisis-still-1 = Sigo aquí, y leí lo que escribiste. No hace falta que encuentres las palabras justas. ¿Quieres hablar con alguien ahora? También puedes: { crisis-line }.
# Likewise.
crisis-still-2 = Te leo. Soy un bot y puedo no entender bien. ¿Qué te ayudaría más ahora: una persona, o algo para los próximos diez minutos?
# Likewise.
crisis-still-3 = Gracias por seguir conmigo. Di tanto o tan poco como quieras. También hay una persona preparada: { crisis-line }.
# L3.
crisis-still-danger-1 = Sigo aquí contigo. ¿Hay alguien en casa o cerca? Si puede pasar pronto, llama { crisis-number }.
# L3.
crisis-still-danger-2 = Gracias por seguir escribiendo. Pon distancia con lo que podrías usar. ¿Quién podría venir a estar contigo?
# L3.
crisis-still-danger-3 = Me preocupas, y me quedo. Una voz puede ayudar ahora: { crisis-line }. Puedes quedarte en silencio. ¿Ya llamaste?
# L4.
crisis-still-now-1 = Sigo aquí. Por favor, llama ya { crisis-number }, o grita a alguien cerca. ¿Estás lejos de lo que puede hacerte daño?
# L4.
crisis-still-now-2 = Quédate conmigo. Llama { crisis-number } y pon el altavoz. Si tomaste algo, acuéstate de lado. ¿Puedes hacerlo?
# L4.
crisis-still-now-3 = Sigue escribiéndome. Si llamas { crisis-number }, pueden llegar pronto. ¿Ya llamaste, o hay alguien cerca?
# Using alone.
crisis-still-alone-1 = Sigo aquí. La puerta sin seguro, la naloxona a la vista. { $spotter ->
    [none] ¿Podría un amigo quedarse al teléfono contigo?
   *[other] ¿Puedes llamar al { $spotter }? Se quedan al teléfono contigo.
}
# Using alone.
crisis-still-alone-2 = Qué bueno que sigues escribiendo. Yo no puedo enviar ayuda a tu puerta, así que importa tener a alguien al teléfono. ¿A quién podrías pedírselo?
# Using alone.
crisis-still-alone-3 = Sigo contigo, pero no puedo verte ni enviar ayuda. La voz de una persona puede más que yo. ¿Quieres hablar con alguien?
# Withdrawal danger.
crisis-still-withdrawal-1 = Sigo aquí. Esto puede cambiar rápido, así que llama { crisis-number }. ¿Hay alguien contigo?
# Withdrawal danger.
crisis-still-withdrawal-2 = No esperes en soledad a que pase. Llama { crisis-number }, di qué tomaste y cuándo paraste. ¿Puedes llamar ya?
# Violence: says nothing of what was told; a number to call is all that somebody who looks over their shoulder sees.
crisis-still-violence-1 = Aquí estoy. Si hay peligro ahora, llama { crisis-number }. ¿Es seguro leer más?
# Violence: says nothing of what was told; a number to call is all that somebody who looks over their shoulder sees.
crisis-still-violence-2 = Bien, sin prisa. Si se pone mal, llama { crisis-number }. ¿Es seguro seguir aquí?
# A child in danger.
crisis-still-child-1 = Sigo aquí. Si el niño está en peligro ahora, llama { crisis-number }. ¿Hay cerca un adulto de confianza?
# A child in danger.
crisis-still-child-2 = Quédate cerca del niño si puedes. Si llamas { crisis-number }, te dicen qué hacer, paso a paso. ¿Ya llamaste?
# Their buddy went silent.
crisis-still-silent-1 = Sigo aquí. Esperar es difícil. Si te escribe, te lo paso. ¿Quieres hablar con alguien?
# Their buddy went silent.
crisis-still-silent-2 = Tú no causaste esto. Puedes hablar con alguien mientras esperas: { crisis-line }.
# They change the subject: allowed, with the way back.
crisis-aside = Está bien, podemos hacer otra cosa. Si se pone difícil otra vez, di "ayuda", cuando sea. Aquí estaré.

## Overdose of another person

# card
# The overdose card, first screen: the number alone on top, then three verbs. One step a card follows. Words between
# two stars are drawn bold. Core steps of public first-aid sheets; review with a clinician.
crisis-overdose = **LLAMA YA { crisis-number }.** Di "no respira" y dónde estás. Pon el altavoz.
    1) **Frota** fuerte: los nudillos en el hueso del pecho.
    2) **Naloxona**: una aplicación en un lado de la nariz.
    3) **Respira** por esa persona: una vez cada 5 segundos.
# card
# Overdose, step 1, after [Done, next].
crisis-over-rub = **Frota y grita.** Nudillos fuerte en el hueso del pecho, grita su nombre. Labios azules, ronquidos, gorgoteo o respira lento: puede ser una sobredosis. ¿Ya llamaste { crisis-number }? Pon el altavoz.
# card
# Overdose, step 2.
crisis-over-naloxone = **Naloxona.** Una aplicación en un lado de la nariz, o la inyección en el muslo. No le hará daño si te equivocas. Luego, respira por esa persona.
# card
# Overdose, step 3.
crisis-over-breathe = **Respira por esa persona.** Boca arriba: inclina la cabeza, levanta el mentón, tapa la nariz. Una respiración, cuenta 1, 2, 3, 4, 5, y otra. ¿Sin señales de vida? Aprieta fuerte y rápido el pecho. Llama { crisis-number } y haz lo que te digan.
# card
# Overdose, step 4.
crisis-over-wait = **Espera 2 o 3 minutos** y sigue respirando por esa persona. ¿Sigue sin respirar? Da otra en el otro lado de la nariz. Sin ducha fría ni hielo. No le hagas vomitar.
# card
# Overdose, step 5.
crisis-over-stay = **Quédate ahí.** ¿Respira pero duerme? Ponla de lado. La meta es que respire, no que despierte. La naloxona puede pasar y la sobredosis volver. Espera la ayuda a su lado.
# Everyday words in the middle of the steps: perhaps nobody lies there, and the words before were misread.
crisis-over-sure = Estoy contigo. ¿Hay alguien que no respira o no despierta ahora mismo? Si no hay nadie así, escribe "no" y paro con esto.
# Overdose, after "I gave narcan".
crisis-over-gave = Bien. Ahora respira por esa persona: una vez cada 5 segundos. Espera 2 o 3 minutos. ¿Sigue sin respirar? Da otra en el otro lado de la nariz, y dilo al llamar { crisis-number }.
# After [I called].
crisis-over-called = Bien. No cuelgues y haz lo que te digan. Sigue respirando por esa persona, una vez cada 5 segundos, hasta que respire o llegue la ayuda.
# After [They're breathing].
crisis-over-breathing = Bien. Ponla de lado y quédate a su lado. El efecto de la naloxona puede pasar y la sobredosis puede volver. Vigila su respiración hasta que llegue la ayuda.
# After [No naloxone].
crisis-over-no-naloxone = Lo que más importa es respirar por esa persona. Cabeza atrás, mentón arriba, nariz tapada, una vez cada 5 segundos. Di { crisis-number } que puede ser una sobredosis.
# After [I'm afraid of police]. Laws differ; say so.
crisis-over-police = Ese miedo tiene sentido. En muchos lugares una ley protege a quien llama. No es igual en todas partes. Puedes decir "no respira" y callar el resto. Por favor, llama { crisis-number }.
# After [Help is here].
crisis-over-after = Hiciste algo difícil. ¿Quieres hablar con alguien?
# The day after, to the person who stood by.
crisis-over-check = Lo de ayer fue mucho. Puede quedarse en el cuerpo varios días. ¿Cómo estás después de eso? No hace falta que respondas.

## Using alone tonight

# A. The bot is not a spotter and says so. With a spotter line where the country has one.
crisis-alone = Gracias por decírmelo. Esto ayuda a seguir con vida: puerta sin llave, naloxona a la vista, una sola cosa a la vez, mucho menos tras una pausa. { $spotter ->
    [none] Pide a alguien que siga al teléfono. No puedo enviar ayuda a tu puerta.
   *[other] Esta línea sigue al teléfono y envía ayuda si dejas de responder: { $spotter }. Yo no puedo.
}
# After [Naloxone by mail].
crisis-alone-naloxone = Pueden enviártela por correo. Para esta noche, en algunas farmacias la dan sin receta. Tenla donde otras personas la vean.
# After [Message my buddy]. The quoted line is sent as the person's own when they tap [Send that].
crisis-alone-buddy = Podrías decir: "Esta noche estoy sin nadie. ¿Te quedas a hablar conmigo?" ¿Quieres que lo envíe?
# After [Not tonight].
crisis-alone-later = Vale. Si consumes: puerta sin llave, naloxona cerca, y mucho menos que antes si hubo una pausa. Estoy aquí.

# After "my friend is here": not alone any more.
crisis-alone-with = Qué bueno que hay alguien contigo. Pide que se quede, que mire cómo respiras y que llame { crisis-number } si respiras lento. Tengan la naloxona a la vista.

## Withdrawal danger

# W. More than normal withdrawal. Never advise riding it out, never amounts.
crisis-withdrawal = Esto puede ser más que una abstinencia normal, y puede empeorar rápido. Por favor, llama ya { crisis-number }{ $poison ->
    [none] .
   *[other] , o a información toxicológica: { $poison }.
} Di qué tomaste y cuándo paraste. ¿Puedes llamar?
# After [I called].
crisis-withdrawal-called = Bien que llamaste. Di qué tomaste y cuándo paraste. Que alguien se siente contigo hasta que llegue la ayuda.

## Violence at home

# V. First a question only; somebody may look over their shoulder.
crisis-violence = ¿Es seguro leer esto aquí?
# V, after [Yes].
crisis-violence-line = No mereces que te hagan daño. { $violence ->
    [none] Aquí escuchan, y te ayudan a hacer un plan: { crisis-line }.
   *[other] Aquí escuchan, y te ayudan a hacer un plan: { $violence }.
} Si estás en peligro ahora, llama { crisis-number }. [No, ocultar] borra esto.
# V, after [No, hide]: gives nothing away.
crisis-neutral = Nada nuevo por aquí.

## A child in danger

# C. A child is in danger now.
crisis-child = Lo primero es que el niño o la niña esté a salvo. Si hay peligro ahora, o pudo tragar algo, llama ya { crisis-number }, aunque parezca estar bien{ $poison ->
    [none] .
   *[other] . Para intoxicaciones: { $poison }.
} ¿Respira lento o no despierta? Dilo primero. No te separes, y busca a una persona adulta de confianza. No puedo llamar por ti.
# C, after [I called].
crisis-child-called = Bien que llamaste. Quédate con el niño o la niña, y cuenta todo lo que sepas por teléfono.

## Worried about somebody

# B. Their buddy went silent after heavy words. $shift as above.
crisis-silent = Esa espera asusta. Casi siempre el silencio es sueño o un móvil sin batería. { $shift ->
    [yes] Avisé a moderación.
   *[no] Ahora no hay nadie de guardia en moderación. Lo verán cuando lleguen.
} Si te escribe, te lo paso. ¿Quieres hablar con alguien mientras?
# From a report: worried about them.
crisis-worried = Te importa esa persona. Cuéntame qué viste.
# After [They may hurt themselves].
crisis-worried-hurt = Preguntar de frente es seguro: "¿Piensas en el suicidio?" Comparte esto: { crisis-line }. Si sabes dónde está y es urgente, llama { crisis-number }.
# After [They're using alone].
crisis-worried-alone = Podrías pedirle que deje la puerta sin llave y la naloxona a la vista. { $spotter ->
    [none] Alguien al teléfono puede pedir ayuda.
   *[other] Esta línea se queda al teléfono: { $spotter }.
}

## Check-ins afterwards

# 30 minutes and 3 hours after.
crisis-check = Vengo a ver cómo vas. ¿Cómo estás ahora?
# The second time: other words, as the first may have gone unanswered.
crisis-check-again = Paso otra vez a ver cómo vas. ¿Cómo estás ahora?
# The next morning, in their time.
crisis-morning = Buenos días. Dije que vendría a verte. ¿Cómo estás hoy?
# After [Better]. It is true: there is one more check-in, in the morning.
crisis-check-better = Me alegra que haya aflojado un poco. ¿Podría alguien guardar esta noche lo que sea un riesgo? Preguntaré una vez más por la mañana.
# After [Same]. Check-ins go on.
crisis-check-same = Gracias por decírmelo. Puede tardar en pasar. No tienes que esperar a solas: { crisis-line }.
# After [Better] the next morning: no more check-ins.
crisis-morning-better = Me alegra que haya aflojado. No preguntaré más por esto. La ayuda sigue a un toque: /crisis.
# After [Don't ask again].
crisis-check-stop = Vale, no volveré a preguntar. Hay ayuda a cualquier hora: /crisis.
# May the buddy know?
crisis-tell = ¿Puedo decirle a tu persona de apoyo que estás bien?
# After [Yes].
crisis-told = Gracias. Le diré que estás bien, y nada más.
# After [No].
crisis-not-told = Está bien. No diré nada.
# To the buddy, after the person allowed it.
crisis-buddy-okay = Tu persona de apoyo me pidió decirte que está bien.
# The day after using again.
crisis-used-check = No hace falta responder. Solo pensé que hoy puede ser un día duro.
# After [I'm okay] to a check-in of the next day.
crisis-after-okay = Gracias por decirlo. Estoy aquí si quieres.

## Soft answers

# It was close, and it is over.
crisis-survived = Me alegra mucho que estés aquí. No le debes tu historia a nadie. ¿Quieres descanso, compañía, o saber qué viene ahora?
# After [Rest].
crisis-rest = Entonces, descansa. Aquí estaré cuando quieras.
# After [What comes next].
crisis-next = Una revisión con personal médico ayuda, aunque te sientas bien. Dormir, comer, y una persona que lo sepa son un buen comienzo. Hoy no hace falta planear más.
# Somebody died. Slow, no list.
crisis-loss = Lo siento mucho. Aquí no hay prisa. ¿Te gustaría hablar con alguien, o ver una línea que ayuda con el duelo?
# They say that they found the person who died.
crisis-loss-found = Eso pesa mucho. Si las imágenes vuelven, no te estás volviendo loco ni loca: les pasa a muchas personas. Una línea de duelo, o alguien que pasó por eso, puede ayudar.
# The picture of how they found somebody comes back. If it is now, the steps begin.
crisis-loss-seen = Siento mucho que cargues con esa imagen. Les vuelve a muchas personas que encontraron a alguien, y con el tiempo pesa menos. ¿Quieres hablar con alguien que sabe cómo es? Si está pasando ahora, escribe "no respira".
# Somebody bereaved asks whether it hurt them. No word on how it is to die: others may read it for themselves.
crisis-loss-felt = Mucha gente que perdió a alguien lleva esta pregunta. Siento que la lleves tú también. Si además preguntas por ti, puedes decírmelo. ¿Quieres hablar con alguien?
# After [Grief help].
crisis-loss-lines = Allí también hay tiempo para el duelo: { crisis-line }. Puedes contar tanto o tan poco como quieras.
# After [Not now].
crisis-loss-not-now = Está bien. Estoy aquí cuando quieras hablar.
# They used again.
crisis-used = Gracias por decírmelo. Aquí no pasa nada malo por eso. Primero: ¿estás a salvo ahora?
# The line about using again after a break; also used on its own.
crisis-return = Si vuelves a consumir: tu cuerpo puede aguantar mucho menos que antes. Procura tener compañía. Ten naloxona cerca.
# After [Yes], safe.
crisis-used-safe = { crisis-return } ¿Qué te ayudaría ahora?
# After [Tell my buddy]. The quoted line is sent as the person's own when they tap [Send that].
crisis-used-tell = Podrías decir: "Volví a consumir. No necesito que me arreglen, solo no quería ocultarlo." ¿Quieres que lo envíe?
# After [Change it]: what they type goes to their buddy as always.
crisis-used-change = Dilo a tu manera. Escríbelo y lo paso. O envía el mío: "Volví a consumir. No hace falta que arregles nada, solo no quería esconderlo."
# After [Get back on my medicine]. No amounts, no pace.
crisis-used-medicine = Es un buen paso, y en las clínicas lo conocen bien. Puedes decir: "Volví a consumir y quiero empezar otra vez con mi medicina." Diles qué tomaste y cuándo: puede cambiar cómo empiezas. ¿Quieres compañía mientras llamas?
# After [Just sit here].
crisis-used-sit = Vale. Podemos solo estar. Aquí estoy.
# After [No] or [Not sure]: may not be safe after using.
crisis-used-unsafe = Mucho sueño, respiración lenta o labios azules: llama ya { crisis-number }. Deja la puerta sin llave y la naloxona a la vista. ¿Hay alguien contigo?
# After [Someone is with me].
crisis-used-with = Bien. Pídele que se quede, que mire tu respiración, y que llame { crisis-number } si se vuelve lenta.
# They say that they are high.
crisis-high = Gracias por decirlo. ¿Hay alguien contigo?
# After [Yes].
crisis-high-with = Bien. No se separen, y tengan la naloxona donde ambos la vean.
# Maybe a joke, maybe more.
crisis-unclear = ¿Un día largo, o algo más que eso?
# After [Just tired].
crisis-tired = Entendido. Ojalá puedas descansar.
# They ask how much to take. Never an amount.
crisis-dose = No puedo decirte cantidades. Un número equivocado podría matar. En una farmacia te lo dicen, gratis y en privado{ $poison ->
    [none] .
   *[other] , o en información toxicológica: { $poison }.
} ¿Estás a salvo ahora?
# After [Yes].
crisis-dose-safe = Gracias. Eso se pregunta en la farmacia o a quien te receta. Yo estoy aquí para escuchar.

## To the buddy

# card
# After L1 or L2, once the buddy's copy of the message was delivered. No labels, no level, no history.
crisis-buddy-guidance = Tu persona de apoyo compartió algo pesado. No tienes que arreglarlo. Puedes:
    - Decir que lo oíste: "Gracias por contármelo. Estoy aquí."
    - Preguntar de frente: "¿Piensas en el suicidio?" Preguntar es seguro.
    - Compartir la línea: { crisis-line }.
    - Tocar [Avisar a moderación]. No es delatar.
    Puedes dar un paso atrás. Su vida no está sobre tus hombros.
# card
# After L3 or L4, once the buddy's copy of the message was delivered.
crisis-buddy-danger = Tu persona de apoyo puede estar en peligro. Si están hablando ahora: pregunta dónde está y si hay alguien cerca. Pídele que llame { crisis-number }. También sirve esto: { crisis-line }. Sigan hablando, con mensajes cortos.
    Si te dice dónde está, puedes llamar por esa persona. Luego toca [Alertar a moderación]. Por favor, no prometas guardar el secreto.
# card
# An overdose near the buddy, once their words about it were delivered.
crisis-buddy-overdose = Alguien cerca de tu compañero puede tener una sobredosis. Ya tiene los pasos en pantalla. Puedes ayudar: pregunta si llamaron { crisis-number } y quédate, con mensajes cortos. Si sabes dónde están, puedes llamar por ellos.
# After [More ways to help].
crisis-buddy-options = Elige lo que te sirva. Puedes parar cuando quieras. No depende solo de ti.
# After [Alert moderators] or [Get a moderator]; the line about who is on shift follows.
crisis-buddy-alerted = Gracias. Lo puse el primero en la lista de moderación. Mensajes cortos, y quédate si puedes.
# After [How to call for someone else].
crisis-buddy-callfor = Llama { crisis-number }, o al número de emergencias de donde está. Di que llamas por otra persona, qué te contó y dónde está. Si no sabes dónde, pregúntale, y toca [Alertar a moderación].
# After [I need help too].
crisis-buddy-me = Es mucho estar cerca de esto. Tú también importas. Puedes hablar con alguien: { crisis-line }.
# After [I need to step back].
crisis-buddy-stepback = Está bien. Ya hiciste bastante con leerlo. Su vida no está sobre tus hombros. Si se te queda dentro: { crisis-line }.
# After a suggested line was sent.
crisis-sent = Enviado.
# A suggested line could not be sent: the chat is closed.
crisis-not-sent = No pude enviarlo. El chat no está abierto ahora.
# Sent to the person as the buddy's own words.
crisis-send-here = Estoy aquí contigo.
# Sent to the person as the buddy's own words.
crisis-send-safe = ¿Estás a salvo ahora?
# Sent to the person as the buddy's own words.
crisis-send-call = Por favor, llama { crisis-number }. Me quedo.
# Sent to the person as the buddy's own words.
crisis-send-near = ¿Hay alguien cerca de ti?
# Sent to the buddy as the person's own words.
crisis-send-alone = Esta noche estoy sin nadie. ¿Te quedas a hablar conmigo?
# Sent to the buddy as the person's own words.
crisis-send-used = Volví a consumir. No necesito que me arreglen, solo no quería ocultarlo.

## Buttons

# Button: the way out of a question that came from a misreading.
care-choice-not-meant = Estoy bien, no quise decir eso
# Button.
care-choice-someone = Hablar con alguien ya
# Button: a way to get through a craving or a bad moment.
care-choice-ten = Los próximos diez minutos
# Button.
care-choice-yes = Sí
# Button.
care-choice-no = No
# Button.
care-choice-unsure = No sé
# Button: to the question about a plan.
care-choice-skip = Prefiero no decirlo
# Button: afraid of calling a line.
care-choice-scared = Me da miedo llamar
# Button: not alone.
care-choice-with = Hay alguien conmigo
# Button.
care-choice-cant = No puedo
# Button: has called for help.
care-choice-called = Ya llamé
# Button.
care-choice-nearby = Hay alguien cerca
# Button: the other person breathes.
care-choice-again = Sí, ahora mismo
care-choice-breathing = Ya respira
# Button: no naloxone at hand.
care-choice-no-naloxone = No hay naloxona
# Button.
care-choice-police = Me da miedo la policía
# Button: the ambulance has come.
care-choice-help-here = Ya llegó la ayuda
# Button: this step is done, show the next one.
care-choice-done = Hecho, sigue
# Button.
care-choice-naloxone = Naloxona por correo
# Button.
care-choice-buddy = Escribir a mi apoyo
# Button.
care-choice-not-tonight = Esta noche no
# Button: sends the suggested words.
care-choice-send = Envía eso
# Button.
care-choice-not-now = Ahora no
# Button: not safe to read; clears the bot's messages.
care-choice-hide = No, ocultar
# Button: what they saw of somebody else.
care-choice-hurt = Puede hacerse daño
# Button: what they saw of somebody else.
care-choice-using-alone = Consume a solas
# Button: what they saw of somebody else.
care-choice-quiet = Dejó de escribir
# Button: opens the questions about somebody they worry about.
care-choice-open = Me preocupa esa persona
# Button: answer to a check-in.
care-choice-better = Mejor
# Button: answer to a check-in.
care-choice-same = Igual
# Button: answer to a check-in.
care-choice-worse = Peor
# Button: no more check-ins.
care-choice-stop = No preguntes más
# Button: no more of these.
care-choice-leave = Déjame estar
# Button.
care-choice-rest = Descanso
# Button.
care-choice-next = Qué viene ahora
# Button.
care-choice-grief = Ayuda para el duelo
# Button: they say it in their own words.
care-choice-change = Cambiarlo
# Button: how to begin with their medicine again.
care-choice-medicine = Volver a mi medicina
# Button: how to tell the buddy.
care-choice-tell = Contárselo a mi apoyo
# Button: no talk, just company.
care-choice-sit = Solo estar aquí
# Button: nobody is with them.
care-choice-by-myself = No hay nadie
# Button: it is about wanting to die.
care-choice-dying = Quiero morir
# Button: nothing more than tired.
care-choice-tired = Solo cansancio
# Button.
care-choice-more-than = Algo más que eso
# Button for the buddy: calls a moderator.
care-choice-mod = Avisar a moderación
# Button for the buddy: calls all moderators.
care-choice-alert = Alertar a moderación
# Button for the buddy: more buttons.
care-choice-options = Más formas de ayudar
# Button for the buddy: how to call an ambulance for somebody elsewhere.
care-choice-callfor = Cómo llamar por esa persona
# Button for the buddy.
care-choice-me = Yo también necesito ayuda
# Button for the buddy.
care-choice-stepback = Necesito un paso atrás
# Button for the buddy: sends these words.
care-choice-here = Estoy aquí contigo
# Button for the buddy: sends these words.
care-choice-safe = ¿Estás a salvo ahora?
# Button for the buddy: sends these words.
care-choice-call = Llama { crisis-number }, me quedo
# Button for the buddy: sends these words.
care-choice-near = ¿Hay alguien cerca de ti?
