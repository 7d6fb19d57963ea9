import type { EmulatorDefinition } from "./emulator";
import { freshdeskEmulator } from "./freshdesk";

/** Every emulator: one folder each, one line here. */
export const emulators: EmulatorDefinition[] = [freshdeskEmulator];
