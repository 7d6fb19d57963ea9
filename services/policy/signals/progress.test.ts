import { readingOf, type Said } from "../test/reading-of";
import { readFrustration } from "./frustration";
import { readProgress } from "./progress";

const progress = (...said: Said[]) => {
  const { turns, message } = readingOf(said);
  return readProgress(turns, message);
};
const says = (text: string): Said => ["ASSISTANT", text];

describe("how a conversation goes", () => {
  const request = ["A desk by the window on Monday", says("Desk 14 by the door is free. Shall I hold it?")] as Said[];

  test.each([
    ["putting it right", "by the window, not by the door", "which floor is it on?"],
    ["asking for something else", "are there any other desks?", "can I bring a screen?"],
    ["asking again", "a desk by the window on Monday", "for the whole day"],
  ])("%s makes it likelier that the customer is unhappy", (_, worse, better) => {
    expect(progress(...request, worse).unhappy).toBeGreaterThan(progress(...request, better).unhappy + 0.2);
  });

  test("refusing what is offered makes it a little likelier: it may be a matter of taste", () => {
    expect(progress(...request, "no").unhappy).toBeGreaterThan(2 * progress(...request, "yes please").unhappy);
  });

  test.each([
    ["Einen Tisch für Montag", "Dienstag um acht?", "nein, Montag", "ja, gerne"],
    ["una mesa para el lunes", "¿El martes a las ocho?", "no, el lunes", "sí, perfecto"],
    ["une table pour lundi", "Mardi à huit heures ?", "non, lundi", "oui, parfait"],
    ["um lugar para segunda", "Terça às oito?", "não, segunda", "sim, perfeito"],
    ["stolik na poniedziałek", "Wtorek o ósmej?", "nie, w poniedziałek", "tak, dziękuję"],
    ["столик на понедельник", "Вторник в восемь?", "нет, понедельник", "да, отлично"],
    ["pazartesi için masa", "Salı sekizde olur mu?", "hayır, pazartesi", "evet, harika"],
    ["طاولة ليوم الاثنين", "الثلاثاء في الثامنة؟", "لا، الاثنين", "نعم، شكرا"],
    ["सोमवार के लिए टेबल", "मंगलवार आठ बजे?", "नहीं, सोमवार", "हाँ, धन्यवाद"],
    ["周一的位子", "周二八点可以吗？", "不是周二，是周一", "好的，谢谢"],
    ["月曜日の席", "火曜日の八時ですか。", "火曜日ではなく月曜日です", "はい、お願いします"],
    ["월요일 자리", "화요일 8시에 예약할까요?", "아니요, 월요일이요", "네, 감사합니다"],
  ])("a yes and a no are known in many languages: %s", (asked, offered, no, yes) => {
    const agreed = progress(asked, says(offered), yes).unhappy;
    expect(agreed).toBeLessThan(0.1);
    expect(progress(asked, says(offered), no).unhappy).toBeGreaterThan(agreed + 0.2);
  });

  test("a word that reacts to nothing leaves standing what was said before it", () => {
    const ends = [says("Have a nice day."), "finish"] as Said[];
    const bad = progress(...request, "no, by the window", says("I could not find a desk."), "not good", ...ends);
    const good = progress(...request, "yes please", says("Desk 14 is yours."), "great, thanks", ...ends);
    expect(bad.unhappy).toBeGreaterThan(good.unhappy + 0.2);
  });
});

describe("a conversation that leads nowhere", () => {
  const nowhere: Said[] = [
    "Please move my lesson to Friday",
    says("Lessons can be moved in the app."),
    "There is no Friday in the app, it does not work",
    says("Lessons can be moved in the app."),
  ];
  const score = (...said: Said[]) => readFrustration(readingOf(said)).score;

  test("needs a person, however calm the customer is, and quotes what did not help", () => {
    const { score: sure, evidence } = readFrustration(
      readingOf([...nowhere, "It can't be moved there. Friday, please."]),
    );
    expect(sure).toBeGreaterThanOrEqual(0.55);
    expect(evidence).toContainEqual({ messageId: "t4", quote: "Lessons can be moved in the app." });
  });

  test.each(["Okay, found it", "thanks, it works now", "And what does a lesson cost?", "no thanks"])(
    "does not when the customer goes on: %s",
    (text) => expect(score(...nowhere, text)).toBeLessThan(0.42),
  );

  test("does not after one failure, nor when what failed was solved", () => {
    expect(
      score(nowhere[0] as Said, ["ASSISTANT", "I could not find that.", false], "Friday, not Monday"),
    ).toBeLessThan(0.42);
    expect(
      score(...nowhere, "ah, now it works, thank you", says("You're welcome."), "not Friday, Saturday"),
    ).toBeLessThan(0.42);
  });

  test("does not when the customer declines a person", () => {
    expect(
      score(
        ...nowhere,
        "that's not what I need",
        says("I could not help you. Would you like to talk to a person?"),
        "no",
      ),
    ).toBeLessThan(0.42);
  });
});
