/** The few words of its own that a summary needs, in the customer's language; English for any other. */
export interface Phrases {
  nothingSaid: string;
  wantsPerson: string;
  asked(question: string): string;
  answered(answer: string): string;
  notAnswered: string;
  times(count: number): string;
  customerTried(what: string): string;
  agentSaid(name: string | null, what: string): string;
  labels: { wants: string; tried: string; open: string; mood: string; contact: string };
  moods: { CALM: string; ANNOYED: string; ANGRY: string; DISTRESSED: string };
}

const en: Phrases = {
  nothingSaid: "The customer has not written anything yet",
  wantsPerson: "The customer wants to talk to a person",
  asked: (question) => `Asked: “${question}”`,
  answered: (answer) => `The assistant answered: ${answer}`,
  notAnswered: "The assistant could not answer.",
  times: (count) => `(${count} times)`,
  customerTried: (what) => `The customer already tried: ${what}`,
  agentSaid: (name, what) => `${name ?? "An agent"} said: ${what}`,
  labels: { wants: "Wants", tried: "Tried so far", open: "Open question", mood: "Mood", contact: "Contact" },
  moods: { CALM: "calm", ANNOYED: "annoyed", ANGRY: "angry", DISTRESSED: "distressed" },
};

const de: Phrases = {
  nothingSaid: "Der Kunde hat noch nichts geschrieben",
  wantsPerson: "Der Kunde möchte mit einem Menschen sprechen",
  asked: (question) => `Gefragt: „${question}“`,
  answered: (answer) => `Der Assistent antwortete: ${answer}`,
  notAnswered: "Der Assistent wusste keine Antwort.",
  times: (count) => `(${count}-mal)`,
  customerTried: (what) => `Schon versucht: ${what}`,
  agentSaid: (name, what) => `${name ?? "Ein Mitarbeiter"} schrieb: ${what}`,
  labels: { wants: "Anliegen", tried: "Bisher", open: "Offene Frage", mood: "Stimmung", contact: "Kontakt" },
  moods: { CALM: "ruhig", ANNOYED: "verärgert", ANGRY: "wütend", DISTRESSED: "verzweifelt" },
};

const fr: Phrases = {
  nothingSaid: "Le client n’a encore rien écrit",
  wantsPerson: "Le client souhaite parler à une personne",
  asked: (question) => `Demandé : « ${question} »`,
  answered: (answer) => `L’assistant a répondu : ${answer}`,
  notAnswered: "L’assistant n’avait pas de réponse.",
  times: (count) => `(${count} fois)`,
  customerTried: (what) => `Déjà essayé : ${what}`,
  agentSaid: (name, what) => `${name ?? "Un conseiller"} a écrit : ${what}`,
  labels: { wants: "Demande", tried: "Déjà fait", open: "Question ouverte", mood: "Humeur", contact: "Contact" },
  moods: { CALM: "calme", ANNOYED: "agacé", ANGRY: "en colère", DISTRESSED: "en détresse" },
};

const es: Phrases = {
  nothingSaid: "El cliente aún no ha escrito nada",
  wantsPerson: "El cliente quiere hablar con una persona",
  asked: (question) => `Preguntó: «${question}»`,
  answered: (answer) => `El asistente respondió: ${answer}`,
  notAnswered: "El asistente no supo responder.",
  times: (count) => `(${count} veces)`,
  customerTried: (what) => `Ya probó: ${what}`,
  agentSaid: (name, what) => `${name ?? "Un agente"} escribió: ${what}`,
  labels: { wants: "Necesita", tried: "Hasta ahora", open: "Pregunta abierta", mood: "Ánimo", contact: "Contacto" },
  moods: { CALM: "tranquilo", ANNOYED: "molesto", ANGRY: "enfadado", DISTRESSED: "angustiado" },
};

const byLanguage: Record<string, Phrases> = { en, de, fr, es };

/** `language` is a BCP 47 tag; only its first part counts. */
export function phrasesFor(language: string): Phrases {
  return byLanguage[language.toLowerCase().split("-")[0] ?? "en"] ?? en;
}
