import type { Signal } from "../signal";
import { readingOf, type Said } from "../test/reading-of";
import { readCannotAnswer } from "./cannot-answer";
import { readFrustration } from "./frustration";
import { readGuidance } from "./guidance";
import { isBareRequest, readIntent } from "./intent";
import { readRepeatedAnswer, readRepetition } from "./repetition";
import { readSafety } from "./safety";
import { readTags } from "./tags";

const says = (signal: Signal | undefined) => (signal?.score ?? 0) >= 0.5;

describe("intent", () => {
  test.each([
    "agent!!",
    "human",
    "rep pls",
    "AGENT",
    "representitive",
    "Can I talk to a real person please?",
    "i wanna speak to a humna",
    "put me through to your team",
    "transfer me",
    "I don't want to talk to a bot",
    "let me speak with your manager",
    "quiero hablar con una persona",
    "humano",
    "je voudrais parler à un conseiller",
    "Kann ich bitte mit einem Menschen sprechen?",
    "Weiterleiten bitte",
    "quero falar com um atendente",
    "posso parlare con un operatore?",
    "ik wil een echte medewerker spreken",
    "proszę połączyć mnie z konsultantem",
    "bir temsilciyle görüşmek istiyorum",
    "позовите оператора",
    "з'єднайте мене з людиною",
    "أريد التحدث مع موظف",
    "मुझे किसी इंसान से बात करनी है",
    "kisi insaan se baat karao",
    "转人工",
    "人工客服",
    "人間と話したいです",
    "상담원 연결해주세요",
    "jag vill prata med en människa",
    "jeg vil gerne tale med et menneske",
    "haluan puhua ihmisen kanssa",
    "chci mluvit s člověkem",
    "tôi muốn gặp nhân viên",
    "saya mau bicara dengan manusia",
  ])("%s", (text) => {
    const signal = readIntent(readingOf([text]));
    expect(says(signal)).toBe(true);
    expect(text).toContain(signal.evidence[0]?.quote);
  });

  test.each([
    "Your agent was rude to me yesterday",
    "I spoke to an agent last week and nothing happened",
    "Are you a real person?",
    "am i talking to a bot",
    "Please don't transfer me to an agent",
    "No need to connect me to anyone",
    "What time does your support team open?",
    "What is the phone number of customer service?",
    "my travel agent booked two nights",
    "How do I become an agent at your company?",
    "I work as a customer service representative",
    'The e-mail says "talk to a person" at the bottom, what does that mean?',
    "How many agents can I add to my plan?",
    "Where is my parcel?",
    "Thanks, that helped a lot!",
    "¿Eres una persona real?",
    "bist du ein Mensch?",
    "Quiero cambiar la dirección de entrega",
    "",
    "???",
  ])("not: %s", (text) => {
    expect(says(readIntent(readingOf([text])))).toBe(false);
  });

  test("yes to an open offer is a request; yes to anything else is not", () => {
    const said: Said[] = [
      "Do you rewire lamps?",
      ["ASSISTANT", "I could not find it. Talk to a person?", false],
      "yes please",
    ];
    const offers = [{ reason: "CANNOT_ANSWER" as const, sequence: 1, open: true, declined: false }];
    expect(says(readIntent(readingOf(said, { offers })))).toBe(true);
    expect(says(readIntent(readingOf(said)))).toBe(false);
  });

  test.each([
    ["agent please", true],
    ["hello, can I speak to a human?", true],
    ["Ich möchte mit einem Mitarbeiter sprechen", true],
    ["转人工", true],
    ["I want a human, my lamp arrived broken and I need a refund", false],
    ["agent, order 4711 never came", false],
  ])("%s: bare is %s", (text, bare) => {
    expect(isBareRequest(text)).toBe(bare);
  });
});

describe("frustration", () => {
  const failed: Said[] = [
    "Do you rewire chandeliers?",
    ["ASSISTANT", "I could not find an answer.", false],
    "And who does?",
    ["ASSISTANT", "I could not find an answer.", false],
  ];
  const scoreOf = (...said: Said[]) => readFrustration(readingOf(said)).score;

  test("grows with failed answers and with saying it again, and shrinks after a solution", () => {
    const outburst = "this is ridiculous, I already told you";
    const alone = scoreOf(outburst);
    const afterOne = scoreOf(...failed.slice(0, 2), outburst);
    const afterTwo = scoreOf(...failed, outburst);
    expect(afterOne).toBeGreaterThan(alone);
    expect(afterTwo).toBeGreaterThan(afterOne);
    expect(
      scoreOf(...failed, "Great, that worked, thank you!", ["ASSISTANT", "Glad to hear."], "hm, again it flickers"),
    ).toBeLessThan(scoreOf(...failed, "hm, again it flickers"));
  });

  test.each([
    "This is useless, you are not helping at all",
    "WHY IS NOBODY ANSWERING MY QUESTION",
    "wow, thanks for nothing",
    "forget it, you don't understand what I asked!!",
    "esto es inútil, no me ayudas",
    "vous ne comprenez rien, c'est nul",
    "Das hilft mir überhaupt nicht, so eine Zeitverschwendung",
    "isso não ajuda em nada, que absurdo",
    "没用，听不懂吗",
    "это бесполезно, вы не понимаете",
  ])("after two failed answers: %s", (text) => {
    expect(scoreOf(...failed, text)).toBeGreaterThanOrEqual(0.55);
  });

  test.each([
    "My lamp arrived broken, what can I do?",
    "I was charged twice for order 4711.",
    "Is it normal that my payment is still pending?",
    "no worries, take your time",
    "sorry for the stupid question, how do I hang it?",
    "Thanks!",
  ])("never: %s", (text) => {
    expect(scoreOf(...failed, text)).toBeLessThan(0.42);
    expect(scoreOf(text)).toBeLessThan(0.42);
  });
});

describe("repetition", () => {
  test("the same question in other words, for the third time in a window", () => {
    const said: Said[] = [
      "When will my parcel arrive?",
      ["ASSISTANT", "Between 2 and 4 days."],
      "when does my parcel arrive",
      ["ASSISTANT", "Between 2 and 4 days."],
      "By the way, do you sell bulbs?",
      "So when will the parcel arrive??",
    ];
    const signal = readRepetition(readingOf(said));
    expect(says(signal)).toBe(true);
    expect(signal.evidence.map(({ messageId }) => messageId)).toEqual(["t1", "t3", "t6"]);
    expect(says(readRepetition(readingOf(said, { settledThrough: 2 })))).toBe(false);
  });
  test.each<[string, Said[]]>([
    ["courtesies", ["ok", "ok", "ok", "ok thanks", "thanks"]],
    ["three questions of one kind", ["Do you sell lamps?", "Do you sell curtains?", "Do you sell cushions?"]],
    ["twice", ["When will my parcel arrive?", "When will my parcel arrive?"]],
  ])("not: %s", (_what, said) => {
    expect(says(readRepetition(readingOf(said)))).toBe(false);
  });
  test("two numbers do not make two questions the same answer", () => {
    const reading = readingOf(["Where is it?", ["ASSISTANT", "It left us on Monday.", true], "And the other one?"]);
    const draft = { answered: true, text: "The other one is packed today.", citations: [], coverage: null };
    expect(says(readRepeatedAnswer(reading, draft))).toBe(false);
  });
});

describe("cannot answer", () => {
  const reading = readingOf(["How long is the guarantee on floor lamps?"]);
  test.each<[string, string, boolean]>([
    ["Floor lamps carry a guarantee of five years.", "answered", false],
    ["I'm sorry, I can't help with that.", "answered", true],
    ["I do not know.", "answered", true],
    ["Leider kann ich diese Frage nicht beantworten.", "answered", true],
    ["Lo siento, no tengo información sobre eso.", "answered", true],
    ["", "answered", true],
    ["Maybe five years.", "not answered", true],
  ])("%s (%s): %s", (text, claim, expected) => {
    const draft = { answered: claim === "answered", text, citations: [], coverage: null };
    expect(says(readCannotAnswer(reading, draft))).toBe(expected);
  });
});

describe("an answer whose sources do not answer", () => {
  const reading = readingOf(["Thanks. What was the last model called?"]);
  const draft = (score: number) => ({
    answered: true,
    text: "The first model was called Heron.",
    citations: [],
    coverage: 1,
    answerability: { score, missing: [], otherwise: ["last/first"] },
  });
  test("is doubted more the less they answer, and never overruled", () => {
    const doubts = [1, 0.5, 0].map((score) => readCannotAnswer(reading, draft(score)).score);
    expect(doubts).toEqual([0, 0.225, 0.45]);
  });
  test("is quoted with the question they leave open", () => {
    const { evidence } = readCannotAnswer(reading, { ...draft(0.1), answered: false });
    expect(evidence).toEqual([{ messageId: reading.message.id, quote: "What was the last model called?" }]);
  });
});

describe("guidance", () => {
  const rules = [
    "If the customer contacts us about a safety issue with a product, such as a lamp overheating, smoking or giving a shock, hand over to a person",
    "When a customer reports a lost card, transfer the conversation to our team.",
    "Hand over to a person if somebody from the press writes to us.",
    "Do not hand over when the customer asks for a discount.",
  ].map((text, at) => ({ id: `r${at}`, version: 1, text }));
  const matching = (text: string) =>
    readGuidance(readingOf([text]), rules)
      .filter(says)
      .map(({ rule }) => rule?.id);
  test.each([
    ["The lamp I bought gets so hot that it smells of burning", ["r0"]],
    ["I got an electric shock from the lamp you sent me", ["r0"]],
    ["my card is missing, I lost it on the train", ["r1"]],
    ["I am a journalist and would like an interview", ["r2"]],
    ["How do I freeze my card for the holidays?", []],
    ["Can I get a discount?", []],
    ["Which lamp suits a warm living room?", []],
    ["Can I return a lamp I have used?", []],
    ["Does the lamp come with a bulb?", []],
    ["How do I wash linen curtains?", []],
  ])("%s: %j", (text, expected) => {
    expect(matching(text)).toEqual(expected);
  });
});

describe("tags", () => {
  const tags = [
    ["Wholesale and trade orders", "Buying in bulk for a shop, hotel or office; trade prices and resale."],
    ["Returns and refunds", "Sending something back, exchanges, money back."],
    ["Delivery", "Where a parcel is, delivery times and costs."],
  ].map(([name = "", description = ""], at) => ({
    id: `t${at}`,
    version: 1,
    name,
    description,
    blocked: at === 0,
    examples: [] as string[],
  }));
  const best = (text: string) =>
    readTags(readingOf([text]), tags)
      .filter(says)
      .map(({ rule }) => rule?.id);
  test.each([
    ["I want to order 200 lamps for our hotel, what's the trade price?", ["t0"]],
    ["How do I send back a lamp and get a refund?", ["t1"]],
    ["When is my parcel delivered?", ["t2"]],
    ["I want to order a lamp", []],
    ["What is the weather like?", []],
  ])("%s: %j", (text, expected) => {
    expect(best(text)).toEqual(expected);
  });
  test("a message with several parts is first about what it is about as a whole, in whatever order the topics are", () => {
    const text = "My parcel came yesterday. The lamp is too big so I am sending it back, when do I get the refund?";
    for (const topics of [tags, tags.toReversed()]) {
      const [first, second] = readTags(readingOf([text]), topics);
      expect([first, second].map((signal) => signal?.rule?.id)).toEqual(["t1", "t2"]);
      expect(second?.score).toBeLessThan(first?.score ?? 0);
    }
  });
  test("a few examples find what the name does not", () => {
    const tag = {
      id: "x",
      version: 1,
      name: "Moods",
      description: "",
      blocked: false,
      examples: ["which bulb makes the room cosy"],
    };
    expect(says(readTags(readingOf(["what bulb makes my room feel cosy?"]), [tag])[0])).toBe(true);
  });
});

describe("safety", () => {
  test.each([
    "I want to kill myself",
    "i can't do this anymore, i want to end my life",
    "I will come to your office with a gun",
    "My lawyer will contact you",
    "I'm going to sue you",
    "Someone is using my credit card, I did not make this payment",
    "my account was hacked",
    "ich bringe mich um",
    "voy a denunciar a la empresa ante los tribunales",
    "je vais porter plainte",
    "我的卡被盗刷了",
    "死にたい",
    "не хочу жить",
  ])("%s", (text) => {
    expect(says(readSafety(readingOf([text])))).toBe(true);
  });
  test.each([
    "this is killing me, where is my parcel",
    "I'd kill for a refund right now",
    "my wife will kill me if it is late again",
    "is it legal to use this lamp outdoors?",
    "Do you sell bath bombs?",
    "The battery is dead",
    "How do you protect my card details from fraud?",
    "I'm dying to see the new lamps",
    "bom dia, meu pedido chegou",
    "Der Betrag betrug 20 Euro",
    "quero processar o pagamento",
    'He wrote "I will sue you" in the review, is that normal?',
  ])("not: %s", (text) => {
    expect(says(readSafety(readingOf([text])))).toBe(false);
  });
});
