# Las puertas y las 14 preguntas. Claves: question-QUESTION, choice-QUESTION-CHOICE, why-QUESTION, more-QUESTION-CHOICE,
# notice-NOTICE, meaning-WORD. Palabras sencillas; sin elogios por responder; cada límite es de cada quien.

## Puertas

question-age = Este espacio es para personas adultas. ¿Tienes 18 años o más?
choice-age-yes = Sí
choice-age-no = No
why-age = Algunas charlas aquí son para personas adultas. Guardo solo tu sí.
# card
# El acuerdo; sube su versión en questions.toml cuando cambie el sentido.
question-consent = Así funciona, en pocas palabras.
    1) Tienes un apodo. La otra persona nunca ve tu cuenta.
    2) Paso los mensajes y no me los quedo. Un programa revisa cada uno por seguridad.
    3) { $app ->
        [web] Quienes llevan esta página podrían ver lo que me envías.
       *[other] { $app } puede ver lo que me envías.
    }
    4) Si reportas algo, moderación ve la parte que compartes.
    5) Si una vida puede estar en peligro, la persona de guardia en moderación ve ese mensaje y tu país.
    6) Puedes borrarlo todo con /forget. Puede quedar una marca bajo llave y sin nombre, como un bloqueo.
    Soy un bot. Aquí hablas con personas como tú, no con personal médico. ¿De acuerdo?
consent-again = ¿Te parece bien lo que escribí arriba? Puedes decir: de acuerdo, cuéntame más, o no, gracias.
choice-consent-agree = Acepto
choice-consent-more = Cuéntame más
choice-consent-no = No, gracias
choice-consent-moderators = Qué ve moderación
choice-consent-law = Qué puede pedir un tribunal
choice-consent-forget = Qué hace el borrado
why-consent = Para que sepas qué pasa con tus palabras antes de escribirlas.
more-consent-more = Guardo tus respuestas bajo llave, para buscarte a alguien. Un mensaje que nadie recogió espera conmigo, bajo llave, { $days ->
    [one] un día
   *[other] { $days } días
} como máximo. Luego desaparece. Puedes pedir una copia con /export.
more-consent-moderators = Solo lo que alguien comparte en un reporte, o palabras que suenan a una vida en peligro. No ve el nombre de tu cuenta. No puede leer tus chats.
more-consent-law = Un tribunal podría obligarnos a entregar lo que tenemos. Por eso guardamos poco. No nos cubre la ley de privacidad médica.
more-consent-forget = /forget borra tus respuestas y tus chats al momento. Desde entonces nadie puede leer las copias de respaldo. { $app ->
    [web] Tu navegador puede guardar que estuviste aquí.
   *[other] Lo que guarde { $app } no lo puedo borrar.
}
question-country = ¿En qué país estás? Lo uso solo para mostrar los números de emergencia correctos.
choice-country-US = Estados Unidos
choice-country-CA = Canadá
choice-country-GB = Reino Unido
why-country = Los números de emergencia cambian según el país. No lo uso para nada más.

## Las preguntas

question-nickname = ¿Cómo te llamo aquí? No uses tu nombre real ni el de tu cuenta, por favor.
why-nickname = Así te llamo cuando vuelves. Tu persona de apoyo no lo ve: cada quien ve un nombre sorteado para los dos.
question-lane = ¿Qué te trae aquí?
choice-lane-self = Mi propio consumo de opioides o mi recuperación
choice-lane-family = Alguien que me importa consume opioides
choice-lane-bereaved = Perdí a alguien
choice-lane-more = Más de una de estas
why-lane = Para que conozcas a personas en una situación parecida.
question-lane_first = ¿Con cuál te gustaría empezar?
choice-lane_first-self = Mi propio consumo de opioides o mi recuperación
choice-lane_first-family = Alguien que me importa
choice-lane_first-bereaved = Perdí a alguien
why-lane_first = Busco una persona a la vez, en un tipo de situación.
question-now = ¿Cómo estás ahora con los opioides? Cualquier respuesta está bien.
choice-now-using = Consumo y no busco parar
choice-now-thinking = Consumo y pienso en un cambio
choice-now-cutting = Voy bajando de a poco
choice-now-just_stopped = Paré hace pocas semanas
choice-now-steady_months = Estable desde hace unos meses
choice-now-steady_year = Estable desde hace un año o más
choice-now-moving = Tengo subidas y bajadas
why-now = Hay quien busca a alguien en su misma situación. Hay quien busca a alguien con más camino recorrido.
question-now_family = ¿Cómo está ahora esa persona?
choice-now_family-active = Está consumiendo
choice-now_family-in_care = Está en tratamiento
choice-now_family-in_recovery = Está en recuperación
choice-now_family-no_contact = No tenemos contacto
choice-now_family-unknown = No lo sé
why-now_family = Para que conozcas a alguien con días parecidos a los tuyos.
question-now_bereaved = ¿Hace cuánto fue, más o menos? Solo si quieres decirlo.
choice-now_bereaved-under_3mo = Menos de 3 meses
choice-now_bereaved-under_1y = Menos de un año
choice-now_bereaved-over_1y = Un año o más
choice-now_bereaved-rather_not = Prefiero no decirlo
why-now_bereaved = El duelo del comienzo y el de más tarde pueden sentirse muy distintos. Puedes omitir esto.
question-help_wanted = ¿Qué te ayudaría más de una persona de apoyo? Elige hasta tres.
choice-help_wanted-listen = Alguien que escuche
choice-help_wanted-checkin = Preguntarnos cómo vamos
choice-help_wanted-same_boat = Alguien en mi misma situación
choice-help_wanted-further_on = Alguien con más camino recorrido
choice-help_wanted-cravings = Ayuda cuando llegan las ganas de consumir
choice-help_wanted-normal = Hablar de la vida de todos los días
choice-help_wanted-give = Quiero estar ahí para otras personas
why-help_wanted = Para que busquen el mismo tipo de ayuda.
question-not_ok = ¿Hay algo que NO quieres en una persona de apoyo ahora? Nadie ve esto nunca.
choice-not_ok-still_using = Alguien que todavía consume
choice-not_ok-anti_medicine = Alguien en contra de medicinas como metadona o Suboxone
choice-not_ok-twelve_step_push = Alguien que insiste en los 12 pasos
choice-not_ok-faith_push = Alguien que habla mucho de la fe
choice-not_ok-quit_push = Alguien que me presione para dejarlo
choice-not_ok-very_new = Alguien en sus primeras semanas
choice-not_ok-none = Nada de esto
why-not_ok = Nunca tienes que explicar un límite.
question-statements = ¿Algo de esto va contigo?
choice-statements-no_medicine = Prefiero que la gente no use medicina
choice-statements-faith_a_lot = Hablo mucho de la fe
choice-statements-twelve_steps_big = Los 12 pasos son muy importantes para mí
choice-statements-quit_push = Le diría a la gente que lo deje
choice-statements-none = No
why-statements = Para que nadie se encuentre con quien pidió no encontrarse.
question-medicine_views = Hay quien prefiere que nadie use medicina. ¿Te parecería bien alguien así?
choice-medicine_views-yes = Sí, está bien
choice-medicine_views-no = No
why-medicine_views = Pregunto dos veces, para que nadie reciba juicios por su medicina por azar.
question-local_time = ¿Qué hora es ahora donde estás? No necesito tu ciudad.
question-local_time-guess = ¿Tu reloj marca más o menos { $time } ahora?
clarify-local_time = Solo para entenderte bien, ¿tu reloj marca más o menos
why-local_time = Para encontrar horas en común y guardar silencio de noche.
question-dst = ¿Cambia la hora en verano donde vives?
choice-dst-yes = Sí
choice-dst-no = No
choice-dst-not_sure = No lo sé
why-dst = Así sé qué hora es para ti en verano.
question-hours = ¿Cuándo te gustaría más hablar?
choice-hours-morning = En la mañana
choice-hours-afternoon = En la tarde
choice-hours-evening = En la noche
choice-hours-late_night = Muy tarde en la noche
choice-hours-weekend = Fines de semana
choice-hours-any = Va cambiando
why-hours = Lo que más separa a dos personas es no coincidir nunca a la misma hora.
question-medicine = ¿Tomas medicina para el consumo de opioides? Aquí cuenta como recuperación.
choice-medicine-methadone = Metadona
choice-medicine-buprenorphine = Suboxone, Subutex o parecida
choice-medicine-bup_injection = Inyección semanal o mensual
choice-medicine-naltrexone = Vivitrol o naltrexona
choice-medicine-other_rx = Otra cosa
choice-medicine-curious = Lo estoy pensando
choice-medicine-past = Antes sí
choice-medicine-none = No
why-medicine = Hay quien busca a alguien que sepa cómo es tomar medicina.
question-mention_medicine = Si las dos personas toman medicina, ¿puedo decirlo al presentarte?
choice-mention_medicine-yes = Sí, está bien
choice-mention_medicine-no = No
why-mention_medicine = A algunas personas les gusta saber que lo comparten. Lo digo solo si las dos aceptan.
question-life = ¿Qué más es parte de tu vida? Elige hasta seis.
choice-life-parent = Tengo hijos o hijas
choice-life-caring = Cuido a alguien
choice-life-pain = Dolor que dura mucho tiempo
choice-life-night_shifts = Turnos de noche
choice-life-school = Estudio
choice-life-job_hunting = Busco trabajo
choice-life-lgbtq = LGBTQ+
choice-life-veteran = Estuve en las fuerzas armadas
choice-life-small_town = Pueblo pequeño
choice-life-grief = Duelo
choice-life-living_alone = Vivo sin compañía
choice-life-music = Música
choice-life-games = Juegos
choice-life-pets = Mascotas
choice-life-sports = Deportes
choice-life-cooking = Cocina
choice-life-movies = Cine y series
choice-life-art = Arte o crear cosas
choice-life-nature = Naturaleza
choice-life-cars = Autos o motos
choice-life-books = Libros
choice-life-faith = Fe
choice-life-fitness = Ejercicio
choice-life-gardening = Jardinería
why-life = Quienes comparten la vida de todos los días siguen hablando más tiempo.
question-mention_life = Si comparten partes de la vida, como tener hijos, ¿puedo decirlo al presentarte?
choice-mention_life-yes = Sí, está bien
choice-mention_life-no = No
why-mention_now = A quienes están en el mismo punto les suele gustar saberlo. Lo digo solo si las dos personas aceptan.
question-mention_now = Si las dos personas están ahora en el mismo punto, ¿puedo decirlo al presentarte?
choice-mention_now-yes = Sí, está bien
choice-mention_now-no = No
why-mention_life = A algunas personas les gusta saber qué comparten. Lo digo solo si las dos aceptan.
question-pace = ¿Cada cuánto te gustaría hablar?
choice-pace-many = Muchas veces al día
choice-pace-daily = Más o menos una vez al día
choice-pace-few = Unas veces por semana
choice-pace-weekly = Más o menos una vez por semana
choice-pace-loose = Sin plan, cuando se pueda
why-pace = Para que nadie se quede esperando.
question-substances = ¿Cuáles son parte de tu historia? Elige las que quieras. Puedes omitir esto.
choice-substances-heroin = Heroína
choice-substances-fentanyl = Fentanilo
choice-substances-pain_pills = Pastillas para el dolor
choice-substances-street_methadone_bup = Metadona o buprenorfina que no me recetaron
choice-substances-kratom = Kratom o 7-OH
choice-substances-tianeptine = Tianeptina
choice-substances-nitazenes = Nitazenos
choice-substances-codeine = Codeína o jarabe con codeína
choice-substances-not_sure = No sé bien qué era
choice-substances-other = Otra
why-substances = Tener algo en común puede ayudar. No decide a quién te presento.
question-language = ¿En qué idiomas te parece bien hablar?
choice-language-en = English
choice-language-es = Español
why-language = Para que se entiendan.
question-age_band = ¿Qué edad tienes, más o menos?
choice-age_band-18-24 = 18 a 24
choice-age_band-25-34 = 25 a 34
choice-age_band-35-44 = 35 a 44
choice-age_band-45-54 = 45 a 54
choice-age_band-55plus = 55 o más
choice-age_band-under_18 = Menos de 18
why-age_band = Algunas cosas son más fáciles con alguien de edad cercana.
question-near_age = ¿Quieres solo a alguien de edad cercana a la tuya?
choice-near_age-yes = Solo de edad cercana
choice-near_age-no = Cualquier edad
why-near_age = A algunas personas la edad les importa mucho. A otras no.
question-gender_pref = ¿Prefieres que tu persona de apoyo sea de algún género?
choice-gender_pref-any = Sin preferencia
choice-gender_pref-women = Mujeres
choice-gender_pref-men = Hombres
choice-gender_pref-nonbinary = Personas no binarias
choice-gender_pref-same = El mismo que yo
why-gender_pref = Hay quien así se siente más a salvo. No puedo comprobar lo que cada persona dice de sí.
question-gender = ¿Y cómo te describes tú?
choice-gender-woman = Mujer
choice-gender-man = Hombre
choice-gender-nonbinary = No binario o no binaria
choice-gender-other = Otro
choice-gender-rather_not = Prefiero no decirlo
why-gender = Un deseo así va en las dos direcciones. Si prefieres no decirlo, conocerás a personas sin preferencia.

## Líneas antes de una pregunta

why-review = Cada una me ayuda a no elegir mal. Ninguna es obligatoria.

notice-back = De acuerdo, un paso atrás.
notice-left = { $left ->
    [one] Esta es la última por ahora. Lo que dijiste queda guardado.
   *[other] Quedan { $left } con esta, unos minutos como mucho. Puedes saltar casi todas.
}
notice-left-first = Estas primeras son cortas. El resto lleva unos minutos, y puedes saltar casi todo.
notice-once-more = Aquí está otra vez.
notice-nothing-back = Esta es la primera pregunta.
notice-skipped = La omití. Puedes añadirla después.
notice-needed = Necesito esta para seguir.
notice-unclear = No entendí eso. Puedes tocar un botón o decirlo de otra forma.
notice-only-not = Entendí lo que no es. ¿Qué sí va contigo?
notice-too-many = Son más de las que caben aquí. Elige menos, por favor.
notice-alone = Esa va sola. ¿Cuál quieres decir?
notice-marked-other = La marco como otra. Puedes corregirla después.
notice-left-open = La dejo abierta. Puedes corregirla después.
notice-fix = De acuerdo. ¿Qué respuesta cambio?
notice-stale = Ese botón es de una pregunta anterior.
notice-change = De acuerdo. ¿Qué debería decir?
notice-added = Añadido.
notice-partly = Marqué lo que entendí. Algo de tu lista no lo entendí. Tócalo, o dilo de otra forma, y luego toca Listo.
notice-name-close = Eso se parece al nombre de tu cuenta. ¿Eliges otro para cuidar tu privacidad?
notice-name-real = Eso parece un nombre real. ¿Eliges otro para cuidar tu privacidad?
notice-name-short = Es un poco corto. Usa 2 letras o más, por favor.
notice-name-long = Es un poco largo. Usa 20 letras o menos, por favor.
notice-name-signs = Usa solo letras y espacios, por favor.
notice-name-contact = Eso parece un contacto. Elige un apodo que no lleve a nadie, por favor.
notice-name-word = Esa palabra podría herir o tentar a alguien. Elige otra, por favor.
notice-name-role = Eso podría sonar a personal de ayuda o médico. Elige otro, por favor.

## Qué pueden significar las palabras

meaning-alcohol = Alcohol
meaning-benzos = Pastillas tranquilizantes
meaning-bup_injection = Inyección de buprenorfina
meaning-buprenorphine = Buprenorfina (Suboxone y otras)
meaning-cannabis_or_other = Algo que no es un opioide
meaning-clinic_visit = La clínica
meaning-codeine = Codeína
meaning-connecticut = Un lugar o una prueba
meaning-dihydrocodeine = Dihidrocodeína
meaning-doctor = Una doctora o un doctor
meaning-drug_of_choice = Lo que más consumía
meaning-feeling_low = Sentirme mal de ánimo
meaning-fentanyl = Fentanilo
meaning-fit_body = Ejercicio
meaning-gabapentinoids = Gabapentina o Lyrica
meaning-heroin = Heroína
meaning-hydrocodone = Hidrocodona
meaning-hydromorphone = Hidromorfona
meaning-kratom = Kratom
meaning-loperamide = Loperamida
meaning-medetomidine = Medetomidina
meaning-medicine_yes = Alguna medicina, prefiero no decir cuál
meaning-methadone = Metadona
meaning-morphine = Morfina
meaning-nalmefene = Nalmefeno
meaning-naloxone = Naloxona
meaning-naltrexone = Naltrexona
meaning-nitazenes = Nitazenos
meaning-opioids = Opioides
meaning-opium = Opio o amapola
meaning-other_medicine = Otra medicina
meaning-oxycodone = Oxicodona
meaning-oxymorphone = Oximorfona
meaning-pain_pills = Pastillas para el dolor
meaning-pethidine = Petidina (meperidina)
meaning-seven_oh = 7-OH
meaning-stimulants = Estimulantes
meaning-tapentadol = Tapentadol
meaning-tianeptine = Tianeptina
meaning-tramadol = Tramadol
meaning-xylazine = Xilacina
