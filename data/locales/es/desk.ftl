# La mesa de moderación. Una palabra entre %signos% la completa la página. Breve y tranquilo: quien lee está con sueño.

## The frame

# Name of the pages, also in the browser's tab: says nothing about what this is.
desk-title = Mesa
desk-skip = Ir a la página
desk-screens = Pantallas
desk-screen-queue = Cola
desk-screen-handover = Relevo
desk-screen-me = Tú
desk-screen-numbers = Cifras
desk-screen-house = Casa
desk-leave = Salir
desk-until = Tu sesión dura hasta
desk-keys-on = Activar teclas
desk-keys-off = Desactivar teclas
desk-role-moderator = moderación
desk-role-lead = dirección
desk-role-operator = operación
desk-role-mentor = mentoría
desk-role-auditor = auditoría
desk-role-member = miembro

## The door

desk-enter = Vas a entrar. El enlace sirve una vez. Nadie más debe tenerlo.
desk-enter-go = Entrar
desk-enter-shared = En un equipo compartido, sal cuando te vayas. Tu sesión acaba tras 30 minutos sin uso, y tras 8 horas.
desk-refused-signed-out = Has salido.
desk-refused-link-over = Este enlace ya se usó, o tiene más de 10 minutos.
desk-refused-passkey = Esa llave no abre la mesa.
desk-refused-missing = Aquí no hay nada.
desk-refused-no-case = No conozco ningún caso con ese código.
desk-refused-odd = Eso no vino de esta página, así que no se hizo nada.
desk-refused-host = Esta no es la dirección de la mesa.
desk-refused-slow = Fue mucho a la vez. Espera un momento y prueba otra vez.
desk-refused-trouble = Ahora no pude hacerlo. No se perdió nada. Prueba otra vez en un momento.
desk-refused-how = Para un enlace nuevo, envía /mod desk on al bot.
desk-refused-again = Volver a la mesa

## Times. %n% is a number; %time% is one of the first three.

desk-minutes = %n% min
desk-hours = %n% h
desk-days = %n% d
desk-left = quedan %time%
desk-late = %time% tarde

## Breaks and shifts

desk-resting = Estás en pausa. No te paso nada hasta
desk-break-offer = Eso fue mucho. ¿Quieres una pausa? Durante 20 minutos no te paso nada.
desk-break-take = Tomar una pausa
desk-off-shift = No estás de turno. Puedes mirar y actuar, pero nada te llama.
desk-shift = Tu turno
desk-shift-begin = Empezar mi turno
desk-shift-end = Terminar mi turno
desk-on-until = De turno hasta
desk-meter = Cuánto fue
desk-meter-how = Desde que empezó tu turno, o desde tu última pausa. Nadie más lo ve.
desk-meter-heavy = Casos P0 y P1 que tomaste
desk-meter-minutes = Minutos
desk-of = %n% de %most%
desk-optout = Lo que dejas a otras personas
desk-optout-how = Nadie pregunta por qué. Toca un tipo para dejarlo a otras personas, o para tomarlo otra vez.
desk-opted-out = para otras personas
desk-opted-in = los veo
desk-devices = Dónde tienes abierta la mesa
desk-devices-how = ¿Perdiste un teléfono, o tienes dudas? Esto cierra tu sesión aquí y en todas partes, y borra tus llaves.
desk-leave-all = Salir en todas partes
desk-passkeys = Llaves de acceso
desk-passkeys-how = Una llave te deja entrar con tu dedo, tu cara o el código de este equipo, sin enlace. /mod desk off también las borra.
desk-passkeys-yours = Tienes %n%.
desk-passkey-add = Añadir una llave
desk-passkey-enter = Entrar con una llave
desk-passkey-kept = Ahora esta llave abre la mesa.
desk-passkey-trouble = No funcionó. No cambió nada. El enlace siempre sirve.
desk-passkeys-drop = Olvidar mis llaves
desk-passkeys-dropped = Tus llaves ya no están.
desk-could = ¿Pude hacer más?
desk-could-text = Estuviste ahí, y eso cuenta. Tú no causaste esto, y no podías verlo todo. Habla hoy con quien dirige. Nadie carga con esto a solas.

## The queue

desk-count = Casos: %n%
desk-count-more = , y más
desk-count-late = , tarde: %n%
desk-keys-queue = Arriba y abajo:
desk-keys-beside = recorren la cola, Enter abre
# Beside the second case of one person in the queue.
desk-same-person = la misma persona
desk-mine = Tuyos
desk-waiting = En espera
desk-take = Tomar
# For screen readers; %alias% is the person's alias.
desk-take-named = Tomar el caso de %alias%
desk-not-allowed = muy cerca de ti
desk-look-up = Buscar
desk-priority-p0 = P0: una vida en peligro
desk-priority-p1 = P1: peligro para otras personas
desk-priority-p2 = P2: en dos horas
desk-priority-p3 = P3: en doce horas
desk-nothing = Aquí no hay nada.

## A case

desk-own-case = Este caso está muy cerca de ti, así que lo toma otra persona. Así es justo.
desk-duty = No eres un servicio de emergencia.
desk-duty-job = Sé amable, comparte los pasos, avísanos, pásalo. No tienes que salvar a nadie.
desk-evidence = Lo que se compartió
desk-shared-photo = Una foto que se compartió
desk-shared-voice = Una nota de voz que se compartió
desk-no-evidence = Nadie compartió palabras.
desk-show = Mostrar
desk-changed = Este caso cambió mientras lo mirabas.
desk-look-again = Mirar otra vez
desk-hide = Ocultar
desk-why = Por qué está aquí
desk-fired = El bot notó:
desk-exempt = Nadie recibe un castigo por esto.
desk-exempt-how = Este caso trata de cuidado, o de una pregunta. Escribe una nota, mira cómo sigue o ciérralo.
desk-country = País:
# %n% is a number of points, such as 4.5.
desk-points = %n% puntos hoy
desk-past = Pasos anteriores
desk-overturned = anulado
desk-counts = cuenta %n%
desk-rule = regla %n%
desk-what-to-do = Qué hacer
desk-closed = Este caso está cerrado.
desk-taken = Otra persona tiene este caso. Puedes leerlo.
# %step% is a step, such as mute.
desk-appeal-against = apelación contra: %step%
desk-acted-here = tú actuaste aquí
desk-not-yours = Tú diste este paso, o lo levantaste, así que responde otra persona. Puedes leer.
desk-against = Es sobre:
desk-its-case = su caso
desk-was-told = Se le dijo:
# %role% is one of the roles above.
desk-lifted-by = Alguien del equipo (%role%) lo terminó antes:
desk-first-answer = Una persona ya respondió. Otra tiene que decir lo mismo:
desk-ended-early = , terminó antes
desk-others = También abierto sobre esta persona
desk-fits = lo más adecuado
desk-appeal = Una apelación espera
desk-appeal-how = Decide alguien distinto de quien actuó. Para una expulsión, dos deben decir lo mismo.
desk-answer = Tu respuesta
desk-do-decide = Enviar la respuesta
desk-outcome-upheld = Se queda
desk-outcome-reduced = Reducir
desk-outcome-overturned = Anular y pedir perdón
desk-second = Alguien del equipo propuso una expulsión. Su razón está abajo, en el registro.
desk-second-agree = Estoy de acuerdo con la expulsión
desk-step-reminder = Recordatorio
desk-step-warning = Aviso
desk-step-mute = Silencio
desk-step-quarantine = Pausar todas sus notas
desk-step-removal = Proponer una expulsión
desk-about-reminder = Recibe una nota privada con la regla y tus palabras.
desk-about-warning = Recibe un aviso que dice qué sigue.
desk-about-mute = Puede leer, no publicar en los canales. El chat con su pareja sigue, salvo si es sobre ella.
desk-about-quarantine = Sus notas no llegan a nadie mientras miras. Úsalo si hay peligro.
desk-about-removal = Otra persona del equipo debe estar de acuerdo.
desk-reason = Tus palabras para esa persona
desk-reason-how = Las va a leer. Di qué se quiso decir, no el texto. Con amabilidad.
desk-which-rule = Regla
desk-how-many-hours = Horas
desk-how-many-days = Días
desk-do-claim = Tomar este caso
desk-do-remind = Enviar el recordatorio
desk-do-warn = Enviar el aviso
desk-do-mute = Silenciar
desk-do-quarantine = Pausar
desk-do-remove = Proponer
desk-do-note = Añadir la nota
desk-do-close = Cerrar el caso
desk-do-release = Devolverlo
desk-do-escalate = Pasarlo a quien dirige
desk-do-lift = Quitar lo que le frena
desk-do-unpair = Terminar la pareja ahora
desk-do-merge = Unir
desk-do-recuse = Apartarme
desk-note = Una nota para el equipo
desk-note-how = Hechos, y con amabilidad. Sin suposiciones.
desk-watch = Mirar cómo sigue
desk-watch-how = Te recuerdo mirar cómo sigue, en:
desk-merge = Unir con otro caso
desk-unpair = Terminar la pareja
desk-unpair-how = Su chat se cierra, y cada quien recibe unas palabras amables. No volverán a ser pareja.
desk-recuse-how = ¿Este no es para ti? Apártate. Nadie pide razones.
desk-record = Registro
desk-line-opened = abierto
desk-line-joined = llegó más
desk-line-claimed = tomado
desk-line-released = devuelto
desk-line-recused = alguien se apartó
desk-line-escalated = pasado a quien dirige
desk-line-merged = unido
desk-line-note = nota
desk-line-action = se actuó
desk-line-appeal = apelación
desk-line-decided = apelación decidida
desk-line-closed = cerrado
desk-line-watch = recordatorio puesto
desk-line-second = segunda silla
desk-line-said = moderación escribió
desk-line-answered = escribió la persona
desk-line-ended = la persona cerró la charla

## Handover

desk-handover-how = Toma lo urgente, uno por uno. Lo que nadie toma llama a quien dirige.
desk-urgent = Urgente
desk-soon-watches = Mirar cómo siguen
desk-soon-lifting = Pausas que acaban pronto
desk-soon-appeals = Apelaciones que esperan respuesta

## Numbers

desk-numbers-how = Cuentan trabajo, nunca personas. Lo pasado que está bajo diez no se muestra.
desk-numbers-how-lead = Cuentan trabajo, nunca personas. Diriges el equipo, así que también ves los números pequeños.
desk-none-yet = aún nada
desk-few = menos de 10
desk-as-table = Como tabla
desk-how-many = Cuántos
desk-priority = Prioridad
desk-step = Paso
desk-moderator = Persona del equipo
desk-hour = Hora (UTC)
desk-covered-days = Días con alguien de turno
desk-someone = Alguien del equipo (%n%)
desk-chart-waiting = Abiertos ahora
desk-chart-waiting-how = Casos sin cerrar, por prioridad.
desk-chart-coverage = Cuándo hay alguien
desk-chart-coverage-how = De los últimos 28 días, cuántos tuvieron a alguien de turno en cada hora (UTC).
desk-gaps = No hubo nadie a las:
desk-no-gaps = Cada hora tuvo a alguien algún día.
desk-chart-pace = Cuánto tarda
desk-chart-pace-how = El caso del medio de 90 días, y cuánto espera el más viejo sin cerrar.
desk-pace-first = Primera mirada
desk-pace-close = Cerrado
desk-pace-oldest = Más viejo
desk-chart-steps = Pasos dados
desk-chart-steps-how = En los últimos 90 días.
desk-chart-rules = Por regla, y anulados
desk-chart-rules-how = La parte rayada se anuló por apelación. Si es mucha, quizá haya que mirar la regla.
desk-chart-shares = Casos duros, por persona
desk-chart-shares-how = P0 y P1 en 28 días, sin nombres. Barras parejas son un reparto justo.
desk-chart-detectors = El bot se equivocó
desk-chart-detectors-how = Lo que notó y una apelación anuló, en 90 días.

## The house

desk-on-shift-now = De turno ahora: %n%
desk-board = Cómo está el bot
desk-board-well = Todo está en orden.
desk-rules = Reglas
desk-rules-checked = Última revisión:
desk-lines = Líneas de ayuda
desk-lines-how = Estas necesitan que quien opera las mire:
desk-lines-fine = Todas las líneas de ayuda se revisaron a tiempo.

## Escribir a la persona de un P0 o P1

desk-say = Escribirle, como "Moderación"
desk-say-how = Corto y amable. Pregunta por el ahora, por lo que tiene cerca, por quién la acompaña. Sin números ni enlaces, salvo líneas de ayuda. Puede cerrar la charla; las palabras se borran a los 3 días.
desk-say-ended = Cerró la charla. Puedes escribir otra vez cuando pida moderación, o pasado un día.
desk-do-say = Enviárselo
desk-do-second = Ser la segunda silla
desk-talk = Lo que se han dicho
desk-talk-gone = Las palabras ya se borraron.
desk-level = Gravedad:
# Hasta dónde llega el peligro que leyó el bot, del malestar al peligro inmediato; después, de qué más se trata.
desk-level-distress = Lo está pasando muy mal.
desk-level-wish = Desea no seguir con vida.
desk-level-thoughts = Piensa en quitarse la vida.
desk-level-plan = Tiene un plan o un medio, o se despidió.
desk-level-now = Lo está haciendo, o está a punto.
desk-lane-overdose = Puede haber una sobredosis.
desk-lane-alone = Consume a solas.
desk-lane-withdrawal = Está en abstinencia.
desk-lane-violence = Alguien le hace daño o le amenaza.
desk-lane-child = Un menor puede estar en peligro.
desk-lane-buddy = Se preocupa por la otra persona.
desk-local = Su hora:
desk-unknown = no se sabe
desk-shown = Lo último que dijo el bot:
desk-tapped = Tocó:
desk-nothing-tapped = nada
desk-next-check = Próxima vez que miras:

## Channels

desk-channels = Canales
desk-channels-how = Lo que pongas aquí vale en todos los sitios del canal, en cada plataforma.
desk-channel-open = abierto
desk-channel-locked = cerrado
# %n% is a number of seconds.
desk-channel-slow = lento: %n% s
desk-channel-places = sitios: %n%
desk-do-lock = Cerrarlo
desk-do-unlock = Abrirlo
desk-slow = Segundos entre dos mensajes de una persona
desk-do-slow = Poner el ritmo
desk-announce = Decir algo como equipo
desk-do-announce = Publicarlo
desk-purge = Quitar los mensajes más nuevos: cuántos
desk-purge-how = Se van en cada plataforma, para todos. No se puede deshacer.
desk-do-purge = Quitarlos
desk-post = El mensaje:
desk-takedown = Quitar el mensaje
desk-takedown-how = Se va en cada plataforma, para todos. No se puede deshacer. Esto no avisa a quien lo escribió.
desk-do-takedown = Quitarlo
desk-line-taken-down = mensaje quitado
