import type { Express } from "express";
import { checked, matches, pages, refuse, searched } from "./answers";
import * as shapes from "./shapes";
import { type Contact, seconds, type Workspace, workspaceId } from "./workspace";

type SearchedField = "email" | "external_id" | "role" | "name" | "created_at";

/** Contacts: users, whose external id or e-mail is theirs alone, and leads, who share theirs with anybody. */
export function contactRoutes(app: Express, { contacts }: Workspace, nextId: () => number): void {
  app.post("/contacts/search", (request, response) => {
    const body = searched(["email", "external_id", "role", "name", "created_at"], request, response);
    if (!body) return;
    const found = [...contacts.values()].filter(
      (contact) => !contact.archived && matches(body.query, (field) => contact[field as SearchedField]),
    );
    response.json({
      type: "list",
      data: found.map(shownContact),
      total_count: found.length,
      pages: pages(found.length),
    });
  });
  app.get("/contacts/find_by_external_id/:externalId", (request, response) => {
    const found = [...contacts.values()].find(
      ({ role, external_id, archived }) => role === "user" && !archived && external_id === request.params.externalId,
    );
    if (!found) return refuse(response, 404, "not_found", "User Not Found");
    response.json(shownContact(found));
  });
  app.get("/contacts/:id", (request, response) => {
    const found = contacts.get(request.params.id);
    if (!found) return refuse(response, 404, "not_found", "User Not Found");
    response.json(shownContact(found));
  });
  app.post("/contacts", (request, response) => {
    const body = checked(shapes.newContact, request, response);
    if (!body) return;
    const role = body.role ?? "user";
    const { external_id = null, email = null, name = null } = body;
    // Leads share what users may not.
    const other =
      role === "user" &&
      [...contacts.values()].find(
        (one) =>
          one.role === "user" &&
          (external_id ? one.external_id === external_id : email !== null && sameEmail(one.email, email)),
      );
    if (other)
      return refuse(
        response,
        409,
        "conflict",
        `${other.archived ? "An archived contact" : "A contact"} matching those details already exists with id=${other.id}`,
      );
    const id = (0x62f0dd1bb69f9n * 0x100000000n + BigInt(nextId())).toString(16).padStart(24, "6");
    const contact = { id, role, external_id, email, name, created_at: seconds(), archived: false };
    contacts.set(id, contact);
    response.json(shownContact(contact));
  });
  app.post("/contacts/:id/archive", (request, response) => {
    const contact = contacts.get(request.params.id);
    if (!contact) return refuse(response, 404, "not_found", "User Not Found");
    contact.archived = true;
    const { id, external_id } = contact;
    response.json({ type: "contact", id, external_id, archived: true });
  });
  app.put("/contacts/:id", (request, response) => {
    const contact = contacts.get(request.params.id);
    if (!contact) return refuse(response, 404, "not_found", "User Not Found");
    const body = checked(shapes.contactChange, request, response);
    if (!body) return;
    Object.assign(contact, body);
    response.json(shownContact(contact));
  });
}

function shownContact({ archived: _archived, ...contact }: Contact) {
  return { type: "contact", workspace_id: workspaceId, phone: null, ...contact, updated_at: contact.created_at };
}

const sameEmail = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase();
