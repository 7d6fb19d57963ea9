import { deskContract, type Fixture } from "../../emulators/desk.contract";
import { zendeskMessagingEmulator } from "../../emulators/zendesk-messaging";
import { zendeskMessaging } from ".";
import fixtures from "./fixtures/webhooks.json";

deskContract(zendeskMessaging, zendeskMessagingEmulator, { fixtures: fixtures as Fixture[] });
