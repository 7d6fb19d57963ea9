import { deskContract, type Fixture } from "../../emulators/desk.contract";
import { intercomEmulator } from "../../emulators/intercom";
import { intercom } from ".";
import fixtures from "./fixtures/webhooks.json";

deskContract(intercom, intercomEmulator, { fixtures: fixtures as Fixture[] });
