import { sentencesOf } from "./text";

/**
 * A piece of a message that is judged by itself. One message says several things ("the parcel has not come, so I want
 * to talk to a person"): what is asked for drowns in the words around it, unless it is heard alone.
 */
export interface Statement {
  /** What is judged. */
  said: string;
  /** The same with what comes right before it, which can turn it round: "he told me, talk to a person". */
  wider: string;
  /** Cut out of a clause anywhere, so that the clause's subject may be missing. */
  isPart: boolean;
  /** The sentence it stands in, as written. */
  sentence: string;
}

/** Words of a clause from which on it is also read in stretches, the words of a stretch, and how far to the next one. */
const stretch = { from: 13, words: 10, step: 4, end: 4 };
/** The same for scripts without blanks, in characters. */
const unspacedStretch = { from: 24, words: 18, step: 6, end: 8 };
/** A whole short message counts as one statement too: "A person. Now." */
const shortMessage = 14;
/** A clause of fewer words is heard together with what follows: "my wife and I", "hi, agent". */
const fragment = 3;

/**
 * Everything in a message that is judged by itself: its sentences, their clauses, and stretches of clauses that are
 * long, since many people write without any marks at all.
 */
export function statementsOf(text: string): Statement[] {
  const sentences = sentencesOf(text);
  const statements = sentences.flatMap(inSentence);
  if (sentences.length > 1 && lengthOf(text) <= shortMessage)
    statements.push({ said: text.trim(), wider: text.trim(), isPart: false, sentence: text.trim() });
  return statements;
}

function inSentence(sentence: string): Statement[] {
  const statements: Statement[] = [{ said: sentence, wider: sentence, isPart: false, sentence }];
  const clauses = clausesOf(sentence);
  clauses.forEach((clause, index) => {
    if (clauses.length > 1) {
      const after = lengthOf(clause) < fragment ? clauses[index + 1] : undefined;
      const wider = [clauses[index - 1], clause, after].filter((one) => one !== undefined).reduce(joined);
      statements.push({ said: clause, wider, isPart: false, sentence });
    }
    for (const { said, wider } of stretchesOf(clause)) statements.push({ said, wider, isPart: true, sentence });
  });
  return statements;
}

/** Marks that end a clause. Inside a number or a word they end nothing. */
const marks = /(?<=[,;:)…،；：，、\]]|\s[-–—])\s+|(?<=[，、；：،])|\s+(?=\()/u;
/**
 * Words that begin a clause. Left out are those that mean something else in another language ("i", "a", "car"), and
 * those that make what follows part of what was said before ("that", "dass", "что"): "he said that I should talk to a
 * person" is one clause.
 */
const openers = [
  // What it is about is another piece than what is asked for: "I want to talk to a person | about my broken lamp".
  "about|regarding|concerning|wegen|über|bezüglich|sobre|acerca|respecto|au sujet|à propos|concernant|riguardo|насчёт|насчет|по поводу|про|щодо",
  "and|so|because|but|since|although|though|therefore|hence|cause|cuz|coz|bcoz|however",
  "und|also|deshalb|deswegen|darum|daher|weil|aber|denn|trotzdem",
  "y|así|asi|porque|pero|entonces|por eso|por ello|e|então|entao|mas|portanto|por isso|pois|además",
  "et (?:je|j'|on|nous|vous|il|elle|ça|ce|puis|pouvez|pourriez|personne|rien|toujours|maintenant|là)|donc|parce|puisque|mais|alors|du coup|c'est pourquoi",
  "quindi|perché|perche|perciò|percio|però|ma (?:io|non|vorrei|voglio|mi|posso)|allora|dunque|siccome",
  "en (?:ik|we|wij|nu|het|er|u|wil|kan|kunt|geef|verbind|niemand|graag)|dus|daarom|omdat|maar",
  "więc|wiec|dlatego|bo|ponieważ|ale|i (?:chcę|chce|chciał|proszę|nie|nikt|teraz|želim|zelim|hoću|hocu|vull|voldria)",
  "takže|takze|proto|protože|protoze|preto|pretože|lebo|a (?:chci|chtěl|chcem|prosím|nikdo|teď|potřebuj)\\p{L}*",
  "й|та|тому|бо|але|и|поэтому|потому|но|поскольку|оскільки|так что|затова|защото|зато|јер|али|па",
  "ve|bu yüzden|o yüzden|bu nedenle|çünkü|cunku|ama|fakat|dolayı",
  "لذلك|لهذا|لذا|لأن|لان|لكن|فأريد|عشان|علشان|برای همین|چون|اما|ولی|پس",
  "इसलिए|और|क्योंकि|लेकिन|तो|isliye|islie|aur|kyunki|kyonki|lekin|toh",
  "그래서|그리고|그런데|근데|그러니|그러니까|하지만",
  "så|och|eftersom|men|därför|og|fordi|derfor|ettersom|joten|koska|mutta|siksi",
  "nên|và|vì|nhưng|vậy|jadi|karena|tapi|makanya|sehingga|soalnya|kerana|sebab",
  "zato|jer|ali|pa|deci|așa că|asa ca|pentru că|ezért|és|mert|tehát|γι'|και|γιατί|αλλά|οπότε|així|perquè",
  "אז|ולכן|לכן|כי|אבל|তাই|এবং|কিন্তু",
].join("|");
const opener = new RegExp(`\\s+(?=(?:${openers})\\s)`, "giu");
/** Chinese, Japanese and Thai say it without a blank; Japanese and Korean end the clause before with it. */
const unspacedOpener =
  /(?=所以|因此|因为|因為|但是|可是|而且|麻烦|麻煩|请(?!问)|請(?!問)|เลย(?=อยาก|ขอ|ต้อง)|ดังนั้น|เพราะ|แต่|ช่วย)|(?<=(?:ので|のに|けど|から|ですが|ますが|ないし|たし|て、))/u;
/** These make what follows part of what stands before, mark or no mark. */
const subordinate =
  /^(?:that|dass|daß|que|qu'|che|że|ze|żeby|zeby|by|aby|abych|že|что|чтобы|що|щоб|да|da|hogy|ότι|att|at|että|bahwa|rằng|că|să|कि|ki|أن|ان|که|whether|if|ob|who|which|where|when|der|die|das|quien|qui|który|która|ktorý|který|jenž|который|которая|який|яка|cui)\s/iu;

/** The clauses of a sentence, as written and in order. */
function clausesOf(sentence: string): string[] {
  const clauses: string[] = [];
  for (const marked of sentence.split(marks)) {
    for (const piece of marked.split(unspaced.test(marked) ? unspacedOpener : opener)) {
      const clause = piece.trim();
      if (!clause) continue;
      const before = clauses.at(-1);
      if (before !== undefined && subordinate.test(clause)) clauses[clauses.length - 1] = joined(before, clause);
      else clauses.push(clause);
    }
  }
  return clauses;
}

function stretchesOf(clause: string): { said: string; wider: string }[] {
  const isUnspaced = unspaced.test(clause);
  const { from, words: size, step, end } = isUnspaced ? unspacedStretch : stretch;
  const units = isUnspaced ? Array.from(clause) : clause.split(/\s+/);
  const between = isUnspaced ? "" : " ";
  const piece = (start: number, length: number) => units.slice(Math.max(0, start), start + length).join(between);
  const stretches: { said: string; wider: string }[] = [];
  // "... on my list real agent please": without marks, a short request comes first or last.
  if (units.length > 2 * end)
    stretches.push(
      { said: piece(0, end), wider: piece(0, size) },
      { said: piece(units.length - end, end), wider: units.slice(-2 * size).join(between) },
    );
  if (units.length <= from) return stretches;
  for (let at = 0; ; at += step) {
    // The last one reaches the end, whole.
    const start = Math.min(at, units.length - size);
    stretches.push({
      said: piece(start, size),
      wider: units.slice(Math.max(0, start - size), start + size).join(between),
    });
    if (start + size >= units.length) return stretches;
  }
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{3}/u;

/** Words, or half of the characters where words are written without blanks. */
function lengthOf(text: string): number {
  if (unspaced.test(text)) return Math.ceil(text.length / 2);
  return text.trim().split(/\s+/).length;
}

function joined(before: string, after: string): string {
  return unspaced.test(after) && unspaced.test(before) ? before + after : `${before} ${after}`;
}
