# Lo que hace moderación, y lo que la gente lee de ello.

## Commands of moderators

command-appeal = Decir que una decisión sobre ti fue un error
command-queue = Lo que espera a quien modera
command-case = Ver un caso
command-case-case = Código del caso
command-claim = Tomar un caso
command-claim-case = Código del caso
command-note = Añadir una nota a un caso: hechos, y con amabilidad
command-note-case = Código del caso
command-note-text = Las palabras
command-remind = Recordar una regla a alguien
command-remind-case = Código del caso
command-remind-rule = Número de la regla
command-remind-reason = Qué se quiso decir, con amabilidad; lo van a leer
command-warn = Dar un aviso a alguien
command-warn-case = Código del caso
command-warn-rule = Número de la regla
command-warn-reason = Qué se quiso decir, con amabilidad; lo van a leer
command-mute = Dejar leer, pero no escribir, por un tiempo
command-mute-case = Código del caso
command-mute-rule = Número de la regla
command-mute-hours = Cuántas horas
command-mute-reason = Qué se quiso decir, con amabilidad; lo van a leer
command-unmute = Terminar un silencio
command-unmute-case = Código del caso
command-quarantine = Pausar las notas de alguien mientras miras
command-quarantine-case = Código del caso
command-quarantine-rule = Número de la regla
command-quarantine-reason = Qué se quiso decir, con amabilidad; lo van a leer
command-remove = Proponer una expulsión, o estar de acuerdo con una
command-remove-case = Código del caso
command-remove-rule = Número de la regla
command-remove-days = Cuántos días
command-remove-reason = Qué se quiso decir, con amabilidad; lo van a leer
command-lift = Terminar lo que frena a alguien
command-lift-case = Código del caso
command-unpair = Cerrar la pareja de un caso
command-unpair-case = Código del caso
command-close = Cerrar un caso
command-close-case = Código del caso
command-slowmode = Fijar la espera entre dos mensajes
command-slowmode-channel = El canal
command-slowmode-seconds = Cuántos segundos, 0 para ninguno
command-takedown = Quitar en todas partes el mensaje denunciado
command-takedown-case = El caso
command-purge = Quitar los mensajes más nuevos
command-purge-channel = El canal
command-purge-count = Cuántos
command-lock = Cerrar un canal para escribir, o abrirlo
command-lock-channel = El canal
command-lock-state = Encender o apagar
command-announce = Decir algo en un canal como moderación
command-announce-channel = El canal
command-announce-text = Las palabras
command-lookup = Lo que se sabe de un alias
command-lookup-alias = El alias
command-shift = Empezar o terminar tu turno, o descansar
command-shift-state = Encender o apagar
command-handover = Lo que el próximo turno debe saber
command-desk = Recibir un enlace a la mesa, o salir en todas partes
command-desk-state = Encender o apagar
command-release = Devolver un caso, con unas palabras para quien siga
command-release-case = Código del caso
command-release-text = Lo que debe saber quien siga
command-merge = Unir un caso con otro
command-merge-case = Código del caso
command-merge-into = Código del otro caso
command-recuse = Apartarte de un caso, sin dar razones
command-recuse-case = Código del caso
command-escalate = Pasar un caso a quien dirige
command-escalate-case = Código del caso
command-watch = Recibir un aviso para mirar cómo sigue alguien
command-watch-case = Código del caso
command-watch-hours = Cuántas horas
command-decide = Decidir una apelación
command-decide-case = Código del caso
command-decide-outcome = Lo que decidiste
command-optout = Dejar un tipo de caso a otras personas
command-optout-kind = Tipo de caso
command-reveal = Ver una cuenta: dos personas que dirigen, con una razón
command-reveal-case = Código del caso
command-reveal-reason = Qué se quiso decir, con amabilidad; lo van a leer

## The rules, as they are named to people

rule-1 = Regla 1: sé amable
rule-2 = Regla 2: lo que se cuenta aquí se queda aquí
rule-3 = Regla 3: nadie dice quién es
rule-4 = Regla 4: nada de comprar, vender o buscar drogas
rule-5 = Regla 5: nada de instrucciones ni de hacerlo sonar bien
rule-6 = Regla 6: cuenta tu historia, no des órdenes
rule-7 = Regla 7: respeta cada camino
rule-8 = Regla 8: nada de coqueteo, dinero ni favores
rule-9 = Regla 9: nada de anuncios
rule-10 = Regla 10: nada de odio, amenazas ni empujar a hacerse daño
rule-11 = Regla 11: solo adultos, una cuenta, sé tú
rule-12 = Regla 12: usa bien la ayuda

## Kinds of case, steps

concern-dealing = venta
concern-sexual = sexual
concern-threat = amenaza
concern-money = dinero
concern-outing = decir quién es
concern-advice = mal consejo
concern-mean = trato feo
concern-worried = preocupación
concern-other = otro
concern-rule = retenido por el bot
concern-appeal = dice que fue un error
concern-crisis = en peligro
step-reminder = recordatorio
step-warning = aviso
step-mute = silencio
step-quarantine = pausa
step-removal = expulsión (dos personas)
mod-state-open = espera
mod-state-claimed = alguien lo tiene
mod-state-closed = cerrado
mod-state-mine = tuyo

## What a moderator reads

mod-commands =
    Comandos de moderación:
    { $list }
mod-not-yours = Ese comando es para moderación. /help muestra lo que puedes usar.
mod-missing = /{ $command } también necesita: { $list }. Escribe: { $usage }
mod-which = { $name } es una de estas: { $list }. No hice nada. Escribe: { $command }
mod-number = { $name } es un número entero de { $least } a { $most }. No hice nada. Escribe: { $command }
mod-no-command = No existe esa orden, así que no hice nada. ¿Quisiste decir { $near }?
mod-no-case = No conozco un caso con ese código. /mod queue los muestra.
mod-own-case = El caso { $case } te toca de cerca, así que lo toma otra persona. Así es justo.
mod-above-you = El caso { $case } es sobre alguien del equipo. Lo toma quien dirige o quien opera el bot.
mod-closed = El caso { $case } está cerrado.
mod-stale = Este caso cambió mientras lo mirabas. No se hizo nada. Mira otra vez y elige.
mod-taken = Otra persona tiene el caso { $case }. No cambió nada.
mod-yours = Tienes el caso { $case }.
mod-claim = Lo tomo
mod-claimed = El caso { $case } es tuyo. /mod case { $case } lo muestra.
mod-claimed-p0 = El caso { $case } es tuyo. No eres un servicio de emergencia. Sé amable, comparte los pasos, avísanos, pasa el turno. No tienes que salvar a nadie. /mod case { $case } lo muestra.
page-p0 = P0: { $alias } puede estar en peligro (caso { $case }). ¿Quién puede mirar ahora?
mod-noted = Anotado en el caso { $case }.
mod-done = Hecho: { $alias }, caso { $case }. Sabrá la regla, tus palabras, cuánto dura y cómo apelar.
mod-gone = La persona del caso { $case } ya no está. No se hizo nada.
mod-exempt = El caso { $case } es de cuidado o una pregunta. Por eso no se castiga a nadie.
mod-wrong-number = Ese número no vale. Míralo y prueba otra vez.
mod-lifted = Levantado, caso { $case }. Ya lo sabe.
mod-nothing-runs = Nada frena a nadie en el caso { $case }.
mod-no-pair = El caso { $case } no tiene pareja abierta.
mod-unpaired = La pareja del caso { $case } está cerrada. Las dos personas recibieron unas palabras amables.
mod-closed-now = El caso { $case } está cerrado. Gracias.
mod-released = El caso { $case } vuelve a la lista.
mod-merged = Unido al caso { $case }.
mod-not-merged = Esos dos no se pueden unir: no es la misma persona, o está cerrado.
mod-recused = Bien. El caso { $case } pasa a otra persona. No hace falta decir por qué.
mod-escalated = El caso { $case } pasó a quien dirige.
mod-escalated-to-you = El caso { $case } ({ $alias }) llegó a ti. Míralo, por favor.
mod-watched = Te recordaré el caso { $case } en { $hours } horas.
mod-watch-due = Es hora de ver cómo sigue { $alias } (caso { $case }).
mod-decided = Decidido y dicho. El caso { $case } está cerrado.
mod-outcomes = Decide una de: { $list }.
mod-no-appeal = El caso { $case } no tiene apelación abierta.
mod-own-action = Tú actuaste aquí antes, así que esto es para otra persona.
mod-taken-down = Quitado en todas partes. El caso { $case } sigue abierto.
mod-no-post = El caso { $case } no tiene ningún mensaje que siga ahí.
mod-decide-first = El caso { $case } es una apelación. Decídela y se cierra: /casework decide { $case }.
# One line of the queue.
mod-appeal-against = apelación contra: { $step }
mod-joined = Llegó algo más sobre { $alias } (caso { $case }).
mod-second-needed = Anotado. Otra persona tiene que estar de acuerdo en el caso { $case }.
mod-remove-how = Una expulsión necesita una regla (1 a 12), días (1 a { $days }) y una razón.
mod-appeal-late = Una apelación espera demasiado: caso { $case } ({ $alias }).
mod-no-channel = No existe ese canal. Conozco: { $list }.
mod-channel-done = Hecho en { $channel }.
mod-purged = Quité { $count } mensajes en { $channel }.
mod-purge-left = { $count } de { $of } mensajes siguen en { $channel } en { $app }. La app no me dejó: son muy viejos, o me falta el permiso. Mira allí y quítalos a mano.
mod-queue-empty = No espera nada. Descansa un poco.
mod-queue =
    En espera: { $count }
    { $list }
mod-line = { $priority } { $case } { $alias }: { $concern }, { $state }, quedan { $minutes } min
mod-line-late = { $priority } { $case } { $alias }: { $concern }, { $state }, { $minutes } min tarde
mod-record = { $at }: { $kind }
mod-record-said = { $at }: { $kind }: { $text }
mod-case =
    { $head }
    Puntos: { $points }
    Pasos posibles: { $steps }
    { $record }
mod-verified = Dicho aquí, palabra por palabra:
mod-file-at-desk = También se compartió un archivo. Ábrelo en el escritorio: /mod desk on.
mod-not-verified = Sin verificar. Puede estar cambiado, ser viejo o dicho con sus palabras:
mod-no-alias = Ningún caso tiene ese alias. Mira cómo se escribe: /mod queue muestra los casos.
mod-alias =
    { $alias }: { $points } puntos. Casos: { $cases }
    { $list }
mod-past = { $at } { $step }, regla { $rule }, cuenta { $points }
mod-handover =
    Urgente:
    { $urgent }
    Pronto:
    { $soon }
mod-debrief = Hace poco estuviste con alguien en peligro. ¿Cómo estás? Puedes hablar con quien dirige, o tomarte un tiempo. Nadie carga con esto a solas.

## Shifts

staff-welcome = Ahora formas parte del equipo, como { $role }. /shift on empieza un turno, /mod desk abre la mesa y /help dice qué puedes hacer.
shift-on = Estás de turno, { $hours } horas como mucho. Gracias por estar.
shift-off = Tu turno terminó. Descansa.
shift-over = Cuatro horas bastan. Tu turno terminó. Descansa.
shift-none = No estás de turno.
shift-refused-on = Ya estás de turno.
shift-refused-resting = Tu último turno terminó hace menos de 8 horas. Primero descansa.
shift-refused-week = Tuviste cinco turnos en siete días. Es mucho. Primero descansa.
shift-break = Fue mucho. ¿Quieres un descanso? Durante 20 minutos no te paso nada.
shift-rest = Descansar
shift-resting = Bien. No te paso nada durante 20 minutos.
optout-which = ¿Qué tipo? { $list }. La misma palabra otra vez lo deshace.
optout-on = Bien. Los casos del tipo { $kind } pasan a otras personas.
optout-off = Vuelves a ver casos del tipo { $kind }.

## The desk, and breaking the glass

desk-link = Tu enlace a la mesa. Sirve una vez, durante 10 minutos. No lo pases: { $link }
desk-off = Saliste en todas partes ({ $count }).
desk-passkey-added = Acaba de añadirse una llave de acceso a tu mesa. ¿Fuiste tú? Si no, envía /mod desk off.
desk-nowhere = Este bot aún no tiene mesa. Quien lo opera pone desk_url.
reveal-reason = Escribe por qué, en una frase. Quien opera el bot sabrá que se hizo.
reveal-second = Anotado. Otra persona que dirige tiene que pedir el caso { $case } dentro de una hora.
reveal-shown = Caso { $case }: { $platform } { $account }. Este mensaje se borra en una hora.
reveal-told = Dos personas que dirigen miraron la cuenta del caso { $case }.
notice-damaged = Algunas filas de la base de datos están dañadas: { $places }. El registro nombra cada una. Todas las demás personas siguen sin cambios. Revisa el disco y guarda la copia más reciente: docs/run.md dice más.

## What a member reads

sanction-reminder = Una nota, solo para ti. { $rule }. { $why } Si me equivoqué, toca Apelar.
sanction-warning = Esto es un aviso. { $rule }. { $why } La próxima vez puede haber un día de silencio. Si me equivoqué, toca Apelar.
# A moment such as "December 2, 2026, 6:30 PM": on the member's own clock, or where that is not known.
moment-here = { $at }
moment-utc = { $at } (UTC)
sanction-mute = Puedes leer, pero no escribir en canales hasta { $until }. { $rule }. { $why } El chat con tu compañía sigue, salvo que se trate de esa persona. La ayuda está siempre: /crisis. Si me equivoqué, toca Apelar.
sanction-quarantine = Pausé tus notas mientras alguien de moderación mira, hasta { $until } como mucho. { $rule }. { $why } /crisis, /export y /forget funcionan. Si me equivoqué, toca Apelar.
sanction-quarantine-open = Pausé tus notas hasta que alguien de moderación mire. { $rule }. { $why } /crisis, /export y /forget funcionan. Si me equivoqué, toca Apelar.
sanction-removal = No puedes usar BuddyBot hasta { $until }. { $rule }. { $why } Puedes apelar durante 30 días. Puedes seguir usando /crisis, /export y /forget.
sanction-no-words = Alguien de moderación lo miró.
sanction-by-bot = Tu nota parecía una oferta de venta, o una amenaza.
sanction-read = Lo leí
sanction-appeal = Apelar
sanction-thanks = Gracias.
sanction-over = Ya pasó. Puedes escribir otra vez. Cuídate.
sanction-lifted = Alguien de moderación lo terminó antes. Puedes escribir otra vez.
quarantine-buddy = Pausé las notas de { $alias } mientras alguien de moderación mira. No hiciste nada malo. ¿Quieres terminar este chat, o dejarlo?
stopped = No pasé eso. Tus notas están en pausa mientras alguien de moderación mira. La ayuda está siempre.
stopped-heard = No pasé eso a tu compañía. Te escuché. { $shift ->
    [yes] Moderación de turno también lo ve.
   *[no] Ahora no hay nadie de moderación, así que primero los números.
}
held-back = Eso está en pausa para ti ahora. /crisis, /export, /forget y /appeal funcionan.
looking-held = No puedo buscarte compañía mientras esto dure. Puedes apelar, y la ayuda está siempre: /crisis.
appeal-none = Ahora no hay nada que apelar.
appeal-ask = Cuéntame con tus palabras. Puede ser corto. Lo mira otra persona, y preguntar nunca lo empeora. Alguien de confianza puede escribirlo por ti.
appeal-cancel = Ahora no
appeal-cancelled = Bien. Puedes apelar durante 30 días: /appeal.
appeal-sent = Gracias. Lo mirará en un día alguien que no participó, y tendrás respuesta en tres.
appeal-sent-removal = Gracias. Lo mirarán dos personas, y tendrás respuesta en siete días.
appeal-upheld = Otra persona miró tu apelación: la nota, y lo que hubo antes. { $rule }. Se queda como está. Tu último paso: { $contact }
appeal-reduced = Otra persona miró tu apelación. { $rule }. Fue demasiado, así que termina ahora y cuenta la mitad. Tu último paso: { $contact }
appeal-overturned = Otra persona miró tu apelación. { $rule }. Nos equivocamos y lo sentimos. Es como si nunca hubiera pasado. Si quieres hablarlo: { $contact }
appeal-no-contact = /privacy dice quién lleva este bot.
appeal-upheld-held = Alguien de moderación miró la nota que retuve. No se envía.
appeal-overturned-held = Alguien de moderación miró la nota que retuve. Me equivoqué y lo siento. Puedes mandarla otra vez.
report-one = Solo esta
report-six = Esta y 5 anteriores
report-paste = Desde aquí no veo tu chat. Pega la parte que moderación debe ver.
report-claimed = Alguien de moderación está mirando lo que nos contaste.
report-closed = Miramos lo que nos contaste e hicimos lo necesario. Gracias por decirlo.
