# La página del chat web. Solo texto sencillo; lo que va entre %signos de porcentaje% lo llena la página.
# Breve, tranquilo y amable; sin emoji salvo en web-reactions.

## El marco

# Dirección de lectura de este idioma: ltr o rtl.
web-direction = ltr
# Se ve en la pestaña y en el historial, donde otras personas pueden mirar: no dice de qué se trata.
web-title = Notas
# El título de la pestaña cuando hay mensajes sin leer. %count% es un número.
web-title-unread = (%count%) Notas
web-name = BuddyBot
web-skip = Ir a escribir
web-welcome-title = No tienes que cargar con esto a solas.
web-welcome = Habla con una persona que vive lo que tú vives. Tendrás un apodo. Nunca verá quién eres.
web-welcome-free = Gratis
web-welcome-account = Sin cuenta
web-welcome-peer = Una persona como tú, no personal médico
web-no-script = Este chat necesita JavaScript, y aquí está apagado. Actívalo para esta página o usa otro navegador.
# Se muestra cuando la página no puede llegar a nadie: números que sirven en cualquier país.
web-help-lines = Si una vida puede estar en peligro, llama ya: al 911 en Estados Unidos y Canadá, al 112 en Europa, al 999 en el Reino Unido. Para hablar con alguien en Estados Unidos o Canadá, llama o escribe al 988.

## Botones de arriba

web-help-now = Pedir ayuda ya
web-leave = Salir rápido
# Los lectores de pantalla lo leen después del nombre del botón.
web-leave-hint = Borra lo que hay en esta página y abre una en blanco. También puedes pulsar Escape dos veces.

## La conversación

web-log = Tu conversación
web-notes = Mensajes
web-bot = BuddyBot
web-you = Tú
web-crisis = Ayuda
web-new-messages = Hay mensajes nuevos abajo
web-hidden = Toca para ver
web-confirm = Listo
# %count% y %limit% son números.
web-chosen = Elegiste %count% de %limit%
web-retracted = Este mensaje se retiró.
web-edited = editado
web-photo = Una foto
web-voice = Una nota de voz
web-show-photo = Ver la foto
web-show-voice = Oír la nota de voz
web-add-photo = Añadir foto
web-record-voice = Grabar voz
web-no-voice = Este navegador graba la voz de un modo que no puedo pasar. Las palabras y las fotos sí pueden.
web-stop-voice = Parar y enviar
web-file-gone = Esto ya no está en esta pestaña.
web-file-broken = No pude leer ese archivo.
web-file-large = Ese archivo es demasiado grande para mí.
web-save-document = Guardar %name%

## Una propuesta, y una tarjeta de preguntas

web-offer-title = Alguien que puede encajar contigo
web-offer-them = la otra persona
web-offer-you = tú
web-offer-why = Por qué
web-wait-next = Qué pasa ahora
web-wait-long = Cuánto tarda
web-wait-house = Quién cuida este lugar
# Se lee en voz alta: cuántas preguntas tienen respuesta.
web-progress = Hasta dónde llegaste

## Qué conversación está abierta

web-rooms = Tus conversaciones
web-room-circle = Tu círculo
web-room-moderator = Moderación
web-room-about-bot = Un bot, aquí para ti
# %mine% es el apodo de la persona en esta conversación.
web-room-about-buddy = Tu persona de apoyo. Te llamas %mine%.
web-room-about-talk = Aquí hasta una hora. Te llamas %mine%.
web-room-about-moderator = Una persona, no un médico
# %names% son los apodos de los demás en un círculo.
web-room-with = Con %names%
web-room-over = Esta conversación terminó
# Se lee tras el nombre de una conversación. %count% es un número.
web-room-unread = %count% nuevos
# %name% es con quién es la conversación.
web-room-heard = Hay algo nuevo de %name%
web-room-look = Ver

## Qué pasó con un mensaje

web-sending = En camino al bot
web-not-sent = No se envió
web-mark-passed-on = Ya lo pasé
web-mark-waiting = En espera
web-mark-not-sent = No se pasó

## Qué hacer con un mensaje

web-actions = Más opciones de este mensaje
web-reply = Responder
web-report = Reportar esto
web-react = Reaccionar
web-edit = Cambiar
web-unsend = Retirar
# %emoji% es un emoji.
web-reaction-from = Reaccionó con %emoji%
# Unos cinco emoji, con espacios.
web-reactions = ❤️ 👍 🙏 🫂 😊
web-reactions-more = 💙 💚 🤝 💪 🌱 🌻 ☀️ 🌙 ⭐ 🕯️ ☕ 🐾 🎵 😂 🙂 😌 😔 😢 😮 🤔
web-react-more = Más reacciones
web-replying = Respondes a: %text%
web-editing = Cambias tu mensaje
web-close = Cerrar

## Escribir

web-write = Escribe un mensaje
# %name% es a quién va lo escrito.
web-write-to = Escribe a %name%
web-write-circle = Escribe a tu círculo
web-send = Enviar
web-save = Guardar
web-menu = Menú
# La primera fila del menú: lo que se puede hacer en este momento. La última: todo lo que hay, plegado.
web-menu-now = Qué puedo hacer ahora
web-menu-all = Todo lo demás
# %limit% y %count% son números.
web-too-long = Ese mensaje es muy largo para pasarlo de una vez. Que tenga menos de 4000 letras, por favor. Tus palabras siguen aquí.
web-draft-kept = Eso no llegó. Tus palabras siguen aquí.

## Conexión

web-offline = Se perdió la conexión. Sigo intentando. Lo que escribes o tocas se guarda, y sale cuando vuelva.
# Shown once somebody wrote something meanwhile; web-help-lines follows.
web-offline-unread = Se perdió la conexión, así que nadie ha leído esto todavía.
web-back-online = Hay conexión otra vez.
web-elsewhere = Este chat está abierto en pestañas más nuevas, así que esta se detuvo.
web-use-here = Usar esta pestaña
web-cookies = Esta página necesita una cookie para saber que eres tú. Permite las cookies para ella y vuelve a cargarla, por favor.
# The browser's cookie is gone or somebody else's; web-help-lines follows.
web-unsent-yours = Este navegador ya no te reconoce, así que ese mensaje no le llegó a nadie. Tus palabras siguen aquí.
web-slow = Fue mucho de una vez. Sigue en un momento, no se pierde nada.
# The server takes nothing in just now and says no more; web-help-lines follows.
web-refused = Ahora no puedo recibir nada. Lo que escribes se guarda aquí, y sigue en cuanto yo pueda.
web-odd = La página envió algo que no puedo leer. Vuelve a cargarla, por favor.
web-missing = No hay nada en esta dirección.
# Sobre todo para quien opera el bot.
web-host = Este chat no responde en esta dirección. Si lo operas tú: pon en public_url del chat web la dirección que usa la gente.
web-stale = Esta página es de una versión anterior. Vuelve a cargarla, por favor.

## Menú

web-group-buddy = Tú y tu persona de apoyo
web-group-me = Tú
web-group-other = Sobre este lugar
web-theme = Claro u oscuro
web-keep = Guardar tu lugar
web-back = Volver con tus palabras
web-sign-out = Salir de este navegador
web-go = Ir

## Guardar tu lugar

web-keep-title = Guarda tu lugar
web-keep-text = Estas nueve palabras son la única forma de volver desde otro teléfono o navegador. Quien las tenga puede leer tus mensajes nuevos. Anótalas donde solo tú mires.
web-keep-show = Ver mis palabras
web-copy = Copiar
web-copied = Copiado
web-back-title = Volver
web-back-text = Escribe tus nueve palabras. El chat que hay ahora en este navegador se cierra aquí.
web-back-label = Tus nueve palabras
web-back-go = Volver
web-phrase-wrong = Esas no parecen nueve palabras de aquí. Revisa cada una e inténtalo otra vez.
web-sign-out-title = Salir de este navegador
web-sign-out-text = Este navegador ya no sabrá que eres tú. Solo tus nueve palabras pueden traerte de vuelta. ¿Las anotaste?
web-sign-out-go = Salir

## The button on a page of the operator's

web-button-open = Habla con alguien
web-button-close = Cerrar
# What a screen reader calls the chat inside a page.
web-button-frame = Chat

## Sin red, y como app instalada

web-offline-title = Ahora no hay conexión.
web-offline-text = Lo que te enviaron espera. Los números funcionan por teléfono, sin internet.
web-offline-danger = Si una vida puede estar en peligro, llama ya:
web-offline-911 = Estados Unidos, Canadá, México
web-offline-112 = Europa, y casi cualquier móvil
web-offline-999 = Reino Unido, Irlanda
web-offline-988 = Estados Unidos, Canadá: para hablar con alguien
web-offline-again = Probar otra vez
web-push-cannot = Este navegador no lo permite.
