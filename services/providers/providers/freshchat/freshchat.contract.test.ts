import { deskContract, type Fixture } from "../../emulators/desk.contract";
import { freshchatEmulator } from "../../emulators/freshchat";
import { freshchat } from ".";
import fixtures from "./fixtures/webhooks.json";

deskContract(freshchat, freshchatEmulator, { fixtures: fixtures as Fixture[] });
