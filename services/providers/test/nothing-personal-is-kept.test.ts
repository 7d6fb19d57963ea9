import { configFields } from "../config-fields";
import { desks } from "../desks";
import { emulators } from "../emulators";
import { startEmulator } from "../emulators/emulator";
import { exercise } from "../emulators/exercise";
import { exampleHanding } from "../handing.example";
import { knownOf, maskRequest } from "../mask-payload";
import { type Exchange, recordExchanges } from "../provider.record";

const handing = { ...exampleHanding(), tags: ["lamps", "Returns & refunds"] };
const known = knownOf(handing, null, []);

test.each(desks.map((desk) => [desk.title, desk] as const))(
  "%s: of all the requests it makes, nothing is kept that tells of a person, and no secret",
  async (_, desk) => {
    const definition = emulators.find(({ name }) => name === desk.name);
    if (!definition) throw new Error("every desk has an emulator");
    const emulator = await startEmulator(definition);
    try {
      const book: Exchange[] = [];
      await recordExchanges(book, () => exercise(desk, emulator));
      expect(book.length).toBeGreaterThan(5);
      const kept = book.map((exchange) => maskRequest(exchange, known));
      const config = emulator.config();
      const secrets = configFields(desk.config).flatMap(({ name, secret }) =>
        secret ? String(config[name] ?? "") : [],
      );
      const texts = [
        "mia@example.com",
        "mia%40example.com",
        "Mia",
        "Ines",
        "lamp arrived",
        "One more thing",
        "private note",
      ];
      for (const request of kept) {
        const all = JSON.stringify(request);
        for (const text of [...texts, ...secrets.filter((secret) => secret.length > 5)])
          expect({ text, found: all.includes(text) && all }).toEqual({ text, found: false });
      }
      // It is worth keeping all the same: most requests say which thing they are about.
      expect(kept.filter(({ path, answered }) => /\d|baton-/.test(`${path}${answered}`)).length).toBeGreaterThan(
        kept.length / 2,
      );
    } finally {
      await emulator.stop();
    }
  },
  60_000,
);
