# Alguien con quien hablar ahora.

command-now = Hablar con alguien ahora
command-oncall = Estar para otros a ciertas horas
command-oncall-hours = Horas, como 22-2, u off
oncall-how = Estar de guardia significa: si alguien quiere hablar en ese momento, puedo preguntarte. Siempre puedes decir que no. Escribe /oncall y tus horas, como /oncall 22-2. /oncall off lo termina.
oncall-set = Gracias. Puedo preguntarte de { $start } a { $end }, dos charlas por noche como mucho. /oncall off lo termina.
oncall-off = Bien. Ya no te preguntaré. Gracias por estar.
oncall-was-not = No estás de guardia. /oncall 22-2 pondría tus horas.
oncall-not-yet = Primero van unas preguntas, para hallar gente afín a ti. En peligro, /crisis ayuda al momento.
oncall-asking = Pregunto a quienes dijeron que están despiertos. Si nadie puede en cinco minutos, te lo digo.
oncall-there = Ya hay alguien aquí contigo. Solo escribe.
oncall-nobody = Nadie pudo ahora. Es cosa nuestra, no tuya.
oncall-again = Probar otra vez
oncall-wanted = Alguien quiere hablar ahora. Es hasta una hora y puedes parar cuando quieras.
oncall-can = Puedo
oncall-not = Ahora no
oncall-tonight = Esta noche no
oncall-thanks = Bien. Gracias por avisar.
oncall-off-tonight = Bien. No te preguntaré en las próximas doce horas.
oncall-taken = Gracias. Ya hay otra persona, o ya no hace falta.
oncall-here = { $alias } está aquí hasta { $minutes } minutos. Te llamas { $mine }. Saluda. /goodbye lo termina antes.
oncall-you-are-there = { $alias } se alegra de que vinieras. Te llamas { $mine }, hasta { $minutes } minutos. /goodbye lo termina antes, /report también sirve.
oncall-beside = Lo que escribas ahora va ahí. Para escribir a otra persona, responde a uno de sus mensajes. Si no sé a quién va, te pregunto.
oncall-over = La hora con { $alias } terminó. Ojalá ayudó. Puedes pedir otra vez con /now.
oncall-over-for-you = La hora con { $alias } terminó. Gracias por estar. ¿Cómo quedas después de esto? Si te pesa, habla también con alguien.
