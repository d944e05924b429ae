# Fechas propias: lo que alguien cuenta para sí, y los días que escribe.

command-milestones = Días que llevas en cuenta
command-milestones-name = Un nombre con tus palabras, o "nuevo"

## Días y palabras escritas, aquí y en el recuerdo

# Opciones bajo una pregunta por un día o unas palabras.
date-today = Hoy
date-later = Más tarde
date-cancel = Cancelar
# Opción de un día cuando los números pueden ser dos; $day es como 3 de mayo de 2025.
date-day = { $day }
date-which = Esos números pueden ser dos días. ¿Cuál quieres decir?
date-unread = No entendí qué día es, y no le llegó a nadie. Puedes escribir "hoy", "3 de mayo de 2025" o "hace 5 meses".
# The second time running.
date-unread-again = Sigo sin ver un día que pueda leer, y no le llegó a nadie. Prueba con el mes en letras, como "3 de mayo", o déjalo por ahora.
date-future = Ese día aún no ha llegado. Manda uno que ya pasó, hasta hoy, como "hoy" o "hace 2 semanas".
date-early = Solo puedo ir hasta el año 1900. Manda un día más reciente, como "3 de mayo de 2025".
# Se dice cuando unas palabras pueden pedir ayuda; la ayuda viene después.
date-not-kept = No guardé eso. Ahora importas más tú.
date-words = Puede haber un número, un enlace o algo que nuestras reglas no dejan. No guardé nada.
date-long = Es un poco largo. Caben { $longest } caracteres.

## Empezar una

milestone-none = Aquí puedes llevar la cuenta de algo, si quieres. Solo tú la ves, y ningún día se puede perder. No empieza hasta que quieras.
milestone-new = Contar algo
milestone-no = Ahora no
milestone-fine = Está bien. /milestones está ahí cuando quieras.
milestone-what = ¿Qué te gustaría contar? Cualquiera está bien.
# Opciones de lo que se cuenta; las cuatro primeras son también su nombre si no hay uno propio.
milestone-kind-without = Días sin
milestone-kind-medicine = Días con mi medicina
milestone-kind-help = Días desde que pedí ayuda
milestone-kind-self-care = Días en que también me cuido
milestone-kind-moment = Algo que hice
milestone-kind-own = Con mis palabras
milestone-name = ¿Cómo lo llamarías? Usa tus palabras, o toca el nombre sencillo.
milestone-name-moment = ¿Qué hiciste? Bastan unas pocas palabras tuyas.
# $name son sus propias palabras, aquí y abajo.
milestone-date = ¿Desde qué día? "{ $name }". Puedes escribir "hoy", "3 de mayo de 2025" o "hace 5 meses".
milestone-anew = ¿Qué día ponemos junto a los que tienes? "{ $name }". Todos tus días siguen en el total.
milestone-when = ¿Qué día fue? "{ $name }". Puedes escribir "hoy", "3 de mayo de 2025" o "hace 5 meses".
milestone-later = Vale. "{ $name }" espera su día. Está en /milestones.
milestone-cancel = Vale. Nada cambió.
milestone-many = Llevas { $most } aquí, y no caben más. Puedes quitar una para hacer sitio.

## Verlas

milestone-yours = Lo que llevas en cuenta, solo para tus ojos:
# Líneas, una por cada una. $day es como 3 de mayo de 2025.
milestone-total = { $name }: { $days ->
    [one] 1 día en total
   *[other] { $days } días en total
}
milestone-begins = { $name }: empieza hoy
milestone-moment = { $name }: { $day }
milestone-dateless = { $name }: todavía sin día
milestone-longest = El tramo más largo: { $days ->
    [one] 1 día
   *[other] { $days } días
}
milestone-stretch = Este tramo: { $days ->
    [one] 1 día
   *[other] { $days } días
}, desde el { $day }
milestone-fresh = Este tramo empieza hoy.
milestone-waits = Nada de esto se pierde. Todo lo demás puede esperar unos días.
# Opciones bajo una de ellas.
milestone-share = Contárselo a mi compañía
milestone-note = Una nota discreta ese día
milestone-hush = Sin más notas
milestone-beside = Ver también los tramos
milestone-only-total = Ver solo el total
milestone-anew-too = Añadir también otra fecha
milestone-again = Volver a contar
milestone-change = Cambiarla
milestone-all = Todas

## Cambiar una

milestone-change-what = ¿Qué cambiamos de "{ $name }"?
milestone-rename = Otras palabras
milestone-redate = Otro día
milestone-stop = Dejar de contar
milestone-remove = Quitarla
milestone-stay = Dejarla como está
milestone-stopped = Vale. Ya no sumo días a "{ $name }". { $days ->
    [one] Se queda 1 día en total.
   *[other] Se quedan los { $days } días en total.
}
milestone-remove-sure = ¿Quito "{ $name }", con { $days ->
    [one] su día
   *[other] sus { $days } días
}? No puedo traerla de vuelta.
milestone-remove-again = ¿La quito, o la dejo como está?
milestone-remove-yes = Sí, quitarla
milestone-removed = Hecho. "{ $name }" ya no está aquí.
milestone-stays = Se queda como está: "{ $name }".

## Después de volver a consumir, cuando la abren por su cuenta

milestone-settle = { $days ->
    [one] Tienes 1 día en total: "{ $name }".
   *[other] Tienes { $days } días en total: "{ $name }".
} ¿Mantener el total, añadir también otra fecha, o dejar de contar? Todo está bien.
milestone-keep = Mantener mi total
milestone-kept = Vale. "{ $name }" sigue como está: { $days ->
    [one] 1 día en total.
   *[other] { $days } días en total.
}

## La nota de ese día, solo si la pidieron

milestone-note-done = Mandaré una nota discreta en los días redondos, o cada año en ese día. Nunca en tus horas de silencio, ni en un mal momento.
milestone-hush-done = Vale. Sin más notas sobre esto.
# $line es como "Días con mi medicina: 30 días en total".
milestone-day = Algo que me pediste anotar. { $line }. ¿Cómo quieres marcarlo?
milestone-mine = Solo para mí
milestone-mine-done = Se queda contigo. Gracias por dejarme verlo.
milestone-nothing = No hacer nada
# Después de tocar "enviarlo" por segunda vez.
milestone-told-already = Eso ya lo supo por ti, así que no lo envié otra vez.
milestone-nothing-done = Vale, entonces nada.

## Contárselo a alguien, con un toque cada vez

milestone-nobody = No tienes ningún chat abierto para enviarlo. Se queda contigo.
milestone-whom = ¿Quién debería saberlo?
# $name es el alias del otro o "el círculo", $words lo que se enviaría.
milestone-preview = Le enviaría esto a { $name }, como palabras tuyas: "{ $words }" ¿Lo envío?
milestone-send = Enviarlo
# Lo que se envía, con las palabras de quien lo escribe.
milestone-words = Quería que lo supieras. { $name }: { $days ->
    [one] 1 día en total.
   *[other] { $days } días en total.
}
milestone-words-today = Quería que lo supieras. { $name }: empieza hoy.
milestone-words-moment = Quería que lo supieras. { $name }: { $day }.
