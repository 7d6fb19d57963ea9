import { readFileSync, writeFileSync } from "node:fs";
import { deflateSync, inflateSync } from "node:zlib";
import { projectPath } from "../../../kit/project";

const pathOf = (name: string) => projectPath("services/policy/learned", name);

/** What was learned under this name (`intent.bin`); it lies in this folder, compressed. Throws when it is not to be read. */
export function readLearned(name: string): Buffer {
  try {
    return inflateSync(readFileSync(pathOf(name)));
  } catch (cause) {
    throw new Error(`${pathOf(name)} is nothing that was learned; run: npm run train -- ${name}`, { cause });
  }
}

/** Does the file hold just this? What compresses may differ between versions of Node.js, what is compressed does not. */
export function isLearned(name: string, bytes: Buffer): boolean {
  try {
    return readLearned(name).equals(bytes);
  } catch {
    return false;
  }
}

export function keepLearned(name: string, bytes: Buffer): void {
  writeFileSync(pathOf(name), deflateSync(bytes, { level: 9 }));
}
