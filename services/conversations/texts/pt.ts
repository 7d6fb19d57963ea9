import type { Texts } from "../texts";

export const pt: Texts = {
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
