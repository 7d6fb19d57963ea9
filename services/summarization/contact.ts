import type { Customer, Line } from "./summary";

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
const phone = /(?<![\w#-])\+\d[\d ()/-]{7,17}\d/;

/** How to reach the customer: what is known, else what they wrote themselves. Null when there is nothing. */
export function contactOf(customer: Customer, messages: Line[]): string | null {
  const own = messages.filter(({ author }) => author === "CUSTOMER");
  const address = customer.email ?? latest(own, email);
  const number = latest(own, phone);
  const reach = [address, number].filter(Boolean).join(", ");
  if (customer.name && reach) return `${customer.name} (${reach})`;
  return customer.name ?? (reach || null);
}

function latest(messages: Line[], pattern: RegExp): string | null {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const found = messages[index]?.text.match(pattern)?.[0];
    if (found) return found;
  }
  return null;
}
