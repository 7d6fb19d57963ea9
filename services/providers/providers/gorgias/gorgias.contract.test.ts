import { deskContract, type Fixture } from "../../emulators/desk.contract";
import { gorgiasEmulator } from "../../emulators/gorgias";
import { gorgias } from ".";
import fixtures from "./fixtures/webhooks.json";

deskContract(gorgias, gorgiasEmulator, { fixtures: fixtures as Fixture[] });
