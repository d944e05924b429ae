# Programas que invitan a personas, como una clínica, y quién cuenta en sus números.

command-join = Entrar con una invitación
command-join-code = El código de la hoja
command-counted = Contar o no para quien te invitó
command-counted-state = On (sí) u off (no)
command-research = Contar o no para investigación
command-research-state = On (sí) u off (no)

## Invitaciones

join-how = Escribe el código después del comando: /join ABCD-EFGH-JKMN. No necesitas invitación: todo está abierto para ti igual.
invite-again = Ya viniste con una invitación de { $label }. No cambia nada.
invite-over = Esta invitación de { $label } ya no sirve. No la necesitas: todo está abierto para ti igual, y es gratis.
invite-unknown = No conozco esta invitación. Puede que se colara una letra. No la necesitas: todo está abierto para ti igual, y es gratis.

## Contar para quien te invitó

# card
# $day is the first day from which they would be counted.
count-ask =
    { $label } te invitó y quiere saber si esto ayuda a la gente. Tú decides.
    Se cuentan: las semanas en que escribiste, si tuviste compañía dos semanas, y si te sentiste escuchado y seguro.
    Ven números de muchas personas, nunca quién eres, nunca tus palabras.
    Empieza el { $day } y termina tras un año.
    Puedes parar cuando quieras con /counted off, y un no aquí no cambia nada.
    ¿Puedo contarte?
count-yes = Sí, cuéntame
count-no = No, gracias
count-stop = Deja de contarme
count-agreed = Gracias. Desde el { $day } eres una persona entre muchas en los números de { $label }. /counted off lo para.
count-declined = Está bien. No cambia nada, y no vuelvo a preguntar.
count-stopped = Hecho. Desde ahora no estás en ninguno de sus números.
count-on = Dijiste que sí a contar para { $label }, desde el { $day }, por un año. Ven números de muchas personas, nunca a ti.
count-nobody = Nadie te cuenta. Viniste sin invitación, o ya terminó.
count-ended = { $label } ya no invita a nadie, así que nadie te cuenta.
count-early = Primero van tus pocas preguntas. Después, esto lo eliges tú.

## Contar para investigación

# card
# $version is the day on which this text was last changed.
research-ask =
    La investigación puede mostrar qué ayuda a gente como nosotros. Es una elección aparte, y tú decides.
    Se cuentan: las semanas en que escribiste, si tuviste compañía dos semanas, si te sentiste escuchado y seguro, y qué te trae aquí.
    De ahí salen tablas de muchas personas. Nadie puede señalarte en ellas, y no hay ninguna palabra tuya.
    Empieza con el próximo trimestre y termina tras un año. /research off lo para cuando quieras.
    Este texto es del { $version }. ¿Puedo contarte para investigación?
research-yes = Sí, cuéntame
research-no = No, gracias
research-stop = Deja de contarme
research-agreed = Gracias. Desde el { $day } eres una persona entre muchas en los números de investigación (texto del { $version }). /research off lo para.
research-declined = Está bien. No cambia nada.
research-stopped = Hecho. Desde ahora no estás en ninguno de los números de investigación.
research-on = Dijiste que sí a la investigación, desde el { $day }, por un año (texto del { $version }). Muestra números de muchas personas, nunca a ti.
research-nowhere = Aquí no hay investigación. Nadie te cuenta.

## The printed sheet

# What stands over the sheet.
sheet-head = Habla con alguien que ya pasó por esto
# What the bot is.
sheet-what = BuddyBot te encuentra a una persona que vive lo mismo con los opioides: su propio consumo, o alguien a quien quiere o perdió. Se escriben con nombres inventados. Es gratis.
# $label is the programme's name.
sheet-private = { $label } no puede ver quién viene, ni una palabra de lo que escribes.
# What the bot is not.
sheet-peers = Es compañía entre pares. No es un tratamiento ni un servicio de emergencias.
# Under the QR codes.
sheet-web = En el navegador
sheet-telegram = En Telegram
# Before a line to type, /join CODE.
sheet-type = En Discord o en otro lugar: abre un chat con BuddyBot y envía
# $day is the last day.
sheet-until = Hasta el { $day }. Después puedes venir igual, sin código.
