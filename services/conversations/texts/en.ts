import type { Texts } from "../texts";

export const en: Texts = {
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
