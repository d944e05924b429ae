# La búsqueda y la charla de dos personas.

## Buscar

looking = Estoy buscando a una persona que encaje contigo.
looking-already = Ya estoy buscando a alguien para ti.
looking-few-answers = Estoy buscando. Todavía sé poco de ti, así que puede que no coincidan tanto.
# Alguien de guardia está con la persona por una hora.
looking-talk = Ahora hablas con { $alias }. Dímelo otra vez cuando termine, y busco.
looking-room = Ya tienes aquí una persona de apoyo: { $alias }. Una a la vez funciona mejor. /goodbye es para despedirte con amabilidad.
looking-offer = Encontré a alguien y les pregunté a las dos personas. Responde primero a eso, por favor.
looking-limit = Conociste a tres personas nuevas esta semana. Esperemos unos días antes de la próxima.
looking-stop = Dejar de buscar
looking-stopped = De acuerdo. Dejé de buscar. /find empieza otra vez.

## La espera

waiting-long = { $span ->
    [day] A la mayoría le propongo a alguien en menos de un día.
    [days] A la mayoría le propongo a alguien en menos de tres días.
    [week] A la mayoría le propongo a alguien en menos de una semana.
    [longer] Aquí suele tardar más de una semana. Todavía somos pocas personas.
   *[unknown] Puede tardar unos días. Todavía somos pocas personas.
}
waiting-next = Cuando encuentre a alguien, les pregunto a las dos personas. No tienes que quedarte: te escribo aquí.
waiting-house = Ahora hay alguien de moderación.
waiting-house-nobody = Ahora no hay nadie de moderación. Las líneas de ayuda están a cualquier hora: /crisis.
waiting-until = Mientras tanto:
wait-breathe = Respirar conmigo
wait-expect = Qué puedes esperar
# Una vez por búsqueda, cuando en un día no apareció nadie.
wait-none-yet = Todavía no hay nadie que encaje bien. Prefiero esperar a juntarte mal con alguien. ¿Qué te gustaría?
wait-keep = Sigue buscando
wait-hours = Ampliar mis horas
wait-kept = De acuerdo. Sigo buscando, y te escribo aquí en cuanto haya alguien.
wait-breathing = Vamos despacio un minuto. Pon los dos pies en el suelo. Toma aire mientras cuentas hasta cuatro. Suéltalo despacio mientras cuentas hasta seis. Otra vez, cinco veces. Puedes apartar la vista de la pantalla. No hay nada que hacer bien.
# Lo que se puede esperar.
# card
wait-expected = Primero les pregunto a las dos personas. Ves por qué pueden encajar y el apodo de la otra. Si ambas dicen hola, se abre aquí una conversación.
    - Nadie tiene que responder rápido. Horas o días es normal.
    - Compartes lo que quieras. Puedes parar cuando quieras, con /goodbye o /block.
    - Al principio puede ir lento o sentirse raro. No es culpa tuya.
    - Quien te acompaña es una persona como tú, no un médico. En peligro, /crisis muestra a quién llamar.

## Naloxona en casa: se pregunta una sola vez a quien quiere a alguien que consume. Cómo se consigue cambia según el país:
## no prometer más que esto.

naloxone-ask = Una cosa para esta noche: ¿tienes naloxona en casa?
naloxone-yes = Sí
# Botón: no tienen, y preguntan cómo conseguirla.
naloxone-no = No, ¿cómo la consigo?
naloxone-what = ¿Qué es?
# Después de [Sí].
naloxone-kept = Es bueno tenerla. Ponla donde sea fácil de alcanzar y muestra a los demás en casa dónde está. Si algún día hace falta, /crisis te guía paso a paso.
# Después de [No, ¿cómo la consigo?]. Le sigue una línea con una fuente de su país, donde se conoce una.
naloxone-get = Pregunta en una farmacia, o en un grupo cercano que ayude a personas que usan drogas. Puedes decir que es para alguien que quieres. En algunos lugares la dan sin receta, y en algunos gratis. Depende de dónde vives.
# Después de [¿Qué es?]: debajo están [Sí] y [No, ¿cómo la consigo?].
naloxone-known = La naloxona es un spray para la nariz o una inyección. En una sobredosis de opioides puede hacer que la respiración vuelva. No daña a quien no tomó ninguno. (Fuente: CDC, Lifesaving Naloxone.) ¿La tienes en casa?

## Propuestas

offer = Encontré a alguien. Su apodo es { $alias }. El tuyo sería { $mine }. Por qué ustedes:
offer-plain = Encontré a alguien. Su apodo es { $alias }. El tuyo sería { $mine }. Todavía sé poco de ustedes, así que puede que no coincidan tanto.
offer-reason = - { $reason }
offer-end = No sabe nada más de ti, y tú eliges qué contar. Si saludan las dos personas, su conversación se abre aquí. Si no, a nadie se le dice por qué.
offer-yes = Saludar
offer-pass = Esta persona no
offer-known = Puede que la conozca
offer-tomorrow = Pregúntame mañana
offer-thanks = Gracias. Ahora le pregunto también a { $alias }. Si dice que no, es porque no encaja, no por ti.
offer-passed = De acuerdo. No diré por qué, ni que dijiste que no. Sigo buscando.
offer-not-you = De acuerdo. Nunca coincidirán aquí, y no se lo diré. Sigo buscando.
offer-later = De acuerdo. Te pregunto otra vez mañana.
offer-later-once = Puedo esperar solo un día, para que la otra persona no quede en el aire. ¿Qué dices?
offer-again = Me pediste que preguntara otra vez. Su apodo es { $alias }. ¿Qué dices?
offer-gone = Esa propuesta ya terminó. Sigo buscando.
offer-ended = Esta vez no se dio. Sigo buscando.

reason-hours = tienen horas en común
reason-pace-many = les gusta hablar muchas veces al día
reason-pace-daily = les gusta hablar más o menos una vez al día
reason-pace-few = les gusta hablar unas veces por semana
reason-pace-weekly = les gusta hablar más o menos una vez por semana
reason-pace-loose = les gusta hablar cuando se pueda
reason-help_wanted-listen = buscan a alguien que escuche
reason-help_wanted-checkin = quieren preguntarse cómo van
reason-help_wanted-same_boat = buscan a alguien en la misma situación
reason-help_wanted-further_on = buscan a alguien con más camino recorrido
reason-help_wanted-cravings = buscan ayuda cuando llegan las ganas de consumir
reason-help_wanted-normal = quieren hablar de la vida de todos los días
reason-help_wanted-give = quieren estar ahí para otras personas
# $items es una lista de interest-*, con sus artículos.
reason-interests = comparten el gusto por { $items }
reason-and = { $rest } y { $last }
reason-medicine = toman medicina
reason-life-parent = tienen hijos o hijas
reason-life-caring = cuidan a alguien
reason-life-pain = viven con dolor
reason-life-night_shifts = trabajan de noche
reason-life-school = estudian
reason-life-job_hunting = buscan trabajo
reason-life-veteran = estuvieron en las fuerzas armadas
reason-life-small_town = viven en un pueblo pequeño
reason-life-grief = extrañan a alguien
reason-life-living_alone = viven sin compañía
reason-language = pueden hablar en el mismo idioma
reason-same_place-using = las dos personas consumen ahora
reason-same_place-thinking = las dos personas piensan en un cambio
reason-same_place-cutting = las dos personas están reduciendo
reason-same_place-just_stopped = las dos personas lo dejaron hace poco
reason-same_place-steady_months = las dos personas llevan algunos meses estables
reason-same_place-steady_year = las dos personas llevan un año o más estables
reason-same_place-moving = para las dos personas va y viene
reason-same_place-active = las dos personas quieren a alguien que consume ahora
reason-same_place-in_care = las dos personas quieren a alguien en tratamiento
reason-same_place-in_recovery = las dos personas quieren a alguien en recuperación
reason-same_place-no_contact = las dos personas han perdido el contacto con su ser querido
reason-same_place-under_3mo = las dos personas perdieron a alguien hace pocos meses
reason-same_place-under_1y = las dos personas perdieron a alguien en el último año
reason-same_place-over_1y = las dos personas perdieron a alguien hace más de un año
reason-similar_place = tu situación va bien con la suya
# Con artículo: van detrás de "el gusto por".
interest-music = la música
interest-games = los juegos
interest-pets = las mascotas
interest-sports = los deportes
interest-cooking = la cocina
interest-movies = el cine y las series
interest-art = crear cosas
interest-nature = la naturaleza
interest-cars = los autos y las motos
interest-books = los libros
interest-fitness = el ejercicio
interest-gardening = la jardinería

## El chat

room-open = { $alias } dijo que sí. Su chat está abierto aquí. Escribe y yo se lo paso. Tu apodo es { $mine }. /pause, /report y /goodbye sirven en cualquier momento.
# Para una persona esperan más mensajes de los que guardo; $count es cuántos.
room-full = Guardo { $count } mensajes para la otra persona, y no caben más. Este no se envió. Prueba otra vez en unos días.
room-full-circle = Algunas personas de tu círculo tienen más mensajes de los que puedo guardarles. Este llegó a las demás.
room-waiting-paused = La otra persona tomó una pausa, así que no envié eso. Puedes escribir cuando vuelva.
room-held = En espera. Se lo paso cuando le venga bien. ¿Es urgente?
room-send-now = Enviar ya
room-sent-now = De acuerdo. Ya lo envié.
room-sent-already = Ese mensaje ya va en camino.
room-urgent-limit = Ya usaste tus tres mensajes urgentes de esta semana. Este sale cuando le venga bien. Si necesitas a alguien ahora: /crisis.
room-none = Todavía no tienes una persona de apoyo. /find busca una.
room-edited = { $text } (editado)
unsend-done = De acuerdo. Lo retiré.
unsend-none = No hay ningún mensaje tuyo que pueda retirar.
edit-not-found = No pude cambiar ese mensaje. Nunca salió, es demasiado viejo o no es tuyo. Puedes enviarlo como un mensaje nuevo.

## Para quién es un mensaje

# Se pregunta cuando un solo chat reúne varias conversaciones. Los botones son nombres.
whom = ¿Para quién es? Guardé tu mensaje por ahora.
whom-again = Ese también espera. ¿A quién se lo envío?
whom-circle = Círculo
whom-drop = No enviarlo
# $name es a quién fue, $count cuántos mensajes esperaban.
whom-sent = { $count ->
    [one] Se lo envié a { $name }. Lo que escribas ahora también va ahí, hasta que te escriba otra persona.
   *[other] Envié tus { $count } mensajes a { $name }. Lo que escribas ahora también va ahí, hasta que te escriba otra persona.
}
# Cuando lo que se escribe a la otra persona puede ser para el bot: "necesito menos". Las opciones son el bot y los nombres.
meant = Guardé ese mensaje por ahora. ¿Es para mí o para { $name }?
meant-which = Guardé ese mensaje por ahora. ¿Es para mí o para alguien con quien hablas?
meant-again = Ese también lo guardé. ¿Es para mí?
meant-bot = Tú, el bot
whom-urgent = Esto se lo envié a { $name } enseguida.
# Se dice donde escribieron, en una conversación que terminó entretanto.
conversation-over = Esta conversación terminó, así que ese mensaje no le llegó a nadie. Aún tienes lo que escribiste.
goodbye-which = ¿Qué conversación quieres terminar?
block-which = ¿De qué conversación se trata?
report-which = ¿De qué conversación se trata?
which-again = Queda entre nosotros. ¿De qué conversación hablas? Puedes escribir el nombre.

## Despedida

goodbye-ask = Claro. No necesitas una razón. ¿Cómo te gustaría irte?
goodbye-words = Decir unas palabras
goodbye-standard = Un mensaje amable ya escrito
goodbye-silent = Irme sin más
goodbye-known = Puede que conozca a esta persona
goodbye-known-done = De acuerdo. Cerré la charla y no los uniré nunca más. Sabrá que seguiste tu camino, y nada más.
goodbye-cancel = Quedarme
goodbye-waited = Ya no espero tus últimas palabras, así que esto sigue como una nota. /goodbye termina la charla.
goodbye-stay = De acuerdo. Nada cambió.
goodbye-write = Escribe tus últimas palabras. Las paso y cierro el chat.
goodbye-to-other = { $alias } sigue su camino y te desea lo mejor. No fue por nada malo que hiciste.
goodbye-other-ended = { $alias } sigue su camino. Las despedidas pueden doler. Estoy aquí.
# Las mismas dos para quien perdió a alguien: ahí un final pesa más.
goodbye-to-other-bereaved = { $alias } siguió su camino y te desea lo mejor. No fue por nada que hicieras. Una despedida más puede pesar mucho. Estoy aquí.
goodbye-other-ended-bereaved = { $alias } siguió su camino. No fue por nada que hicieras. Una despedida más puede pesar mucho. Estoy aquí.
goodbye-done = Listo. ¿Quieres conocer a alguien más, o una pausa?
goodbye-find = Buscar a alguien más
goodbye-rest = Descansar un poco
block-ask = Cierro este chat y no volverán a coincidir aquí. No le diré por qué. ¿De acuerdo?
block-yes = Sí, bloquear
block-no = Cancelar
block-done = Listo. No volverán a coincidir aquí. No hiciste nada malo.
# Lo mismo donde el nombre ya no está.
goodbye-unnamed = Tu persona de apoyo sigue su camino. Las despedidas pueden doler. Estoy aquí.

## Reportes

report-ask = Siento que haya pasado esto. ¿De qué se trata?
report-dealing = Vende o pide drogas
report-sexual = Algo sexual
report-threat = Amenaza
report-money = Dinero
report-outing = Cuenta quién soy
report-advice = Mal consejo médico
report-mean = Trato cruel
report-worried = Me preocupa esa persona
report-other = Otra cosa
report-share = Gracias. ¿Quieres que moderación vea algún mensaje? Pega o escribe la parte que debería ver. O solo le aviso.
report-none = Ninguno, solo avisa
report-cancel = Cancelar
report-cancelled = De acuerdo. No envié nada.
report-sent = Enviado. No se lo diré; puede que lo imagine. ¿Qué hacemos ahora?
report-sent-nobody = Enviado. No se lo diré; puede que lo imagine. Ahora no hay nadie en moderación. ¿Qué hacemos ahora?
report-end = Terminar este chat
report-keep = Dejarlo abierto
report-kept = De acuerdo. El chat sigue abierto. Puedes usar /block o /report cuando quieras.
report-nothing = Ahora no hay un chat que reportar. Si pasa otra cosa, /help muestra lo que puedo hacer.

## Copia y borrado

export-done = Aquí tienes una copia de todo lo que guardo sobre ti. Es solo para tus ojos.
forget-ask = Puedo borrar tus respuestas, tus chats, todo. No se puede deshacer. Desde entonces nadie puede leer las copias de respaldo. { $app ->
    [web] Tu navegador puede guardar que estuviste aquí.
   *[other] Lo que guarde { $app } no lo puedo borrar.
}
forget-all = Borrar todo
forget-copy = Primero quiero mi copia
forget-pause = Solo una pausa
forget-cancel = Cancelar
forget-sure = Si tienes una persona de apoyo, sabrá que seguiste tu camino, y nada más. ¿Lo borro?
forget-yes = Sí, borrar
forget-cancelled = De acuerdo. No borré nada.
forget-done = Listo. Ya no sé quién eres. Puede quedar una marca bajo llave, sin nombre, si alguien te bloqueó o hay un caso serio abierto. Si un día necesitas líneas de ayuda: /crisis sirve sin cuenta. Cuídate.

## Reglas: lo que oye quien escribe

nudge-pii = Un momento, esto solo lo ves tú. Eso parece un contacto o un nombre real. Si lo compartes, no puedo protegerte.
# Un enlace de alguien en sus dos primeras semanas.
nudge-newcomer_link = Un momento, esto solo lo ves tú. Llegaste hace poco, así que los enlaces esperan dos semanas. Puedo enviar el resto de tu mensaje.
nudge-copies = Un momento, esto solo lo ves tú. Enviaste casi lo mismo a otras personas esta semana. Un mensaje para una persona ayuda más. ¿Lo envío igual?
# Una regla que añadió quien opera el bot, sin palabras propias.
nudge-other = Un momento, esto solo lo ves tú. Puede que esto no vaya con las reglas de aquí. Puedes enviarlo o escribirlo de otra forma.
nudge-send = Enviarlo
nudge-without = Enviarlo sin eso
nudge-drop = No enviar
nudge-anyway = No es un contacto, envíalo
nudge-sent = De acuerdo. Se lo pasé.
nudge-sent-without = De acuerdo. Se lo pasé sin esa parte.
nudge-dropped = De acuerdo. No lo envié.
nudge-gone = Ese mensaje ya no está, o el chat terminó. Puedes escribirlo otra vez.
nudge-expired = Un mensaje esperó un día tu respuesta, así que ya no lo tengo. Puedes escribirlo otra vez.
held-drop = No enviar
held-mistake = Creo que es un error
held-appealed = Gracias. Le pasé tu mensaje a moderación. Alguien lo verá. Preguntar nunca lo empeora.
held-sourcing_ask = No envié eso. Parece que pide drogas (regla 4). Si te sientes mal o con muchas ganas ahora, con eso sí puedo ayudar: /crisis.
held-sourcing_offer = No envié eso. Parece que ofrece vender o dar drogas (regla 4). Moderación lo verá. Puedes decir si me equivoqué.
held-harassment = No envié eso. Parece un ataque a una persona (regla 1). Puedes decirlo con más amabilidad, o decirme que me equivoqué.
held-threat = No envié eso. Parece una amenaza, o que empuja a alguien a hacerse daño (regla 10). Moderación lo verá. Puedes decir si me equivoqué.
held-exploit = No envié eso. Parece que pide sexo, dinero o clics (regla 8). Puedes escribirlo de otra forma, o decirme que me equivoqué.
held-flood = Fueron muchos mensajes de una vez, así que no envié este. Espera un minuto y envíalo otra vez. Si estás en peligro, toca para pedir ayuda.
# Una regla que añadió quien opera el bot, sin palabras propias.
held-other = No envié eso. No va con las reglas de aquí. Puedes escribirlo de otra forma, o decirme que me equivoqué.
held-pii = No envié eso. Parece un contacto (regla 3). Puedes escribirlo sin eso, o decirme que me equivoqué.
edit-held = No pasé ese cambio. Puede romper una regla. Tu primer mensaje quedó como estaba.
# In an open crisis a contact or a place passes; the author hears why.
passed-for-life = Lo pasé tal como lo escribiste. Puede depender una vida de eso, así que dejé el contacto.
# A call to die, a threat or an offer, while somebody in the room is in danger.
held-aimed = No pasé eso. Podría empujar a alguien a hacerse daño. Una persona lo va a mirar; yo no te pongo ninguna sanción. Si tú tampoco estás bien, toca ayuda.
