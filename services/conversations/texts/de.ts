import type { Texts } from "../texts";

export const de: Texts = {
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
