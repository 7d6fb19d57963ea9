import type { Mood } from "../../schema/words";

/** The words of its own that a summary needs, in the language it is written in; English for any other. */
export interface Phrases {
  nothingSaid: string;
  wantsPerson: string;
  customerWrites(what: string): string;
  customerAsks(question: string): string;
  /** What the customer answered to a question of the company's. */
  customerAnswers(question: string, answer: string): string;
  customerTried(what: string): string;
  /** `name`: the agent's; null for an agent without one, undefined for the assistant. */
  companyWrites(name: string | null | undefined, what: string): string;
  notAnswered(question: string | null): string;
  times(count: number): string;
  order: string;
  next: { answer: string; lookInto: string; keepPromise: string };
  labels: {
    wants: string;
    claimed: string;
    confirmed: string;
    tried: string;
    promised: string;
    open: string;
    next: string;
    mood: string;
    contact: string;
  };
  moods: Record<Mood, string>;
}

const en: Phrases = {
  nothingSaid: "The customer has not written anything yet",
  wantsPerson: "Customer asks for a person.",
  customerWrites: (what) => `Customer writes: ${quoted("“", what, "”")}`,
  customerAsks: (question) => `Customer asks: ${quoted("“", question, "”")}`,
  customerAnswers: (question, answer) => `Asked “${question}”, the customer answers: ${quoted("“", answer, "”")}`,
  customerTried: (what) => `The customer already tried: ${what}`,
  companyWrites: (name, what) => `${speaker(name, "The assistant", "The agent")} writes: ${quoted("“", what, "”")}`,
  notAnswered: (question) =>
    question ? `The assistant had no answer to: ${quoted("“", question, "”")}` : "The assistant could not answer.",
  times: (count) => `(${count} times)`,
  order: "order",
  next: {
    answer: "Answer the open question.",
    lookInto: "Look into what the assistant could not answer.",
    keepPromise: "See that what was promised happens.",
  },
  labels: {
    wants: "Wants",
    claimed: "The customer says",
    confirmed: "Confirmed by an agent",
    tried: "So far",
    promised: "Promised",
    open: "Open question",
    next: "Suggested next step",
    mood: "Mood",
    contact: "Contact",
  },
  moods: { CALM: "calm", ANNOYED: "annoyed", ANGRY: "angry", DISTRESSED: "distressed" },
};

const de: Phrases = {
  nothingSaid: "Der Kunde hat noch nichts geschrieben",
  wantsPerson: "Der Kunde möchte mit einem Menschen sprechen.",
  customerWrites: (what) => `Der Kunde schreibt: ${quoted("„", what, "“")}`,
  customerAsks: (question) => `Der Kunde fragt: ${quoted("„", question, "“")}`,
  customerAnswers: (question, answer) => `Auf die Frage „${question}“ antwortet der Kunde: ${quoted("„", answer, "“")}`,
  customerTried: (what) => `Schon versucht: ${what}`,
  companyWrites: (name, what) =>
    `${speaker(name, "Der Assistent", "Der Mitarbeiter")} schreibt: ${quoted("„", what, "“")}`,
  notAnswered: (question) =>
    question
      ? `Der Assistent hatte keine Antwort auf: ${quoted("„", question, "“")}`
      : "Der Assistent wusste keine Antwort.",
  times: (count) => `(${count}-mal)`,
  order: "Bestellung",
  next: {
    answer: "Die offene Frage beantworten.",
    lookInto: "Klären, was der Assistent nicht beantworten konnte.",
    keepPromise: "Dafür sorgen, dass das Zugesagte geschieht.",
  },
  labels: {
    wants: "Anliegen",
    claimed: "Der Kunde sagt",
    confirmed: "Von einem Mitarbeiter bestätigt",
    tried: "Bisher",
    promised: "Zugesagt",
    open: "Offene Frage",
    next: "Vorschlag",
    mood: "Stimmung",
    contact: "Kontakt",
  },
  moods: { CALM: "ruhig", ANNOYED: "verärgert", ANGRY: "wütend", DISTRESSED: "verzweifelt" },
};

const fr: Phrases = {
  nothingSaid: "Le client n’a encore rien écrit",
  wantsPerson: "Le client souhaite parler à une personne.",
  customerWrites: (what) => `Le client écrit : ${quoted("« ", what, " »")}`,
  customerAsks: (question) => `Le client demande : ${quoted("« ", question, " »")}`,
  customerAnswers: (question, answer) =>
    `À la question « ${question} », le client répond : ${quoted("« ", answer, " »")}`,
  customerTried: (what) => `Déjà essayé : ${what}`,
  companyWrites: (name, what) => `${speaker(name, "L’assistant", "Le conseiller")} écrit : ${quoted("« ", what, " »")}`,
  notAnswered: (question) =>
    question
      ? `L’assistant n’avait pas de réponse à : ${quoted("« ", question, " »")}`
      : "L’assistant n’avait pas de réponse.",
  times: (count) => `(${count} fois)`,
  order: "commande",
  next: {
    answer: "Répondre à la question ouverte.",
    lookInto: "Éclaircir ce à quoi l’assistant n’a pas su répondre.",
    keepPromise: "Veiller à ce que la promesse soit tenue.",
  },
  labels: {
    wants: "Demande",
    claimed: "Le client dit",
    confirmed: "Confirmé par un conseiller",
    tried: "Jusqu’ici",
    promised: "Promis",
    open: "Question ouverte",
    next: "Suite proposée",
    mood: "Humeur",
    contact: "Contact",
  },
  moods: { CALM: "calme", ANNOYED: "agacé", ANGRY: "en colère", DISTRESSED: "en détresse" },
};

const es: Phrases = {
  nothingSaid: "El cliente aún no ha escrito nada",
  wantsPerson: "El cliente quiere hablar con una persona.",
  customerWrites: (what) => `El cliente escribe: ${quoted("«", what, "»")}`,
  customerAsks: (question) => `El cliente pregunta: ${quoted("«", question, "»")}`,
  customerAnswers: (question, answer) =>
    `A la pregunta «${question}», el cliente responde: ${quoted("«", answer, "»")}`,
  customerTried: (what) => `Ya probó: ${what}`,
  companyWrites: (name, what) => `${speaker(name, "El asistente", "El agente")} escribe: ${quoted("«", what, "»")}`,
  notAnswered: (question) =>
    question ? `El asistente no tuvo respuesta a: ${quoted("«", question, "»")}` : "El asistente no supo responder.",
  times: (count) => `(${count} veces)`,
  order: "pedido",
  next: {
    answer: "Responder la pregunta abierta.",
    lookInto: "Aclarar lo que el asistente no supo responder.",
    keepPromise: "Cuidar de que se cumpla lo prometido.",
  },
  labels: {
    wants: "Necesita",
    claimed: "El cliente dice",
    confirmed: "Confirmado por un agente",
    tried: "Hasta ahora",
    promised: "Prometido",
    open: "Pregunta abierta",
    next: "Siguiente paso sugerido",
    mood: "Ánimo",
    contact: "Contacto",
  },
  moods: { CALM: "tranquilo", ANNOYED: "molesto", ANGRY: "enfadado", DISTRESSED: "angustiado" },
};

const pt: Phrases = {
  nothingSaid: "O cliente ainda não escreveu nada",
  wantsPerson: "O cliente quer falar com uma pessoa.",
  customerWrites: (what) => `O cliente escreve: ${quoted("“", what, "”")}`,
  customerAsks: (question) => `O cliente pergunta: ${quoted("“", question, "”")}`,
  customerAnswers: (question, answer) => `À pergunta “${question}”, o cliente responde: ${quoted("“", answer, "”")}`,
  customerTried: (what) => `Já tentou: ${what}`,
  companyWrites: (name, what) => `${speaker(name, "O assistente", "O atendente")} escreve: ${quoted("“", what, "”")}`,
  notAnswered: (question) =>
    question
      ? `O assistente não teve resposta para: ${quoted("“", question, "”")}`
      : "O assistente não soube responder.",
  times: (count) => `(${count} vezes)`,
  order: "pedido",
  next: {
    answer: "Responder à pergunta em aberto.",
    lookInto: "Esclarecer o que o assistente não soube responder.",
    keepPromise: "Garantir que o prometido aconteça.",
  },
  labels: {
    wants: "Pedido",
    claimed: "O cliente diz",
    confirmed: "Confirmado por um atendente",
    tried: "Até agora",
    promised: "Prometido",
    open: "Pergunta em aberto",
    next: "Próximo passo sugerido",
    mood: "Humor",
    contact: "Contato",
  },
  moods: { CALM: "calmo", ANNOYED: "aborrecido", ANGRY: "irritado", DISTRESSED: "aflito" },
};

const it: Phrases = {
  nothingSaid: "Il cliente non ha ancora scritto nulla",
  wantsPerson: "Il cliente vuole parlare con una persona.",
  customerWrites: (what) => `Il cliente scrive: ${quoted("«", what, "»")}`,
  customerAsks: (question) => `Il cliente chiede: ${quoted("«", question, "»")}`,
  customerAnswers: (question, answer) => `Alla domanda «${question}», il cliente risponde: ${quoted("«", answer, "»")}`,
  customerTried: (what) => `Già provato: ${what}`,
  companyWrites: (name, what) => `${speaker(name, "L’assistente", "L’operatore")} scrive: ${quoted("«", what, "»")}`,
  notAnswered: (question) =>
    question
      ? `L’assistente non aveva risposta a: ${quoted("«", question, "»")}`
      : "L’assistente non ha saputo rispondere.",
  times: (count) => `(${count} volte)`,
  order: "ordine",
  next: {
    answer: "Rispondere alla domanda aperta.",
    lookInto: "Chiarire ciò a cui l’assistente non ha saputo rispondere.",
    keepPromise: "Fare in modo che la promessa sia mantenuta.",
  },
  labels: {
    wants: "Richiesta",
    claimed: "Il cliente dice",
    confirmed: "Confermato da un operatore",
    tried: "Finora",
    promised: "Promesso",
    open: "Domanda aperta",
    next: "Prossimo passo suggerito",
    mood: "Umore",
    contact: "Contatto",
  },
  moods: { CALM: "calmo", ANNOYED: "infastidito", ANGRY: "arrabbiato", DISTRESSED: "disperato" },
};

const nl: Phrases = {
  nothingSaid: "De klant heeft nog niets geschreven",
  wantsPerson: "De klant wil met een mens praten.",
  customerWrites: (what) => `De klant schrijft: ${quoted("“", what, "”")}`,
  customerAsks: (question) => `De klant vraagt: ${quoted("“", question, "”")}`,
  customerAnswers: (question, answer) => `Op de vraag “${question}” antwoordt de klant: ${quoted("“", answer, "”")}`,
  customerTried: (what) => `Al geprobeerd: ${what}`,
  companyWrites: (name, what) =>
    `${speaker(name, "De assistent", "De medewerker")} schrijft: ${quoted("“", what, "”")}`,
  notAnswered: (question) =>
    question ? `De assistent had geen antwoord op: ${quoted("“", question, "”")}` : "De assistent wist geen antwoord.",
  times: (count) => `(${count} keer)`,
  order: "bestelling",
  next: {
    answer: "De open vraag beantwoorden.",
    lookInto: "Uitzoeken wat de assistent niet kon beantwoorden.",
    keepPromise: "Zorgen dat gebeurt wat beloofd is.",
  },
  labels: {
    wants: "Vraag",
    claimed: "De klant zegt",
    confirmed: "Bevestigd door een medewerker",
    tried: "Tot nu toe",
    promised: "Beloofd",
    open: "Open vraag",
    next: "Voorstel",
    mood: "Stemming",
    contact: "Contact",
  },
  moods: { CALM: "rustig", ANNOYED: "geërgerd", ANGRY: "boos", DISTRESSED: "wanhopig" },
};

const byLanguage: Record<string, Phrases> = { en, de, fr, es, pt, it, nl };

/** In quotation marks, with a full stop behind where the words have no end of their own. */
function quoted(open: string, words: string, close: string): string {
  const bare = words.replace(/\.$/, "");
  return `${open}${bare}${close}${/[?!…]$/.test(bare) ? "" : "."}`;
}

function speaker(name: string | null | undefined, assistant: string, agent: string): string {
  return name === undefined ? assistant : (name ?? agent);
}

/** `language` is a BCP 47 tag; only its first part counts. */
export function phrasesFor(language: string): Phrases {
  return byLanguage[primary(language)] ?? en;
}

/** The first part of a language tag. */
export function primary(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "en";
}
