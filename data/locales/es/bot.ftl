# La voz del bot: breve, cálida, sencilla y cierta. De tú, sin suponer el género de nadie. {$alias} nunca es un nombre real.
# "Buddy" es "persona de apoyo", como en crisis.ftl.

## Primer contacto

greeting = Hola. Soy BuddyBot, un bot. Si consumes opioides, los consumías o quieres a alguien que los consume, te ayudo a encontrar una persona con quien hablar. Es gratis y tendrás un apodo.
greeting-find = Buscar a alguien
greeting-how = Cómo funciona
greeting-help = Necesito ayuda ya
how-it-works = Respondes unas preguntas. Busco a una persona en una situación como la tuya. Cada una dice sí o no. Luego hablan aquí, y yo paso sus mensajes. Nadie ve tu cuenta.
welcome-back = Hola de nuevo.
welcome-back-at = Hola de nuevo. Nos quedamos en la pregunta { $number }.
declined = Está bien. No guardé nada. Si quieres líneas de ayuda ahora: /crisis. Puedes volver cuando quieras.
too-young = Gracias por ser sincero. Este espacio es para adultos, así que no puedo buscarte a nadie aquí. Hay personas que hablan con adolescentes, y puedo mostrarte quiénes.
young-farewell = Eso es todo lo que necesitaba. No guardé nada. Puedes volver a /crisis a cualquier edad.

## Inicio

home = ¿Qué te gustaría hacer?
home-find = Buscar a alguien
home-answers = Mis respuestas
home-rest = Descansar un poco
home-rested = De acuerdo. Estoy aquí cuando quieras. /find busca a una persona de apoyo.
not-understood = No entendí eso. Puedes tocar un botón o decirlo de otra forma.
no-such-command = No conozco ese comando. Esto es lo que puedo hacer.
# Un comando con un error al escribir; su botón está debajo.
no-such-command-near = No conozco ese comando. ¿Quisiste decir /{ $name }?
stale-button = Ese botón es de antes. Ahora estamos aquí.
only-members = Primero hagamos dos preguntas cortas. Después podrás usar eso.
broken = Algo se rompió de mi lado. Tu mensaje no se envió. Inténtalo otra vez, por favor. Líneas de ayuda: /crisis.
# While nothing can be read or written. Under the card of /crisis, which stands in memory.
help-from-memory = Una parte de mí no funciona ahora. No puedo contestarte, pero estas personas sí.
# While nothing can be read or written, to somebody who wrote or tapped.
words-wait = Algo no funciona de mi lado ahora. Lo que enviaste no se perdió. Sigo con ello en cuanto pueda.
# Right behind it, above the emergency number of where they may be: their next words may not reach the bot either.
words-wait-danger = Si hay una vida en peligro, no me esperes.
account-roomier = Aquí me escribe tanta gente que las respuestas pueden tardar. Tengo un segundo lugar con más sitio, e igual de privado. También puedes quedarte: no se pierde nada, sigue aquí sin más.
account-roomier-link = Escríbeme allí
record-lost = Algo se rompió de mi lado, y perdí lo que me contaste de ti: tus respuestas, tu apodo, tus horas de silencio. Lo siento. Nadie más lo vio. Tus mensajes siguen pasando. Puedo preguntarte otra vez cuando quieras.
missed =
    { $count ->
        [one] Hola de nuevo. Mientras no podía llegar a ti, un mensaje esperaba aquí. No lo guardé.
       *[other] Hola de nuevo. Mientras no podía llegar a ti, { $count } mensajes esperaban aquí. No los guardé.
    }
text-only = Solo puedo pasar palabras. Las fotos, la voz y los archivos podrían mostrar quién eres. ¿Quieres escribirlo?
own-words-only = Solo paso tus propias palabras, así que no envié ese mensaje. ¿Quieres contarlo con palabras tuyas?
too-long = Es muy largo para un solo mensaje, así que no lo envié. Divídelo en partes de { $limit } letras o menos, por favor.
# The platform brought something that could not be read. There may have been a cry in it, so whom to call comes first.
could-not-read = Si necesitas a alguien ahora: { crisis-line }, o en peligro llama al { crisis-number }. Llegó algo tuyo que no pude leer, así que nadie lo recibió. Escríbelo otra vez con palabras sencillas, por favor.
empty-note = No había palabras en eso, así que no lo envié.

## Ayuda

help-title = Esto es lo que puedes hacer ahora. Tócalo o escríbelo: { $list }
help-more = Esto también funciona. Escríbelo.
menu-more = Más
help-line = /{ $name }: { $help }
command-crisis = Líneas de ayuda, ahora mismo
command-help = Lo que puedo hacer
command-privacy = Lo que guardo y lo que no
command-find = Buscar a una persona de apoyo
command-status = Cómo van las cosas
command-pause = Tomar una pausa
command-pause-days = Por cuántos días
command-resume = Terminar tu pausa
command-deal = Lo que deseas con tu compañía
command-opener = Primeras palabras para tocar
command-less = Pedir un ritmo más lento, con cariño
command-photos = Compartir fotos y notas de voz con tu compañero, o parar
command-photos-state = on u off
command-goodbye = Despedirte con amabilidad
command-block = Irte y no volver a cruzarte con esa persona
command-report = Contarle algo a moderación
command-report-message = El mensaje del que se trata
command-report-text = Qué pasó, con tus palabras
command-unsend = Retirar tu último mensaje
command-unsend-message = El mensaje que quieres retirar
command-answers = Ver y cambiar tus respuestas
command-notify = Avisarme en este dispositivo cuando algo espere
command-notify-state = on u off
command-quiet = Elegir tus horas de silencio
command-quiet-hours = Por ejemplo 22-7
command-chart = Ver tus propias semanas
command-checkin = Que te pregunte cómo va tu día
command-checkin-when = Como cada dia 19:30, u off
command-language = Cambiar el idioma
command-language-language = El idioma, por ejemplo es
command-export = Recibir una copia de lo que guardo sobre ti
command-forget = Borrar todo lo tuyo

## Privacidad

# Qué se guarda y quién ve qué, completo: la respuesta a /privacy.
# card
privacy = La otra persona ve un apodo, no a ti. Paso los mensajes y no me los quedo. Guardo tus respuestas bajo llave, para buscarte a alguien. { $app ->
    [web] Quienes llevan esta página podrían ver lo que escribes aquí.
   *[other] { $app } puede ver lo que escribes aquí.
} Si reportas un mensaje, moderación ve la parte que compartes. Si una vida puede estar en peligro, la persona de guardia en moderación ve ese mensaje. Un tribunal podría obligarnos a entregar lo que tenemos, así que guardamos poco. Puedes pedir una copia (/export) o borrarlo todo (/forget) cuando quieras.
privacy-operator = Quién opera este bot: { $contact }
privacy-tips = Usa un apodo que no uses en otro sitio. { $app ->
    [web] En un teléfono o equipo que usan otros, pulsa "Salir rápido" al irte.
    [Telegram] Quita la vista previa de mensajes en la pantalla de bloqueo. Oculta tu número en los ajustes.
    [Discord] Quita la vista previa de mensajes en la pantalla de bloqueo. Revisa quién puede escribirte en privado.
   *[other] Quita la vista previa de mensajes en la pantalla de bloqueo.
} No digas tu ciudad, tu trabajo ni nombres.

## Estado, pausa, horas de silencio, idioma

status-home-named = Hola, { $name }. Ahora no estás buscando a nadie.
status-home = Ahora no estás buscando a nadie.
status-looking = Estoy buscando una persona de apoyo para ti.
status-offered = Encontré a alguien y espero las respuestas.
status-room = Aquí tienes una persona de apoyo: { $alias }. Te conoce como { $mine }.
status-paused = Estás en pausa hasta el { $day }. /resume la termina.
status-quiet = Tus horas de silencio son de { $start } a { $end }.
paused-until = De acuerdo. Espero hasta el { $day }. Si la otra persona escribe, verá que tomaste una pausa. /resume la termina antes.
pause-days-wrong = ¿Cuántos días debe durar la pausa? Envía un número del 1 al 90, por ejemplo /pause 7.
resumed = Qué bueno verte. Tu pausa terminó.
not-paused = No estás en pausa, así que nada cambió.
quiet-ask = ¿Cuándo debo guardar silencio? Envía dos horas, por ejemplo 22-7. O "no" si no quieres horas de silencio.
quiet-set = De acuerdo. De { $start } a { $end } guardo los mensajes hasta que termine. Los mensajes de crisis sí llegan.
quiet-off = De acuerdo. Sin horas de silencio.
quiet-wrong = Necesito dos horas, por ejemplo 22-7 o 10pm-7am. O "no".
quiet-no-clock = Todavía no sé tu hora local, así que uso la hora mundial (UTC). Puedes añadirla en /answers.
language-set = De acuerdo. Te hablaré en español.
language-ask = ¿Qué idioma uso contigo?
language-unknown = Todavía no tengo ese idioma. Tengo: { $list }.
language-en = English
language-es = Español

## Problemas de entrega

gone-buddy = Ya no puedo llegar a { $alias }, así que cerré su chat. No fue por nada que hiciste. ¿Quieres buscar a alguien más?
note-parked = Tu último mensaje para { $alias } no llegó. Lo intenté muchas veces. Envíalo otra vez, por favor.
note-refused = La aplicación que usa { $alias } no aceptó tu último mensaje, y así no lo va a aceptar. Puedes decirlo de otra manera.
note-damaged = Tu último mensaje para { $alias } no llegó. Envíalo otra vez, por favor.
# $days es cuánto esperó: 1, o lo que puso el operador.
note-expired = { $days ->
    [one] Un mensaje para { $alias } esperó un día y no llegó. Ya no lo tengo. Puedes enviarlo otra vez.
   *[other] Un mensaje para { $alias } esperó { $days } días y no llegó. Ya no lo tengo. Puedes enviarlo otra vez.
}

## Silencio largo

idle-warning = Hace mucho que no hablamos. Si no sé nada de ti en { $days } días, borraré lo que guardo sobre ti. Cualquier palabra tuya lo conserva.

## Respuestas, después

intake-rest = De acuerdo. Guardé tus respuestas hasta aquí. Vuelve cuando quieras y seguimos.
intake-go-on = Seguir
answers-title = Tus respuestas. Toca una para cambiarla. Los cambios cuentan para la próxima persona que busque.
answers-line = { $question }: { $answer }
answers-skipped = sin responder
answers-changed = De acuerdo, lo cambié. Cuenta para la próxima persona que busque.
answers-limit = Cambiaste tus límites tres veces esta semana. Dejémoslos así unos días.
answers-more = Responder más preguntas

## Cómo se muestran las preguntas

ask-number = { $number } de { $total }. { $question }
ask-kept = Dijiste: { $answer }.
ask-clarify = Solo para entenderte bien, ¿quisiste decir
ask-confirm = ¿Es correcto? { $heard } No guardé tus palabras.
ask-got = Entendido. { $heard }
ask-heard = { $question }: { $answer }.
ask-past = { $label } (en el pasado)
ask-review = Ya puedo empezar a buscar. ¿Quieres responder { $left } más para buscar mejor?
# The card of questions once nothing more is asked.
ask-finished = Con eso basta por ahora. Puedes cambiar tus respuestas cuando quieras: /answers.
ask-time-am = { $hour }:{ $minute } am
ask-time-pm = { $hour }:{ $minute } pm
