import { type Language, languageOf, primaryOf, wordsOf } from "./language";

type Kind = "GREETING" | "THANKS" | "GOODBYE" | "AGREED" | "HELP" | "MACHINE" | "HOW_ARE_YOU";

/** Words that make small talk, per kind, over all languages; folded. */
const words: [Exclude<Kind, "MACHINE" | "HOW_ARE_YOU" | "HELP">, Set<string>][] = [
  [
    "THANKS",
    list(
      `thanks thank thx ty tysm cheers danke dankeschon dank merci gracias grazie obrigado obrigada bedankt dankjewel dankuwel tack takk kiitos spasibo спасибо dziekuje`,
    ),
  ],
  [
    "GOODBYE",
    list(
      `bye goodbye byebye cya tschuss tschuess ciao wiedersehen wiederhoren revoir adieu adios luego arrivederci tchau doei daag`,
    ),
  ],
  [
    "GREETING",
    list(
      `hi hello hey heya hiya howdy greetings yo hallo moin servus gruezi guten bonjour bonsoir salut coucou hola buenos buenas ciao buongiorno buonasera salve ola oi bom boa hoi goedemorgen goedemiddag goedenavond hej hei moi привет здравствуйте`,
    ),
  ],
  [
    "AGREED",
    list(
      `ok okay okey great perfect super cool awesome nice wonderful excellent brilliant lovely amazing fine alright understood helpful clear gut prima toll wunderbar perfekt klasse alles klar verstanden parfait genial entendu compris perfecto genial bien estupendo vale claro perfetto benissimo capito perfeito otimo goed top fijn`,
    ),
  ],
];

/** What may stand beside it without making it a question. */
const beside =
  list(`morning afternoon evening day night much lot very so kindly again there everyone all team that thats it is was this helps helped your you for the a my me and
  das war sehr vielen schon dir ihnen tag morgen abend fur die hilfe auf wiedersehen wiederhoren
  beaucoup bien pour votre aide c est tout au a bientot
  muchas mucho por su ayuda dias tardes noches hasta
  mille molto tante dia tarde noite muito wel veel hoor`);

const machine =
  /\b(?:(?:are|r) (?:you|u|this) (?:really |actually )?(?:an? )?(?:ai|bot|robot|chatbot|machine|computer|human|real|person)|(?:am i|is this) (?:talking|speaking|chatting)? ?(?:to |with )?an? (?:ai|bot|robot|machine|computer)|bist du (?:ein )?(?:bot|roboter|mensch|ki|maschine)|sind sie (?:ein )?(?:bot|roboter|mensch|ki|maschine)|(?:es tu|etes vous|t'es|vous etes) (?:un |une )?(?:robot|bot|ia|humain|machine)|eres (?:un |una )?(?:bot|robot|humano|persona|maquina|ia)|who are you|what are you|what is your name|wer bist du|qui es tu|qui etes vous|quien eres)\b/;
const howAreYou =
  /^\W*(?:(?:hi|hello|hey)\W+)?(?:how are you|how's it going|how are things|what's up|wie geht(?:'s| es (?:dir|ihnen))|ca va|comment (?:allez vous|vas tu)|como estas|que tal)\b/;
const help =
  /^\W*(?:(?:hi|hello|hey|hallo|bonjour|hola)\W+)?(?:can|could|would)? ?(?:(?:you|someone|anyone) help(?: me)?|help(?: me)?|i (?:have|'ve got|got) an? (?:quick )?question|i need (?:some |your )?help|(?:ich habe|hatte) (?:da )?(?:mal )?eine frage|(?:konnen sie|kannst du) mir helfen|j'ai une question|(?:pouvez vous|peux tu) m'aider|tengo una (?:pregunta|duda)|(?:me )?(?:puedes|puede) ayudar(?:me)?)(?: please| with something| bitte| s'il vous plait| por favor)?\W*$/;

const texts: Record<string, Record<Kind, string>> = {
  en: {
    GREETING: "Hello! How can I help you?",
    THANKS: "You're welcome! Is there anything else I can help with?",
    GOODBYE: "Goodbye, and come back any time you have a question.",
    AGREED: "Good. If anything else comes up, just ask.",
    HELP: "Of course. What would you like to know?",
    MACHINE:
      "I'm the shop's assistant, an AI. I answer from its help articles, and a person of the team can take over when you need one.",
    HOW_ARE_YOU: "I'm well, thank you. How can I help you?",
  },
  de: {
    GREETING: "Hallo! Wie kann ich Ihnen helfen?",
    THANKS: "Gern geschehen! Kann ich sonst noch etwas für Sie tun?",
    GOODBYE: "Auf Wiedersehen, und melden Sie sich jederzeit wieder.",
    AGREED: "Schön. Wenn noch etwas ist, fragen Sie einfach.",
    HELP: "Natürlich. Was möchten Sie wissen?",
    MACHINE:
      "Ich bin der Assistent des Geschäfts, eine KI. Ich antworte aus den Hilfeartikeln, und bei Bedarf übernimmt ein Mensch aus dem Team.",
    HOW_ARE_YOU: "Danke, gut. Wie kann ich Ihnen helfen?",
  },
  fr: {
    GREETING: "Bonjour ! Comment puis-je vous aider ?",
    THANKS: "Avec plaisir ! Puis-je faire autre chose pour vous ?",
    GOODBYE: "Au revoir, et revenez quand vous voulez.",
    AGREED: "Très bien. Si vous avez une autre question, je suis là.",
    HELP: "Bien sûr. Que souhaitez-vous savoir ?",
    MACHINE:
      "Je suis l'assistant de la boutique, une IA. Je réponds à partir de ses articles d'aide, et une personne de l'équipe peut prendre le relais.",
    HOW_ARE_YOU: "Très bien, merci. Comment puis-je vous aider ?",
  },
  es: {
    GREETING: "¡Hola! ¿En qué puedo ayudarle?",
    THANKS: "¡De nada! ¿Puedo ayudarle en algo más?",
    GOODBYE: "Adiós, y vuelva cuando quiera.",
    AGREED: "Muy bien. Si surge algo más, pregunte sin problema.",
    HELP: "Claro. ¿Qué le gustaría saber?",
    MACHINE:
      "Soy el asistente de la tienda, una IA. Respondo con sus artículos de ayuda, y una persona del equipo puede continuar cuando haga falta.",
    HOW_ARE_YOU: "Muy bien, gracias. ¿En qué puedo ayudarle?",
  },
  it: {
    GREETING: "Buongiorno! Come posso aiutarla?",
    THANKS: "Prego! Posso fare altro per lei?",
    GOODBYE: "Arrivederci, e torni quando vuole.",
    AGREED: "Bene. Se serve altro, chieda pure.",
    HELP: "Certo. Che cosa vorrebbe sapere?",
    MACHINE:
      "Sono l'assistente del negozio, un'IA. Rispondo con gli articoli di aiuto, e una persona del team può continuare quando serve.",
    HOW_ARE_YOU: "Bene, grazie. Come posso aiutarla?",
  },
  pt: {
    GREETING: "Olá! Como posso ajudar?",
    THANKS: "De nada! Posso ajudar em mais alguma coisa?",
    GOODBYE: "Até logo, e volte quando quiser.",
    AGREED: "Muito bem. Se precisar de mais alguma coisa, é só perguntar.",
    HELP: "Claro. O que gostaria de saber?",
    MACHINE:
      "Sou o assistente da loja, uma IA. Respondo com os artigos de ajuda, e uma pessoa da equipa pode continuar quando for preciso.",
    HOW_ARE_YOU: "Tudo bem, obrigado. Como posso ajudar?",
  },
  nl: {
    GREETING: "Hallo! Waarmee kan ik u helpen?",
    THANKS: "Graag gedaan! Kan ik nog iets voor u doen?",
    GOODBYE: "Tot ziens, en kom gerust terug.",
    AGREED: "Mooi. Als er nog iets is, vraag het gerust.",
    HELP: "Natuurlijk. Wat wilt u weten?",
    MACHINE:
      "Ik ben de assistent van de winkel, een AI. Ik antwoord uit de helpartikelen, en een medewerker kan het overnemen als dat nodig is.",
    HOW_ARE_YOU: "Goed, dank u. Waarmee kan ik u helpen?",
  },
};

/** A short friendly sentence for a message that asks nothing ("hi", "merci beaucoup"); null for anything else. */
export function smallTalk(message: string, conversationLanguage: string): string | null {
  if (message.length > 120) return null;
  const said = wordsOf(message);
  if (said.length === 0) return null;
  const kind = kindOf(message, said);
  if (!kind) return null;
  const language = languageSpoken(said, conversationLanguage);
  return (texts[language] ?? (texts.en as Record<Kind, string>))[kind];
}

function kindOf(message: string, said: string[]): Kind | null {
  const line = said.length <= 14 ? foldedLine(message) : "";
  if (machine.test(line)) return "MACHINE";
  if (howAreYou.test(line) && said.length <= 8) return "HOW_ARE_YOU";
  if (help.test(line)) return "HELP";
  if (said.length > 9 || message.includes("?")) return null;
  if (!said.every((word) => beside.has(word) || words.some(([, some]) => some.has(word)))) return null;
  return words.find(([, some]) => said.some((word) => some.has(word)))?.[0] ?? null;
}

function foldedLine(message: string): string {
  return message
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[\u2018\u2019`´]/g, "'")
    .replace(/-/g, " ")
    .replace(/\s+/g, " ");
}

/** One word is little to tell a language by, but "merci" is French whatever the widget was set to. */
function languageSpoken(said: string[], fallback: string): string {
  const known = primaryOf(fallback);
  const greetings: Record<string, string> = {
    de: "vielen dank danke dankeschon guten moin servus tschuss tschuess wiedersehen verstanden klar frage helfen bist geht geht's",
    fr: "merci bonjour bonsoir salut coucou revoir parfait compris question aider aide etes",
    es: "gracias hola buenos buenas adios perfecto pregunta duda ayudar ayudarme eres estas",
    it: "grazie buongiorno buonasera arrivederci perfetto benissimo",
    pt: "obrigado obrigada ola bom boa tchau perfeito",
    nl: "bedankt dankjewel hoi goedemorgen goedemiddag doei",
    en: "thanks thank hello hey goodbye bye great help are you",
  };
  let best = known;
  let most = hits(languageOf(known), known);
  for (const code of Object.keys(greetings)) {
    const count = hits(languageOf(code), code);
    if (count > most) {
      best = code;
      most = count;
    }
  }
  return best;

  function hits({ empty }: Language, code: string): number {
    const own = new Set((greetings[code] ?? "").split(" "));
    return said.reduce((sum, word) => sum + (own.has(word) ? 2 : 0) + (empty.has(word) ? 0.5 : 0), 0);
  }
}

function list(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/));
}
