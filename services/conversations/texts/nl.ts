import type { Texts } from "../texts";

export const nl: Texts = {
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
