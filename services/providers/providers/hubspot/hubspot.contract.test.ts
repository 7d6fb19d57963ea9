import { deskContract, type Fixture } from "../../emulators/desk.contract";
import { hubspotEmulator } from "../../emulators/hubspot";
import { hubspot } from ".";
import fixtures from "./fixtures/webhooks.json";

deskContract(hubspot, hubspotEmulator, { fixtures: fixtures as Fixture[] });
