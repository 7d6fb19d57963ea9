import { ProviderFailure, type WebhookInput } from "../../provider";
import { apiOf, userAnswer } from "./api";
import type { Config } from "./config";

/** Who somebody is: an assignment and an audit tell an id, the customer reads a name. */
export async function personOf(
  userId: string,
  { config, account, signal }: Pick<WebhookInput<Config>, "config" | "account" | "signal">,
): Promise<{ id: string; name: string; isStaff: boolean }> {
  const asked = { method: "GET" as const, path: `/api/v2/users/${encodeURIComponent(userId)}`, signal };
  const { body } = await apiOf(config, account)
    .request({ ...asked, allow: [404] })
    .catch((error: unknown) => {
      // Not allowed to see people: the handover is taken all the same.
      if (error instanceof ProviderFailure && !error.retry) return { body: null };
      throw error;
    });
  const user = userAnswer.safeParse(body).data?.user;
  return { id: userId, name: user?.name ?? "", isStaff: user?.role === "agent" || user?.role === "admin" };
}
