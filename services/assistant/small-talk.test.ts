import { smallTalk } from "./small-talk";

test.each([
  ["hi", /Hello/],
  ["Hello there!!", /Hello/],
  ["Thanks a lot, that helped", /welcome/],
  ["ok great", /anything else/],
  ["bye!", /Goodbye/],
  ["are you a bot?", /an AI/],
  ["Can you help me?", /What would you like/],
  ["merci beaucoup", /plaisir/],
  ["Vielen Dank", /Gern/],
  ["¡Hola!", /Hola/],
  ["Obrigada!", /De nada/],
])("%s gets a friendly sentence", (message, expected) => {
  expect(smallTalk(message, "en")).toMatch(expected);
});

test.each([
  "hi, how long does delivery take?",
  "thanks but that is not what I asked",
  "Hello I want a refund",
  "ok and what about France?",
  "great, another broken lamp",
  "",
  "???",
  "is the lamp good",
])("%s is not small talk", (message) => {
  expect(smallTalk(message, "en")).toBeNull();
});
