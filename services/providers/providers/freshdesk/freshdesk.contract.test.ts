import { deskContract, type Fixture } from "../../emulators/desk.contract";
import { freshdeskEmulator } from "../../emulators/freshdesk";
import { freshdesk } from ".";
import fixtures from "./fixtures/webhooks.json";

deskContract(freshdesk, freshdeskEmulator, { fixtures: fixtures as Fixture[] });
