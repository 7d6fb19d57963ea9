import type { Reason } from "../../schema/words";

/** What Baton itself says to a customer, in one language. */
export interface Texts {
  /** The words that accept an offer when typed, and the label of the button. */
  talkToAPerson: string;
  /** Asked once, before a bare request for a person is handed over. */
  clarify: string;
  /** Before an offer, when the assistant does not know. */
  cannotAnswer: string;
  /** Before an offer, when something else led to it. */
  canConnect: string;
  /** The offer's question where the widget shows a button. */
  offerWithButton: string;
  /** The offer where the customer has to type. */
  offerByTyping: string;
  handedOver: string;
  joined(agentName: string): string;
  back: string;
  backAfterSilence: string;
  closedByAgent: string;
  nobodyReached: string;
  /** The handover is long on its way. */
  stillTrying: string;
  /** No agent took it in time, and another desk is tried. */
  nobodyCameYet: string;
  /** No agent took it in time, and the assistant goes on. */
  nobodyCame(minutes: number): string;
  link(url: string): string;
  linkWithoutUrl: string;
  /** Nobody of the team is there; `when` one is, in words, or null where that is not known. */
  nobodyThere(when: string | null): string;
  /** What the customer can do then, where the widget has buttons, and where they have to type. */
  choicesWithButtons: string;
  choicesByTyping(words: string): string;
  /** The words that go on with the assistant when typed. */
  keepTalking: string;
  placeKept: string;
  waitingAgain: string;
  addressNoted(email: string): string;
}

const en: Texts = {
  talkToAPerson: "Talk to a person",
  clarify:
    "I can pass you on to a person. So that they can help you at once: what is it about? One or two sentences are enough.",
  cannotAnswer: "I could not find an answer to that.",
  canConnect: "A person on our team can help you with this.",
  offerWithButton: "Would you like to talk to a person?",
  offerByTyping: 'If you would like to talk to a person, type "Talk to a person".',
  handedOver: "I am passing you on to a person on our team, together with what you have told me so far.",
  joined: (agentName) => `${agentName} joined the conversation.`,
  back: "You are talking to the assistant again.",
  backAfterSilence:
    "It has been quiet for a while. You are talking to the assistant again; ask for a person at any time.",
  closedByAgent: "Our team has closed this request. If you need anything else, write to the assistant here.",
  nobodyReached:
    "I am sorry: I could not reach anybody on our team just now. You can keep talking to me, and ask for a person again later.",
  stillTrying: "I have not reached our team yet, and keep trying. What you write here reaches them, too.",
  nobodyCameYet:
    "Nobody on our team has been free yet. I am passing you on to somebody else there; you need not repeat anything.",
  nobodyCame: (minutes) =>
    `I am sorry: nobody on our team was free within ${minutes === 1 ? "a minute" : `${minutes} minutes`}. You are talking to me again, and can ask for a person at any time.`,
  link: (url) => `You can reach our team here: ${url}`,
  linkWithoutUrl:
    "You can reach our team through their contact page. Take the summary along, so that you need not repeat yourself.",
  nobodyThere: (when) =>
    when
      ? `Nobody on our team is here right now; somebody will be from ${when} on. Your place in the queue is kept.`
      : "Nobody on our team is free right now. Your place in the queue is kept.",
  choicesWithButtons:
    "You can wait here, leave your e-mail address so that the answer finds you, or go on with me meanwhile.",
  choicesByTyping: (words) =>
    `You can wait here, type your e-mail address so that the answer finds you, or type "${words}".`,
  keepTalking: "Go on with the assistant",
  placeKept: "Your place in the queue is kept: a person will answer you here.",
  waitingAgain: "You are waiting for a person on our team again; your place was kept.",
  addressNoted: (email) => `Thank you. Our team can reach you at ${email}.`,
};

const de: Texts = {
  talkToAPerson: "Mit einem Menschen sprechen",
  clarify:
    "Ich kann Sie an einen Menschen weitergeben. Damit man Ihnen dort gleich helfen kann: Worum geht es? Ein, zwei Sätze genügen.",
  cannotAnswer: "Darauf habe ich keine Antwort gefunden.",
  canConnect: "Dabei kann Ihnen jemand aus unserem Team helfen.",
  offerWithButton: "Möchten Sie mit einem Menschen sprechen?",
  offerByTyping: "Wenn Sie mit einem Menschen sprechen möchten, schreiben Sie „Mit einem Menschen sprechen“.",
  handedOver: "Ich gebe Sie an jemanden aus unserem Team weiter, zusammen mit dem, was Sie mir bisher erzählt haben.",
  joined: (agentName) => `${agentName} ist jetzt für Sie da.`,
  back: "Sie sprechen wieder mit dem Assistenten.",
  backAfterSilence:
    "Es war eine Weile still. Sie sprechen wieder mit dem Assistenten; nach einem Menschen können Sie jederzeit fragen.",
  closedByAgent:
    "Unser Team hat diese Anfrage abgeschlossen. Wenn Sie noch etwas brauchen, schreiben Sie dem Assistenten.",
  nobodyReached:
    "Es tut mir leid: Ich konnte gerade niemanden aus unserem Team erreichen. Sie können weiter mit mir sprechen und später noch einmal nach einem Menschen fragen.",
  stillTrying:
    "Ich habe unser Team noch nicht erreicht und versuche es weiter. Was Sie hier schreiben, kommt dort auch an.",
  nobodyCameYet:
    "Bisher war niemand aus unserem Team frei. Ich gebe Sie dort an jemand anderen weiter; wiederholen müssen Sie nichts.",
  nobodyCame: (minutes) =>
    `Es tut mir leid: Innerhalb von ${minutes === 1 ? "einer Minute" : `${minutes} Minuten`} war niemand aus unserem Team frei. Sie sprechen wieder mit mir und können jederzeit nach einem Menschen fragen.`,
  link: (url) => `Hier erreichen Sie unser Team: ${url}`,
  linkWithoutUrl:
    "Sie erreichen unser Team über seine Kontaktseite. Nehmen Sie die Zusammenfassung mit, dann müssen Sie nichts wiederholen.",
  nobodyThere: (when) =>
    when
      ? `Gerade ist niemand aus unserem Team da; ab ${when} ist wieder jemand hier. Ihr Platz in der Warteschlange bleibt Ihnen.`
      : "Gerade ist niemand aus unserem Team frei. Ihr Platz in der Warteschlange bleibt Ihnen.",
  choicesWithButtons:
    "Sie können hier warten, Ihre E-Mail-Adresse hinterlassen, damit die Antwort Sie erreicht, oder so lange mit mir weitersprechen.",
  choicesByTyping: (words) =>
    `Sie können hier warten, Ihre E-Mail-Adresse schreiben, damit die Antwort Sie erreicht, oder „${words}“ schreiben.`,
  keepTalking: "Mit dem Assistenten weitersprechen",
  placeKept: "Ihr Platz in der Warteschlange bleibt Ihnen: Ein Mensch antwortet Ihnen hier.",
  waitingAgain: "Sie warten wieder auf jemanden aus unserem Team; Ihr Platz wurde freigehalten.",
  addressNoted: (email) => `Danke. Unser Team kann Sie unter ${email} erreichen.`,
};

const fr: Texts = {
  talkToAPerson: "Parler à une personne",
  clarify:
    "Je peux vous mettre en relation avec une personne. Pour qu'elle puisse vous aider tout de suite : de quoi s'agit-il ? Une ou deux phrases suffisent.",
  cannotAnswer: "Je n'ai pas trouvé de réponse à cette question.",
  canConnect: "Une personne de notre équipe peut vous aider.",
  offerWithButton: "Souhaitez-vous parler à une personne ?",
  offerByTyping: "Si vous souhaitez parler à une personne, écrivez « Parler à une personne ».",
  handedOver: "Je vous passe une personne de notre équipe, avec ce que vous m'avez dit jusqu'ici.",
  joined: (agentName) => `${agentName} a rejoint la conversation.`,
  back: "Vous parlez de nouveau avec l'assistant.",
  backAfterSilence:
    "La conversation est restée silencieuse. Vous parlez de nouveau avec l'assistant ; demandez une personne quand vous voulez.",
  closedByAgent: "Notre équipe a clos cette demande. S'il vous faut autre chose, écrivez à l'assistant.",
  nobodyReached:
    "Je suis désolé : je n'ai pu joindre personne de notre équipe. Vous pouvez continuer avec moi et redemander une personne plus tard.",
  stillTrying:
    "Je n'ai pas encore pu joindre notre équipe ; je continue d'essayer. Ce que vous écrivez ici lui parviendra aussi.",
  nobodyCameYet:
    "Personne de notre équipe n'a encore été disponible. Je vous passe quelqu'un d'autre ; vous n'avez rien à répéter.",
  nobodyCame: (minutes) =>
    `Je suis désolé : personne de notre équipe n'a été disponible en ${minutes === 1 ? "une minute" : `${minutes} minutes`}. Vous parlez de nouveau avec moi et pouvez redemander une personne à tout moment.`,
  link: (url) => `Vous pouvez joindre notre équipe ici : ${url}`,
  linkWithoutUrl:
    "Vous pouvez joindre notre équipe par sa page de contact. Emportez le résumé pour ne pas avoir à vous répéter.",
  nobodyThere: (when) =>
    when
      ? `Personne de notre équipe n'est là pour le moment ; quelqu'un sera présent à partir de ${when}. Votre place dans la file est gardée.`
      : "Personne de notre équipe n'est disponible pour le moment. Votre place dans la file est gardée.",
  choicesWithButtons:
    "Vous pouvez attendre ici, laisser votre adresse e-mail pour que la réponse vous parvienne, ou continuer avec moi en attendant.",
  choicesByTyping: (words) =>
    `Vous pouvez attendre ici, écrire votre adresse e-mail pour que la réponse vous parvienne, ou écrire « ${words} ».`,
  keepTalking: "Continuer avec l'assistant",
  placeKept: "Votre place dans la file est gardée : une personne vous répondra ici.",
  waitingAgain: "Vous attendez de nouveau une personne de notre équipe ; votre place a été gardée.",
  addressNoted: (email) => `Merci. Notre équipe peut vous joindre à l'adresse ${email}.`,
};

const es: Texts = {
  talkToAPerson: "Hablar con una persona",
  clarify:
    "Puedo pasarle con una persona. Para que pueda ayudarle enseguida: ¿de qué se trata? Bastan una o dos frases.",
  cannotAnswer: "No he encontrado una respuesta a eso.",
  canConnect: "Una persona de nuestro equipo puede ayudarle.",
  offerWithButton: "¿Quiere hablar con una persona?",
  offerByTyping: "Si quiere hablar con una persona, escriba «Hablar con una persona».",
  handedOver: "Le paso con una persona de nuestro equipo, junto con lo que me ha contado hasta ahora.",
  joined: (agentName) => `${agentName} se ha unido a la conversación.`,
  back: "Vuelve a hablar con el asistente.",
  backAfterSilence:
    "La conversación ha estado en silencio un rato. Vuelve a hablar con el asistente; pida una persona cuando quiera.",
  closedByAgent: "Nuestro equipo ha cerrado esta consulta. Si necesita algo más, escriba al asistente aquí.",
  nobodyReached:
    "Lo siento: ahora mismo no he podido localizar a nadie de nuestro equipo. Puede seguir hablando conmigo y volver a pedir una persona más tarde.",
  stillTrying:
    "Todavía no he podido localizar a nuestro equipo; sigo intentándolo. Lo que escriba aquí también le llegará.",
  nobodyCameYet:
    "Todavía nadie de nuestro equipo ha estado libre. Le paso con otra persona; no tiene que repetir nada.",
  nobodyCame: (minutes) =>
    `Lo siento: nadie de nuestro equipo ha estado libre en ${minutes === 1 ? "un minuto" : `${minutes} minutos`}. Vuelve a hablar conmigo y puede pedir una persona cuando quiera.`,
  link: (url) => `Puede contactar con nuestro equipo aquí: ${url}`,
  linkWithoutUrl:
    "Puede contactar con nuestro equipo en su página de contacto. Llévese el resumen para no tener que repetirse.",
  nobodyThere: (when) =>
    when
      ? `Ahora mismo no hay nadie de nuestro equipo; habrá alguien a partir del ${when}. Conserva su lugar en la cola.`
      : "Ahora mismo no hay nadie libre en nuestro equipo. Conserva su lugar en la cola.",
  choicesWithButtons:
    "Puede esperar aquí, dejar su correo electrónico para que le llegue la respuesta, o seguir conmigo mientras tanto.",
  choicesByTyping: (words) =>
    `Puede esperar aquí, escribir su correo electrónico para que le llegue la respuesta, o escribir «${words}».`,
  keepTalking: "Seguir con el asistente",
  placeKept: "Conserva su lugar en la cola: una persona le responderá aquí.",
  waitingAgain: "Vuelve a esperar a una persona de nuestro equipo; se le ha guardado el lugar.",
  addressNoted: (email) => `Gracias. Nuestro equipo puede escribirle a ${email}.`,
};

const it: Texts = {
  talkToAPerson: "Parlare con una persona",
  clarify: "Posso passarle una persona. Perché possa aiutarla subito: di che cosa si tratta? Bastano una o due frasi.",
  cannotAnswer: "Non ho trovato una risposta a questa domanda.",
  canConnect: "Una persona del nostro team può aiutarla.",
  offerWithButton: "Desidera parlare con una persona?",
  offerByTyping: "Se desidera parlare con una persona, scriva «Parlare con una persona».",
  handedOver: "La passo a una persona del nostro team, insieme a quello che mi ha raccontato finora.",
  joined: (agentName) => `${agentName} si è unito alla conversazione.`,
  back: "Sta parlando di nuovo con l'assistente.",
  backAfterSilence:
    "C'è stato silenzio per un po'. Sta parlando di nuovo con l'assistente; può chiedere una persona quando vuole.",
  closedByAgent: "Il nostro team ha chiuso questa richiesta. Se le serve altro, scriva qui all'assistente.",
  nobodyReached:
    "Mi dispiace: in questo momento non sono riuscito a raggiungere nessuno del nostro team. Può continuare con me e chiedere di nuovo una persona più tardi.",
  stillTrying: "Non ho ancora raggiunto il nostro team e continuo a provare. Anche quello che scrive qui gli arriverà.",
  nobodyCameYet: "Finora nessuno del nostro team era libero. La passo a qualcun altro; non deve ripetere nulla.",
  nobodyCame: (minutes) =>
    `Mi dispiace: nessuno del nostro team era libero entro ${minutes === 1 ? "un minuto" : `${minutes} minuti`}. Sta parlando di nuovo con me e può chiedere una persona quando vuole.`,
  link: (url) => `Può contattare il nostro team qui: ${url}`,
  linkWithoutUrl:
    "Può contattare il nostro team dalla sua pagina dei contatti. Porti con sé il riassunto, così non dovrà ripetersi.",
  nobodyThere: (when) =>
    when
      ? `In questo momento non c'è nessuno del nostro team; ci sarà qualcuno a partire da ${when}. Il Suo posto in coda resta Suo.`
      : "In questo momento nessuno del nostro team è libero. Il Suo posto in coda resta Suo.",
  choicesWithButtons:
    "Può aspettare qui, lasciare il Suo indirizzo e-mail perché la risposta La raggiunga, o nel frattempo continuare con me.",
  choicesByTyping: (words) =>
    `Può aspettare qui, scrivere il Suo indirizzo e-mail perché la risposta La raggiunga, o scrivere «${words}».`,
  keepTalking: "Continuare con l'assistente",
  placeKept: "Il Suo posto in coda resta Suo: una persona Le risponderà qui.",
  waitingAgain: "È di nuovo in attesa di una persona del nostro team; il Suo posto è stato tenuto.",
  addressNoted: (email) => `Grazie. Il nostro team può scriverLe a ${email}.`,
};

const pt: Texts = {
  talkToAPerson: "Falar com uma pessoa",
  clarify:
    "Posso passar você para uma pessoa. Para que ela possa ajudar logo: do que se trata? Uma ou duas frases bastam.",
  cannotAnswer: "Não encontrei uma resposta para isso.",
  canConnect: "Uma pessoa da nossa equipe pode ajudar você.",
  offerWithButton: "Deseja falar com uma pessoa?",
  offerByTyping: 'Se deseja falar com uma pessoa, escreva "Falar com uma pessoa".',
  handedOver: "Estou passando você para uma pessoa da nossa equipe, com o que me contou até agora.",
  joined: (agentName) => `${agentName} entrou na conversa.`,
  back: "Você está falando novamente com o assistente.",
  backAfterSilence:
    "A conversa ficou em silêncio por um tempo. Você está falando novamente com o assistente; peça uma pessoa quando quiser.",
  closedByAgent: "Nossa equipe encerrou este pedido. Se precisar de mais alguma coisa, escreva aqui ao assistente.",
  nobodyReached:
    "Sinto muito: não consegui falar com ninguém da nossa equipe agora. Você pode continuar comigo e pedir uma pessoa de novo mais tarde.",
  stillTrying:
    "Ainda não consegui falar com a nossa equipe e continuo tentando. O que você escrever aqui também chegará até ela.",
  nobodyCameYet:
    "Até agora ninguém da nossa equipe estava livre. Estou passando você para outra pessoa; não precisa repetir nada.",
  nobodyCame: (minutes) =>
    `Sinto muito: ninguém da nossa equipe ficou livre em ${minutes === 1 ? "um minuto" : `${minutes} minutos`}. Você está falando comigo novamente e pode pedir uma pessoa quando quiser.`,
  link: (url) => `Você pode falar com a nossa equipe aqui: ${url}`,
  linkWithoutUrl:
    "Você pode falar com a nossa equipe pela página de contato. Leve o resumo, para não precisar repetir tudo.",
  nobodyThere: (when) =>
    when
      ? `Não há ninguém da nossa equipe agora; haverá alguém a partir de ${when}. O seu lugar na fila está guardado.`
      : "Não há ninguém livre na nossa equipe agora. O seu lugar na fila está guardado.",
  choicesWithButtons:
    "Você pode esperar aqui, deixar o seu e-mail para que a resposta chegue até você, ou continuar comigo enquanto isso.",
  choicesByTyping: (words) =>
    `Você pode esperar aqui, escrever o seu e-mail para que a resposta chegue até você, ou escrever "${words}".`,
  keepTalking: "Continuar com o assistente",
  placeKept: "O seu lugar na fila está guardado: uma pessoa vai responder a você aqui.",
  waitingAgain: "Você está esperando de novo por uma pessoa da nossa equipe; o seu lugar foi guardado.",
  addressNoted: (email) => `Obrigado. A nossa equipe pode escrever para ${email}.`,
};

const nl: Texts = {
  talkToAPerson: "Met een medewerker praten",
  clarify:
    "Ik kan u doorverbinden met een medewerker. Zodat die u meteen kan helpen: waar gaat het over? Een of twee zinnen is genoeg.",
  cannotAnswer: "Daar heb ik geen antwoord op gevonden.",
  canConnect: "Een medewerker van ons team kan u hierbij helpen.",
  offerWithButton: "Wilt u met een medewerker praten?",
  offerByTyping: 'Als u met een medewerker wilt praten, typ dan "Met een medewerker praten".',
  handedOver: "Ik geef u door aan een medewerker van ons team, samen met wat u mij tot nu toe hebt verteld.",
  joined: (agentName) => `${agentName} doet nu mee aan het gesprek.`,
  back: "U praat weer met de assistent.",
  backAfterSilence:
    "Het is een tijdje stil geweest. U praat weer met de assistent; vraag gerust opnieuw om een medewerker.",
  closedByAgent: "Ons team heeft deze vraag afgesloten. Hebt u nog iets nodig, schrijf dan hier aan de assistent.",
  nobodyReached:
    "Het spijt me: ik kon op dit moment niemand van ons team bereiken. U kunt met mij verder praten en later opnieuw om een medewerker vragen.",
  stillTrying: "Ik heb ons team nog niet bereikt en blijf het proberen. Wat u hier schrijft, komt daar ook aan.",
  nobodyCameYet:
    "Tot nu toe was niemand van ons team vrij. Ik geef u door aan iemand anders; u hoeft niets te herhalen.",
  nobodyCame: (minutes) =>
    `Het spijt me: niemand van ons team was binnen ${minutes === 1 ? "een minuut" : `${minutes} minuten`} vrij. U praat weer met mij en kunt altijd om een medewerker vragen.`,
  link: (url) => `U bereikt ons team hier: ${url}`,
  linkWithoutUrl: "U bereikt ons team via de contactpagina. Neem de samenvatting mee, dan hoeft u niets te herhalen.",
  nobodyThere: (when) =>
    when
      ? `Er is nu niemand van ons team; vanaf ${when} is er weer iemand. U houdt uw plaats in de wachtrij.`
      : "Er is nu niemand van ons team vrij. U houdt uw plaats in de wachtrij.",
  choicesWithButtons:
    "U kunt hier wachten, uw e-mailadres achterlaten zodat het antwoord u bereikt, of intussen met mij verdergaan.",
  choicesByTyping: (words) =>
    `U kunt hier wachten, uw e-mailadres typen zodat het antwoord u bereikt, of „${words}” typen.`,
  keepTalking: "Verder met de assistent",
  placeKept: "U houdt uw plaats in de wachtrij: een medewerker antwoordt u hier.",
  waitingAgain: "U wacht weer op iemand van ons team; uw plaats is vrijgehouden.",
  addressNoted: (email) => `Dank u. Ons team kan u bereiken op ${email}.`,
};

const byLanguage: Record<string, Texts> = { en, de, fr, es, it, pt, nl };

/** The sentences of a language (BCP 47); its primary language for a region, English for one that is not spoken here. */
export function textsFor(language: string): Texts {
  return byLanguage[language.split("-")[0] ?? ""] ?? en;
}

/** What the assistant says with an offer. `button`: the customer's widget shows offers as a button. */
export function offerText(language: string, reason: Reason, button: boolean): string {
  const texts = textsFor(language);
  const opening = reason === "CANNOT_ANSWER" ? texts.cannotAnswer : texts.canConnect;
  return `${opening} ${button ? texts.offerWithButton : texts.offerByTyping}`;
}

/** What a customer reads when nobody of the team is there, and what they can do. `button`: their widget has buttons. */
export function nobodyThereText(
  language: string,
  absence: { until: string | null; timeZone: string | null },
  button: boolean,
): string {
  const texts = textsFor(language);
  const when = absence.until ? momentInWords(language, absence.until, absence.timeZone ?? "UTC") : null;
  return `${texts.nobodyThere(when)} ${button ? texts.choicesWithButtons : texts.choicesByTyping(texts.keepTalking)}`;
}

/** "Monday, 23 November at 09:00 CET", in the language of the sentence around it. */
function momentInWords(language: string, at: string, timeZone: string): string {
  const spoken = textsFor(language) === en ? "en-GB" : language;
  return new Intl.DateTimeFormat(spoken, {
    ...{ timeZone, weekday: "long", day: "numeric", month: "long" },
    ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  }).format(new Date(at));
}

const keepingOn = new Set(Object.values(byLanguage).map((texts) => bare(texts.keepTalking)));

/** Is this the words that go on with the assistant, in whichever language, however capitalised and punctuated? */
export function asksToKeepTalking(text: string): boolean {
  return keepingOn.has(bare(text));
}

const accepting = new Set(Object.values(byLanguage).map((texts) => bare(texts.talkToAPerson)));

/** Is this the words that accept an offer, in whichever language, however capitalised and punctuated? */
export function acceptsOffer(text: string): boolean {
  return accepting.has(bare(text));
}

function bare(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .toLowerCase()
    .trim()
    .replace(/\s+/g, " ");
}
