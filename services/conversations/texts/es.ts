import type { Texts } from "../texts";

export const es: Texts = {
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
