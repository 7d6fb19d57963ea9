import type { Texts } from "../texts";

export const fr: Texts = {
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
