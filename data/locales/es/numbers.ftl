# La página de números que recibe un programa, como una clínica. La lee su personal. El título de una medida está sobre su
# gráfico, la línea de abajo dice de quiénes es, y las palabras de una respuesta están junto a su barra.

## La cabecera de la página

# Título de la página. $name es quien invita.
numbers-title = { $name }: informe
# Un trimestre, como 2027-Q1, y su primer y último día.
numbers-span = { $quarter } (del { $first } al { $last })
numbers-made = Escrito el { $day }.
numbers-whose = Estas personas vinieron con una invitación suya y aceptaron que se las cuente. Aquí nadie sabe quiénes son, y esta página no lo puede decir.
# Encabezado de la columna con los trimestres.
numbers-quarter = trimestre
# En lugar de un número.
numbers-hidden = no se muestra

## Las medidas: un título, de quiénes es, y las palabras de cada respuesta

numbers-people = Personas que se cuentan
numbers-people-about = Las que dijeron que sí, en cada trimestre.
numbers-counted = contadas
numbers-weeks = Semanas en que escribieron a alguien
numbers-weeks-about = Un trimestre tiene 13 semanas.
numbers-weeks-few = de 0 a 3 semanas
numbers-weeks-some = de 4 a 8 semanas
numbers-weeks-many = 9 semanas o más
numbers-pairs = Contactos de dos que duraron 14 días
numbers-pairs-about = De quienes conocieron a una persona de apoyo 14 días o más antes del fin del trimestre.
numbers-pairs-lasted = 14 días o más
numbers-pairs-ended = terminaron antes
# La pregunta como la leen los miembros, en los días 3 y 14.
numbers-heard = ¿Sientes que te escuchan?
numbers-heard-about = De quienes tocaron una respuesta, en el día 3 o 14. Cuenta la última.
numbers-heard-yes = sí
numbers-heard-no = un poco, o no
# La pregunta como la leen los miembros, en los días 3 y 14.
numbers-safe = ¿Te sientes a salvo al hablar?
numbers-safe-about = De quienes tocaron una respuesta, en el día 3 o 14. Cuenta la última.
numbers-safe-yes = sí
numbers-safe-no = no del todo, o no

## Cómo leer los números

numbers-how = Cómo leer estos números
# card
# $most es cuánto puede mover el azar un número, $step a qué se redondea.
numbers-chance =
    El azar movió un poco cada número (casi siempre { $most } arriba o abajo como mucho), y se redondeó a { $step }, una vez y para siempre. El mismo trimestre dice siempre lo mismo.
    Por eso los números de una tabla no tienen que sumar. Y { $most } más o menos entre dos trimestres no significa nada.
# $smallest es de cuántas personas es un número como mínimo, $least lo que debe quedar tras el azar.
numbers-small = No se muestra un número de menos de { $smallest } personas, ni uno menor de { $least } con su azar, ni uno que los demás dejarían ver.
# card
# Lo que los números no pueden decir.
numbers-felt =
    Lo que la gente tocó dice cómo se sintió con otra persona como ella. No mide un tratamiento.
    Y quienes aceptaron que se les cuente pueden no ser como quienes no aceptaron.
