/** Sentences of creators in one language. `{thing}`, `{place}` and `{time}` stand for a word of those lists. */
export interface Phrasebook {
  readonly things: readonly string[];
  readonly places: readonly string[];
  readonly times: readonly string[];
  /** Sentences for any post. */
  readonly sentences: readonly string[];
  /** Sentences that mention a name at `{name}`. */
  readonly mentions: readonly string[];
  readonly tags: readonly string[];
}

/** By language. */
export const PHRASEBOOKS: ReadonlyMap<string, Phrasebook> = new Map([
  [
    'en',
    {
      things: [
        'my old camera',
        'a new notebook',
        'this playlist',
        'the blue jacket',
        'a second monitor',
        'that recipe',
      ],
      places: [
        'at the harbour',
        'in the kitchen',
        'on the train',
        'at the studio',
        'by the lake',
        'at my desk',
      ],
      times: [
        'this morning',
        'after work',
        'all weekend',
        'since Tuesday',
        'before breakfast',
        'until midnight',
      ],
      sentences: [
        'Spent {time} with {thing} and I regret nothing.',
        'Nobody told me how quiet it is {place}.',
        'Trying to finish the edit {place}, wish me luck.',
        'I can not stop thinking about {thing}!',
        'New video is up, the link is where it always is.',
        'Coffee first, then {thing}.',
        'You asked for a tour {place}, so here it is.',
        'It rained {time}, so I stayed {place}.',
        'Does anyone else talk to {thing} or is it just me?',
        'Sorry for the silence, I was ill {time}.',
        'We filmed {place} and the light was perfect.',
        'Thank you for ten thousand, you are the best!',
      ],
      mentions: [
        'I am not supposed to show you {name} yet, but look!',
        'So {name} arrived {time} and I am in love.',
        'Guess who is testing {name} {place}?',
        'Everyone will want {name} this autumn, trust me.',
        'Unboxing {name} {place}, do not tell anyone.',
      ],
      tags: ['#dayinmylife', '#weekend', '#behindthescenes', '#smallcreator', '#coffee'],
    },
  ],
  [
    'de',
    {
      things: [
        'meine alte Kamera',
        'das neue Notizbuch',
        'diese Playlist',
        'die blaue Jacke',
        'das Rezept von Oma',
      ],
      places: ['am Hafen', 'in der Küche', 'im Zug', 'im Studio', 'am See', 'auf dem Balkon'],
      times: ['heute früh', 'nach der Arbeit', 'das ganze Wochenende', 'seit Dienstag', 'bis Mitternacht'],
      sentences: [
        'Ich war {time} {place} und bereue nichts.',
        'Niemand hat mir gesagt, wie still es {place} ist.',
        'Kennt ihr schon {thing}? Ich liebe es einfach.',
        'Der neue Film ist online, wie immer oben verlinkt.',
        'Erst Kaffee, dann {thing}.',
        'Ihr wolltet sehen, wie es {place} aussieht: bitte schön!',
        'Es hat {time} geregnet, also blieb ich {place}.',
        'Danke für zehntausend, ihr seid großartig!',
        'Wer von euch braucht auch {thing} zum Glück?',
        'Kleine Pause {place}, gleich geht es weiter.',
      ],
      mentions: [
        'Eigentlich darf ich euch {name} noch gar nicht zeigen.',
        '{name} ist {time} angekommen und ich bin verliebt.',
        'Ratet mal, wer {place} schon {name} testet!',
        'Psst, {name} kommt im Herbst.',
      ],
      tags: ['#alltag', '#wochenende', '#hinterdenkulissen', '#kaffee', '#unterwegs'],
    },
  ],
  [
    'fr',
    {
      things: [
        'mon vieil appareil photo',
        'ce nouveau carnet',
        'cette playlist',
        'la veste bleue',
        'la recette de mamie',
      ],
      places: ['sur le port', 'dans la cuisine', 'dans le train', 'au studio', 'au bord du lac'],
      times: ['ce matin', 'après le travail', 'tout le week-end', 'depuis mardi', 'avant le petit déjeuner'],
      sentences: [
        'Je suis {place} {time} et je ne regrette rien.',
        'Personne ne m’avait dit que c’était si calme {place}.',
        'Je n’arrête pas de penser à {thing} !',
        'La nouvelle vidéo est en ligne, le lien est en haut.',
        'D’abord un café, puis {thing}.',
        'Vous vouliez voir comment c’est {place} : voilà !',
        'Il a plu {time}, alors je suis restée {place}.',
        'Merci pour les dix mille, vous êtes formidables !',
        'Qui d’autre adore {thing} ici ?',
      ],
      mentions: [
        'Je ne devrais pas encore vous montrer {name}, mais regardez !',
        '{name} est arrivé {time} et je suis fan.',
        'Devinez qui teste déjà {name} {place} ?',
        'Chut, {name} sort cet automne.',
      ],
      tags: ['#monquotidien', '#weekend', '#coulisses', '#café', '#envoyage'],
    },
  ],
  [
    'es',
    {
      things: [
        'mi vieja cámara',
        'este cuaderno nuevo',
        'esta lista de canciones',
        'la chaqueta azul',
        'la receta de la abuela',
      ],
      places: ['en el puerto', 'en la cocina', 'en el tren', 'en el estudio', 'junto al lago'],
      times: [
        'esta mañana',
        'después del trabajo',
        'todo el fin de semana',
        'desde el martes',
        'hasta medianoche',
      ],
      sentences: [
        'Estuve {place} {time} y no me arrepiento de nada.',
        'Nadie me dijo lo tranquilo que se está {place}.',
        '¡No puedo dejar de pensar en {thing}!',
        'Ya está el nuevo vídeo, el enlace donde siempre.',
        'Primero café, luego {thing}.',
        'Queríais ver cómo se vive {place}, pues aquí está.',
        'Llovió {time}, así que me quedé {place}.',
        '¡Gracias por los diez mil, sois geniales!',
        '¿A quién más le encanta {thing}?',
      ],
      mentions: [
        'Todavía no debería enseñaros {name}, ¡pero mirad!',
        '{name} llegó {time} y me encanta.',
        '¿Adivináis quién está probando {name} {place}?',
        'No se lo digáis a nadie, {name} sale en otoño.',
      ],
      tags: ['#midía', '#findesemana', '#detrásdecámaras', '#café', '#deviaje'],
    },
  ],
  [
    'it',
    {
      things: [
        'la mia vecchia macchina fotografica',
        'questo taccuino nuovo',
        'questa playlist',
        'la giacca blu',
        'la ricetta della nonna',
      ],
      places: ['al porto', 'in cucina', 'in treno', 'in studio', 'in riva al lago'],
      times: ['stamattina', 'dopo il lavoro', 'tutto il fine settimana', 'da martedì', 'fino a mezzanotte'],
      sentences: [
        'Sono {place} {time} e non rimpiango nulla.',
        'Nessuno mi aveva detto quanto si sta bene {place}.',
        'Non smetto di pensare a {thing}!',
        'Il nuovo video è online, il link è al solito posto.',
        'Prima il caffè, poi {thing}.',
        'Ha piovuto {time}, così sono rimasta {place}.',
        'Grazie per i diecimila, siete fantastici!',
        'Chi altro adora {thing}?',
      ],
      mentions: [
        'Non dovrei ancora mostrarvi {name}, ma guardate!',
        '{name} è arrivato {time} e lo adoro.',
        'Indovinate chi sta provando {name} {place}?',
        'Acqua in bocca, {name} esce in autunno.',
      ],
      tags: ['#lamiagiornata', '#finesettimana', '#dietrolequinte', '#caffè', '#inviaggio'],
    },
  ],
]);

export const EMOJI = ['✨', '😍', '🙈', '📸', '☕', '🌿', '🎬', '🔥', '💛', '🤫'];
