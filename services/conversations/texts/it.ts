import type { Texts } from "../texts";

export const it: Texts = {
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
