# Recuerdo: un día del año que alguien quiere tener presente. Despacio, sencillo, sin ánimos.

command-remember = Un día de cada año que quieres tener presente
command-remember-day = Como 3 de junio

# En el grupo de quienes perdieron a alguien, en lugar de contar. $kept es "yes" si antes contaban algo.
remember-instead = { $kept ->
    [yes] Aquí no cuento días. Lo que contaste antes está guardado.
   *[other] Aquí no cuento días.
} Si un día del año te pesa, puedo tenerlo presente contigo.
remember-none = Si un día del año te pesa, puedo tenerlo presente contigo. Solo está aquí si lo quieres.
remember-new = Nombrar un día
remember-no = Ahora no
remember-fine = Está bien. /remember está ahí si lo quieres.
remember-day = ¿Qué día es? Puedes escribirlo así: "3 de junio". El año no hace falta.
remember-word = ¿Hay un nombre o una palabra para ese día? Puedes dejarlo sin nada.
remember-wordless = Sin palabra
remember-when = ¿Cuándo te hablo de él? Puedes tocar, o escribir una hora como "20:00".
# Opciones de cuándo.
remember-when-morning = Por la mañana, 9:00
remember-when-evening = Por la tarde, 18:00
remember-when-eve = La tarde anterior, 18:00
remember-silent = No hablar de él, solo guardarlo
remember-when-unread = No entendí qué hora es, y no le llegó a nadie.
remember-no-clock = Todavía no sé tu hora local, así que uso la hora mundial (UTC). Puedes añadirla en /answers.
remember-many = Guardas { $most } días aquí, y no caben más. Puedes quitar uno para hacer sitio.

# Nombre de un día que no tiene palabra.
remember-a-day = Un día que guardas
remember-yours = Los días que guardas, solo para tus ojos:
# Líneas. $day es la próxima vez, como 3 de junio de 2027.
remember-line = { $name }: { $day }. Te hablo de él ese día, a las { $time }.
remember-line-eve = { $name }: { $day }. Te hablo de él la tarde anterior, a las { $time }.
remember-line-silent = { $name }: { $day }. No te hablo de él.
# Opciones bajo uno de ellos.
remember-hour = Otra hora
remember-reword = Otra palabra
remember-redate = Otro día
remember-stop = No hables más de él
remember-remove = Quitarlo
remember-stopped = Vale. No te hablaré de él. El día sigue contigo: /remember.
remember-remove-sure = ¿Quito este día: "{ $name }"?
remember-remove-again = ¿Lo quito, o lo dejo como está?
remember-remove-yes = Sí, quitarlo
remember-stay = Dejarlo como está
remember-removed = Hecho. Ya no está aquí.
remember-stays = Se queda como está.

# Ese día, y la tarde anterior. $name es su palabra, o "none".
remember-today = { $name ->
    [none] Hoy es el día que me pediste tener presente.
   *[other] Hoy es el día que me pediste tener presente: { $name }.
} No hace falta contestar. Estoy aquí.
remember-tomorrow = { $name ->
    [none] Mañana es el día que me pediste tener presente.
   *[other] Mañana es el día que me pediste tener presente: { $name }.
} No hace falta contestar. Estoy aquí.
remember-someone = Hablar con alguien
remember-skip = Saltar
remember-skipped = Vale. Ve con calma hoy.
