# Formularios: unas pocas preguntas en una sola hoja. Los nombres de los campos tienen 45 letras como máximo.

form-words = Tus palabras, sin tu nombre
form-voice-words = Lo que quieres decir
form-again = Abrir el formulario otra vez
form-your-words = Lo que escribiste, para que no tengas que escribirlo otra vez:
form-not-taken =
    Todavía no pude aceptar este formulario, y nada cambió.
    { $list }
form-mistake-missing = - "{ $field }" sigue vacío.
form-mistake-no-option = - "{ $field }": elige de la lista, por favor.
form-mistake-too-many = - "{ $field }": elige { $limit } como máximo, por favor.
form-mistake-too-short = - "{ $field }" necesita { $limit } letras o más.
form-mistake-too-long = - "{ $field }" admite hasta { $limit } letras.
form-optional = Puedes dejarlo vacío.
form-too-late = Lo que trataba este formulario ya terminó, así que no pude aceptarlo.

form-report = Reportar un mensaje
form-report-what = ¿De qué se trata?
form-report-words = ¿Qué parte debería ver moderación?
report-known = Ya tengo ese reporte. Nada se envió dos veces.

form-mute = Silenciar por un tiempo
form-rule = ¿Qué regla?
form-hours = ¿Por cuántas horas?
form-reason = Por qué
form-reason-help = Palabras amables sobre lo que se quiso decir. La persona lo leerá.
form-next = ¿Qué debe saber quien siga?

menu-person = Reportar persona
menu-lookup = Buscar alias
menu-takedown = Quitar
menu-case = Abrir caso
report-person-nothing = Nada de lo que escribió en un canal abierto mío sigue ahí. Para reportar un mensaje, abre su menú, luego Aplicaciones, Reportar mensaje.
mod-post-unknown = No conozco ahí ningún mensaje que siga en pie.
mod-taken-down-here = Quitado en todas partes.
mod-cases-here =
    Casos de este canal sobre quien escribió eso:
    { $list }
mod-no-cases-here = Ningún caso de este canal trata de quien escribió eso.
mod-opened-case = El caso { $case } está abierto. /mod case { $case } lo muestra.
mod-joined-case = Eso ya es parte del caso { $case }. /mod case { $case } lo muestra.

intake-form-open = Responder en un formulario
form-intake = Sobre ti
form-intake-kept = Lo tengo. Puedes parar cuando quieras; lo que respondiste se queda.
form-intake-known = Ya tengo esas respuestas. Nada cambió.
