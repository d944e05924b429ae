# Canales de recuperación: salas compartidas en Discord y Telegram. En público, pocas palabras; lo demás en privado.

command-write = Escribir en un canal, con un nombre solo de ahí
command-write-channel = El canal, por ejemplo nights
command-write-words = Lo que quieres decir

## Lo que queda fijado

channel-about-anonymous = Nadie ve quién escribe aquí. Toca Escribir y publico tus palabras con un nombre hecho para este canal.
channel-about-open = Aquí escribes con tu propia cuenta y la gente puede ver quién eres. Leo cada mensaje y quito lo que rompe una regla.
channel-about-moderators = Para quienes moderan. Aquí aviso cuando alguien debería mirar.
channel-rules =
    1. Amabilidad. 2. Lo que se cuenta aquí se queda aquí. 3. Sin nombres, números, enlaces ni fotos. 4. Sin comprar, vender ni buscar drogas. 5. Sin dosis ni instrucciones. 6. Tu historia, no órdenes. 7. Todo camino vale. 8. Sin ligar, dinero ni anuncios. Pedir ayuda nunca rompe una regla.
channel-write = Escribir
channel-answer = Responder
channel-enter = Leí las reglas
channel-help = Hay ayuda, de día y de noche. Toca y te la muestro solo a ti.

## Escribir con el bot

channel-write-ask = Escríbelo aquí y lo publico en { $title }. Ahí eres { $alias }. No se une con tus charlas de aquí.
channel-cancel = No escribir
channel-cancelled = De acuerdo. No publiqué nada.
channel-waited = Dejé de esperar tus palabras, así que no publiqué nada. Toca Escribir cuando quieras.
channel-which = ¿Dónde quieres escribir?
channel-none = Aquí no hay ningún canal en el que pueda escribir por ti.
channel-gone = Ese canal ya no está, así que no publiqué nada.
channel-write-there = En { $title } cada persona escribe por su cuenta. No puedo publicar ahí por ti.
channel-posted = Lo publiqué en { $title }. Ahí eres { $alias }.
channel-posted-without = Lo publiqué en { $title } como { $alias }. Quité el medio, para cuidar a los demás. Tu pedido de ayuda sigue ahí.
channel-not-everywhere = Tu mensaje en { $title } no llegó a todas las aplicaciones. Puedes enviarlo otra vez.

## Quién puede escribir

channel-closed = Puedes leer { $title }, pero ahora no escribir ahí. La ayuda está abierta para ti siempre.
channel-resting = { $title } está en una pausa corta para ti. Podrás escribir en unos minutos.
channel-other-lane = { $title } es para personas en otra situación. Tus palabras no se publicaron. Puedo ayudarte a buscar un lugar para ti.
channel-cool-off = Tomemos { $minutes } minutos en { $title }, las dos personas. Puedes seguir leyendo. No es un castigo y no queda anotado.

## Quienes llegan

channel-door = Te damos la bienvenida a { $title }. Toca cuando hayas leído las reglas de arriba y podrás escribir.
channel-entered = Ya puedes escribir en { $title }. Ahí reviso cada mensaje. En otras aplicaciones te ven como { $alias }.
channel-hello = Hola. Cuido { $title } y soy un bot. Si quieres, busco a una persona para que hablen. Nunca vería quién eres.

## Lo que cambió o se quitó

channel-hide-graphic = Tu mensaje en { $title } muestra cosas duras de cerca. Lo puse detrás de un toque, como { $alias }, para que cada quien elija. No hiciste nada malo.
channel-redact-pii = Quité tu mensaje en { $title } porque tenía un contacto o un nombre (regla 3). El resto está otra vez, como { $alias }. Así te cuidas.
channel-redact-newcomer_link = Acabas de llegar a { $title }, así que los enlaces esperan dos semanas. Publiqué el resto como { $alias }.
channel-redact-method = Quité el medio de tu mensaje en { $title }, para cuidar a los demás. El resto está como { $alias }. Hiciste bien en decirlo.
channel-redact-anonymous = En { $title } nadie muestra quién es, así que publiqué tus palabras como { $alias }. La próxima vez, toca Escribir.
channel-redact-other = Quité una parte de tu mensaje en { $title }. El resto está como { $alias }.
channel-taken-pii = Quité tu mensaje en { $title }. Parece un contacto (regla 3). Puedes escribirlo sin eso o decirme que me equivoqué.
channel-taken-newcomer_link = Quité tu enlace en { $title }. Acabas de llegar, así que los enlaces esperan dos semanas.
channel-taken-copies = Quité tu mensaje en { $title }. Escribiste casi lo mismo en otros lugares. Aquí basta una vez.
channel-taken-flood = Fue mucho de una vez, así que quité tu último mensaje en { $title }. Espera un minuto y envíalo otra vez.
channel-taken-sourcing_ask = Quité tu mensaje en { $title }. Parece que pides drogas (regla 4). Si te sientes mal o con ganas ahora, con eso puedo ayudar.
channel-taken-sourcing_offer = Quité tu mensaje en { $title }. Parece que ofreces drogas (regla 4). Alguien que modera lo va a mirar.
channel-taken-harassment = Quité tu mensaje en { $title }. Parece un ataque a una persona (regla 1). Puedes decirlo con más amabilidad o decirme que me equivoqué.
channel-taken-threat = Quité tu mensaje en { $title }. Parece una amenaza, o que empujas a alguien a hacerse daño (regla 10). Alguien que modera lo va a mirar.
channel-taken-exploit = Quité tu mensaje en { $title }. Parece que pides sexo, dinero o clics (regla 8). Puedes decirme que me equivoqué.
channel-taken-other = Quité tu mensaje en { $title }. No va con las reglas. Puedes escribirlo de otra forma o decirme que me equivoqué.
channel-unreadable = Quité tu mensaje en { $title }: solo puedo revisar palabras, hasta { $limit } letras. Fotos y archivos pueden mostrar quién eres.
channel-removed-there = Alguien que modera quitó tu mensaje en { $title }. Puedes preguntarle por qué.

## Para quienes moderan

channel-alarm = Alguien en { $title } puede estar en peligro. Ya se le mostró ayuda. Si es grave, hay un caso.
channel-alarm-there = No pude escribirle en privado a esa persona. Le mostré la ayuda en { $title }, solo para sus ojos. Puede que no le haya llegado. Por favor, mira allí.
channel-raid = Mucha gente entró de golpe en { $title }, así que lo cerré. Lo abro otra vez en { $minutes } minutos.
channel-raid-over = { $title } está abierto otra vez.

## Temas para un canal en silencio

channel-prompt-1 = ¿Qué hizo que hoy fuera un poco menos malo?
channel-prompt-2 = ¿Qué haces cuando no puedes dormir?
channel-prompt-3 = ¿Lo mejor que comiste esta semana?
channel-prompt-4 = ¿Qué entiende mal la gente de ti?
channel-prompt-5 = ¿Qué canción nos pondrías ahora?
channel-prompt-6 = ¿Qué ayuda en una noche dura, aunque sea un poco?
channel-prompt-7 = ¿Cómo es un buen día para ti, de principio a fin?
channel-prompt-8 = ¿Una cosa dura y una cosa buena de hoy?
channel-locked = { $title } está cerrado para escribir ahora. Alguien de moderación lo abrirá otra vez.
