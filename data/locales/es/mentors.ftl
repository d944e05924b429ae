# Mentorías: personas un poco más adelante que acompañan a alguien, con el sí de coordinación. No son del equipo ni ayuda en una crisis.

command-mentor = Ofrecer mentoría, o descansar de ella
command-mentor-what = "descanso", "volver", "dejar", o cuántas a la vez
command-find-who = Compañía (buddy) o mentoría (mentor)

## Ofrecerse

mentor-which = ¿Te gustaría tener mentoría, o darla?
mentee-ask = Encontrar mentoría
mentor-be = Dar mentoría
mentor-no = Ahora no
mentor-intro = Dar mentoría es acompañar un tiempo a alguien desde un poco más adelante. Lleva unas horas por semana. Lees una formación corta y coordinación dice sí o ahora no. Puedes descansar o dejarlo cuando quieras, sin motivo. ¿Quieres leerla?
mentor-again = Me alegra verte. La formación que leíste sigue valiendo. Coordinación tiene que decir que sí otra vez. ¿Seguimos?
mentor-read = Sí, seguir
mentor-left-open = Está bien. No cambia nada y la puerta sigue abierta: /mentor.
mentor-steady-ask = Primero, entre tú y yo: ¿es un tiempo estable para ti? Solo tú lo sabes. Con medicina también cuenta.
mentor-steady = Sí, lo es
mentor-unsteady = Todavía no
mentor-not-steady = Gracias por tu sinceridad. Cargar con otra persona sería mucho ahora. Tú vas primero, y la puerta sigue abierta. Si quieres compañía: /find o /now.
mentor-you-first = Pasaste algo muy duro hace poco. Tú vas primero. La puerta para dar mentoría sigue abierta.
mentor-too-new = Quédate primero un poco más, para saber cómo se siente. Desde el { $day } puedes ofrecerte. No es por ti.
mentor-answers-first = Primero necesito saber unas cosas, para saber a quién podrías acompañar.
mentor-held = Eso no se puede mientras dura una sanción. Puedes apelar.
mentor-later-wait = Coordinación dijo ahora no. Desde el { $day } puedes ofrecerte otra vez. No es una mancha.

## La formación: una tarjeta cada vez, con una pregunta

mentor-card-peer = { $number } de { $total }. Quien da mentoría es una persona igual. Escuchas y cuentas lo que te ayudó. No mandas, no apadrinas, no haces terapia. Te preguntan qué deben hacer. ¿Qué ayuda más?
mentor-card-peer-tell = Decirle qué hacer
mentor-card-peer-share = Contar lo que me ayudó
mentor-card-peer-why = A muchos nos sale querer arreglarlo. Pero su camino es suyo. Lo que te ayudó es un regalo, y puede dejarlo.
mentor-card-medicine = { $number } de { $total }. Nada de consejos sobre medicina: ni cantidades, ni ritmo para dejarla, ni "no la necesitas". La medicina cuenta como recuperación. Quiere bajar la suya. ¿Qué dices?
mentor-card-medicine-prescriber = Pregunta a quien te la receta
mentor-card-medicine-plan = Así lo hice yo
mentor-card-medicine-why = Lo que a un cuerpo le sirvió puede matar a otro. Quien la receta puede ayudar de verdad, y tú sigues a su lado.
mentor-card-money = { $number } de { $total }. Ni dinero, ni regalos, ni viajes, ni citas. Ni nombres ni números de fuera. Así están a salvo las dos partes. Te pide 20 dólares para comer. ¿Qué haces?
mentor-card-money-once = Se los mando, solo una vez
mentor-card-money-decline = Digo que no, con cariño
mentor-card-money-why = Cuesta decir que no. El dinero cambia lo que son. Puedes ayudarle a buscar comida gratis, y moderación ayuda con un no.
mentor-card-danger = { $number } de { $total }. No eres una línea de emergencia. Si alguien puede estar en peligro, yo muestro ayuda y moderación mira. Te escribe que quiere morir y que nadie lo sepa. ¿Qué haces?
mentor-card-danger-point = Sigo con cariño y muestro la ayuda
mentor-card-danger-secret = Me lo guardo
mentor-card-danger-why = Parece confianza. Pero nadie debe cargar eso a solas, ni tú ni la otra persona. Dile que te importa, y nombra /crisis.
mentor-card-limits = { $number } de { $total }. Tus horas las eliges tú. Nadie puede esperarte de noche. /less baja el ritmo, /quiet pone horas de silencio. Esta semana es demasiado. ¿Qué haces?
mentor-card-limits-push = Aguanto
mentor-card-limits-slow = Lo digo y bajo el ritmo
mentor-card-limits-why = Quien aguanta se va en un mes. Vale más quien va despacio y se queda.
mentor-card-rest = { $number } de { $total }. Puedes descansar o dejarlo sin motivo: /mentor descanso, /mentor dejar. Yo cuido de quienes acompañabas. Pasas una mala racha. ¿Quién va primero?
mentor-card-rest-me = Yo
mentor-card-rest-them = La otra persona
mentor-card-rest-why = Es muy bueno de tu parte. Pero de una taza vacía no sale nada. Yo veo que nadie se quede a solas.

mentor-many-ask = Eso es todo. ¿A cuántas personas acompañarías a la vez? Con una basta para empezar.
mentor-many-1 = Una
mentor-many-2 = Dos
mentor-many-3 = Tres
mentor-sure = Coordinación verá: cuánto llevas aquí, qué te trajo, que leíste la formación, { $count ->
    [one] que acompañarías a una persona
   *[other] que acompañarías a { $count } personas
}, y sanciones pasadas. Nunca tu cuenta ni tus chats. ¿La envío?
mentor-send = Enviarla
mentor-sent = Enviada. Coordinación la mira; puede tardar unos días. Te aviso en todo caso.
mentor-sent-no-lead = La guardo { $days } días. Nadie aquí puede decidirla ahora mismo, y te aviso si sigue así.
mentor-waits = Tu oferta espera a coordinación. Te aviso en todo caso.
mentor-withdraw = Retirar mi oferta
mentor-withdrawn = Hecho. La retiré, y la puerta sigue abierta.
mentor-unread = Nadie encontró tiempo para tu oferta, así que la solté. Es cosa nuestra, no tuya. Puedes ofrecerte otra vez: /mentor.

## Una pregunta de coordinación

mentor-asked = Coordinación leyó tu oferta y quiere saber: "{ $question }" No tienes que responder.
mentor-answer = Escribir la respuesta
mentor-skip = Prefiero no
mentor-question-time = ¿Cuántas horas por semana podrías dar, más o menos?
mentor-question-hard = ¿Qué harías en una semana dura tuya?
mentor-question-why = ¿Qué te hizo querer acompañar a alguien?
mentor-cancel = Cancelar
mentor-answer-again = Lo que escribas llega a coordinación. También puedes decir que prefieres no.
mentor-answered = Gracias. Coordinación puede leerlo hasta que decida, y después se borra.
mentor-skipped = Está bien. Le dije a coordinación que prefieres no.
mentor-answer-wrong = No guardé nada de eso. Puede pasar de { $limit } caracteres, o tener un nombre, un número o algo que las reglas no admiten. ¿Lo escribes otra vez?
mentor-answer-not-kept = No lo pasé como respuesta. Ahora importas más tú.

## Lo que salió

mentor-approved = Coordinación dijo que sí: ya das mentoría. Te pregunto antes de que venga alguien, y nunca más de lo que dijiste. Di que sí solo cuando te venga bien. /mentor muestra cómo estás, /mentor descanso siempre vale.
mentor-later = Gracias por ofrecerte. Coordinación lo leyó y dice ahora no. No es una mancha, y acompañar aquí cuenta también sin título. La puerta sigue abierta.
mentor-ended-by-team = Mientras esto dura no puedes dar mentoría. Quienes acompañabas saben que no hicieron nada malo, y nada más.
mentor-restored = Fue un error nuestro y está deshecho. Vuelves a dar mentoría. No viene nadie nuevo hasta que quieras: /mentor volver.

## Dando mentoría

mentor-home = Das mentoría, con { $count } de { $most } lugares ocupados. Te pregunto antes de que venga alguien.
mentor-home-until = Das mentoría, con { $count } de { $most } lugares ocupados. Descansas de gente nueva hasta el { $day }.
mentor-home-resting = Das mentoría, con { $count } de { $most } lugares ocupados. No viene nadie nuevo hasta que vuelvas.
mentor-rest = Descansar
mentor-back = Ya volví
mentor-sooner = Puedo antes
mentor-many = Cuántas a la vez
mentor-stop = Dejarlo
mentor-most-ask = ¿A cuántas personas acompañarías a la vez? Ahora es { $count }.
mentor-most-set = Bien, { $count } a la vez. No se despide a nadie por eso.
mentor-most-wrong = Puedo tomar un número del 1 al { $most }.
mentor-rest-ask = Descansar es parte de esto. ¿De qué quieres descansar?
mentor-rest-new = De gente nueva
mentor-rest-all = De todo, una semana
mentor-stay = Seguir como está
mentor-resting = Bien. No viene nadie nuevo hasta que lo digas. Tus charlas siguen.
mentor-resting-all = Bien. Descansas hasta el { $day }. Quien te escriba sabrá que haces una pausa. /resume la termina. No viene nadie nuevo hasta que digas /mentor volver.
mentor-back-done = Qué bueno tenerte de vuelta. Te pregunto cuando encaje alguien.
mentor-stop-ask = No necesitas motivo. { $count ->
    [0] ¿Anoto que lo dejas?
    [one] Una persona te tiene de mentoría. Le diría con cariño que no hizo nada, y le buscaría a otra. ¿Lo dejas?
   *[other] { $count } personas te tienen de mentoría. Les diría con cariño que no hicieron nada, y les buscaría a otra. ¿Lo dejas?
}
mentor-stop-now = Dejarlo ahora
mentor-stopped = Hecho. Gracias por el tiempo que diste. La puerta sigue abierta: /mentor.
mentor-stays = Está bien. No cambió nada.

## Cuidar a quien da mentoría

mentor-after-ended = Terminó una charla tuya de mentoría. ¿Cómo quedas?
mentor-after-danger = Alguien a quien acompañas pasó algo muy duro, y tú estabas. ¿Cómo quedas?
mentor-own-crisis = Tú también pasaste algo duro. No viene nadie nuevo por una semana, y no le debes nada a nadie. ¿Te ayudaría descansar de todo?
mentor-fine = Estoy bien
mentor-heavy = Fue pesado
mentor-shaken = Me dejó mal
mentor-pass = Saltar
mentor-debrief-fine = Bueno saberlo. Ve con calma.
mentor-debrief-pass = Está bien. Aquí sigo si cambia.
mentor-debrief-hard = Gracias por decirlo. Pesa porque te importó. No tienes que cargarlo a solas.

## Buscar mentoría

mentee-what = Quien da mentoría va un poco más adelante. Leyó una formación corta y coordinación le dijo que sí. No es médico, no apadrina, no está de guardia, y no ve de ti más que cualquier compañía. ¿Busco a alguien así?
mentee-look = Sí, buscar mentoría
mentee-buddy = Mejor compañía
looking-mentor = Busco a alguien que te dé mentoría y encaje contigo. Son pocas personas, puede tardar más.
looking-mentor-none = Ahora mismo no queda lugar con nadie que dé mentoría. Puedes esperar, o buscar compañía mientras.
# Debajo de una propuesta, para quien tendría mentoría.
offer-of-mentor = { $alias } da mentoría aquí: va un poco más adelante, con una formación corta y el sí de coordinación. No es médico, no apadrina, no está de guardia.
# Debajo de una propuesta, para quien la daría.
offer-to-mentor = { $alias } pidió mentoría. Se la darías tú. Un no siempre está bien.
room-open-mentor = { $alias } dijo que sí y te da mentoría. Tu chat está abierto aquí, y te llamas { $mine }. En peligro es /crisis, de día y de noche. /less, /goodbye y /report valen siempre.
room-open-mentee = { $alias } dijo que sí. Ahora le das mentoría y te llamas { $mine }. Escucha, comparte, y descansa cuando lo necesites. Si pesa: /mentor descanso, o habla con moderación.
mentor-left = { $alias } ya no puede darte mentoría. No fue nada que hicieras. ¿Quieres conocer a otra persona?
mentor-left-team = Moderación terminó la mentoría de { $alias }. No hiciste nada malo y nadie te culpa. No puedo decir más sobre otras personas. ¿Quieres conocer a alguien más?
mentor-another = Otra mentoría
status-mentor = Das mentoría: { $count } de { $most } lugares ocupados. /mentor muestra más.
status-room-mentor = Tienes mentoría aquí: { $alias }. Te conoce como { $mine }.
status-room-mentee = Das mentoría a { $alias }. Te conoce como { $mine }.
pair-which = ¿De qué charla se trata?

## Para la dirección

concern-mentor = quiere dar mentoría
command-mentorship = Decidir quién da mentoría: solo la dirección
command-mentorship-case = Código del caso
command-mentorship-answer = Sí (yes), ahora no (later), o preguntar (ask)
command-mentorship-question = Qué preguntar: time, hard o why
mod-mentor-new = { $alias } se ofrece para dar mentoría. Caso { $case }.
mod-mentor-replied = { $alias } respondió, o prefiere no hacerlo. Caso { $case }.
mod-mentor-look = Ver la oferta
mod-mentor = Se ofrece para dar mentoría. Lleva aquí { $weeks ->
    [one] una semana
   *[other] { $weeks } semanas
}. Grupo: { $lane ->
    [family] alguien que le importa
    [bereaved] perdió a alguien
   *[other] uso propio o recuperación
}. Tomaría { $most } a la vez. Leyó toda la formación y dice que es un tiempo estable. ¿Sí, ahora no, o una pregunta? Escrito: /casework mentorship { $case } yes
mod-mentor-was-asked = Se preguntó: "{ $question }" La respuesta, si la hay, está abajo.
mod-mentor-yes = Sí, que la dé
mod-mentor-later = Ahora no, con cariño
mod-mentor-ask-time = Preguntar por el tiempo
mod-mentor-ask-hard = Preguntar por una semana dura
mod-mentor-ask-why = Preguntar qué le mueve
mod-mentor-said-yes = Caso { $case }: ya da mentoría, y lo sabe.
mod-mentor-said-later = Caso { $case }: oyó "ahora no", con cariño.
mod-mentor-asked = Caso { $case }: preguntado. Te aviso cuando responda.
mod-mentor-none = El caso { $case } no es una oferta de mentoría.
mod-mentor-held = Caso { $case }: una sanción le frena ahora, así que no puede ser un sí.
mod-lead-only = Quién da mentoría lo decide la dirección.
mod-decide-mentor = Una oferta se decide, no se cierra: /casework mentorship { $case } yes, o later.
desk-mentor = Se ofrece para dar mentoría
desk-mentor-how = Con un sí, el bot le propone personas, una por una. "Ahora no" se dice con cariño. Lo que se pregunta lo escribe el bot en su idioma.
# De la página: una palabra entre %signos% la rellena ella.
desk-mentor-weeks = Semanas aquí: %n%
desk-mentor-most = A la vez: %n%
desk-mentor-read = Formación: leyó las %n% tarjetas, y dice que es un tiempo estable.
desk-mentor-lane = Qué le trajo:
desk-mentor-language = Idioma:
desk-mentor-asked = Se preguntó:
desk-mentor-said = Sus palabras:
desk-mentor-no-answer = Aún sin respuesta, o prefiere no darla.
desk-mentor-leads = Esto lo decide la dirección.
desk-do-mentorship = Enviar la respuesta
desk-mentor-yes = Sí, que la dé
desk-mentor-later = Ahora no, con cariño
desk-mentor-ask = Preguntar:
desk-line-asked = la dirección preguntó
desk-line-replied = respondió
