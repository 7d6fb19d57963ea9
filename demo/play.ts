import type { Desk } from "./desk";
import { type Scene, scenes } from "./scenes";
import { openWidget, type ShownHandover } from "./widget";

export interface Played {
  title: string;
  ok: boolean;
  problem?: string;
}

/** Plays the scenes one after the other and prints, live, what the widget shows. Never throws for a scene that fails. */
export async function play(options: {
  url: string;
  widgetKey: string;
  /** Where the agent works; it is closed in the end. */
  desk: Desk;
  print: (line: string) => void;
}): Promise<Played[]> {
  const { desk } = options;
  const played: Played[] = [];
  for (const [index, scene] of scenes.entries()) {
    options.print("");
    options.print(`${index + 1}. ${scene.title}`);
    try {
      await playOne(scene, desk, options);
      played.push({ title: scene.title, ok: true });
    } catch (error) {
      const problem = (error as Error).message;
      options.print(`   FAILED: ${problem}`);
      played.push({ title: scene.title, ok: false, problem });
    }
  }
  await desk.close();
  return played;
}

async function playOne(
  scene: Scene,
  desk: Desk,
  options: { url: string; widgetKey: string; print: (line: string) => void },
): Promise<void> {
  let last: ShownHandover | null = null;
  const widget = await openWidget({
    url: options.url,
    widgetKey: options.widgetKey,
    customer: { name: "Robin Vale", email: "robin@example.com" },
    onMessage: (message) => {
      const who =
        message.author === "AGENT" ? `agent ${message.authorName ?? ""}`.trim() : message.author.toLowerCase();
      options.print(block(who, message.text));
    },
    onHandover: (handover) => {
      if (handover.status !== last?.status)
        options.print(
          block(
            "",
            `> handover ${handover.status}: ${handover.reason}${handover.ending ? `, ${handover.ending}` : ""}`,
          ),
        );
      if (handover.summary && !last?.summary) options.print(block("", `> summary\n${handover.summary.text}`));
      last = handover;
    },
    onControl: (control) => options.print(block("", `> control: ${control}`)),
  });
  try {
    await scene.play(widget, desk);
  } finally {
    await widget.close();
  }
}

/** One entry: who, then the text, wrapped to the terminal's usual 100 columns and indented. */
function block(who: string, text: string): string {
  const lines = text.split("\n").flatMap((line) => wrap(line, 82));
  return lines.map((line, index) => `   ${(index === 0 ? who : "").padEnd(12)} ${line}`).join("\n");
}

function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current ? `${current} ${word}` : word;
  }
  return [...lines, current];
}
