import type { EmulatorDefinition } from "./emulator";
import { freshdeskEmulator } from "./freshdesk";
import { intercomEmulator } from "./intercom";

/** Every emulator: one folder each, one line here. */
export const emulators: EmulatorDefinition[] = [freshdeskEmulator, intercomEmulator];
