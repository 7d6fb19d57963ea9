import { deskContract, type Fixture } from "../../emulators/desk.contract";
import { zendeskTicketsEmulator } from "../../emulators/zendesk-tickets";
import { zendeskTickets } from ".";
import fixtures from "./fixtures/webhooks.json";

deskContract(zendeskTickets, zendeskTicketsEmulator, { fixtures: fixtures as Fixture[] });
