import { z } from "zod";
import { defineProvider, type Handing, ProviderFailure } from "../../provider";
import { fillTemplate, type Placeholder, templateProblem } from "./fill-template";

const config = z
  .object({
    urlTemplate: z.string().max(1000).meta({
      description:
        "Where the customer goes, such as https://help.example.com/contact?subject={headline}. Placeholders: {handover_id}, {conversation_id}, {language}, {email}, {name}, {headline}, {summary}. What is in a URL ends up in logs: leave {email} and {summary} out unless the page needs them.",
    }),
    allowedHosts: z
      .array(z.string().min(1).max(253))
      .min(1)
      .max(20)
      .meta({ description: "The hosts a link may lead to, such as help.example.com. Nothing else is ever linked to." }),
    maxUrlLength: z
      .int()
      .min(100)
      .max(8000)
      .default(2000)
      .meta({ description: "Characters of the whole URL at most; longer values are shortened to fit." }),
  })
  .superRefine(({ urlTemplate, allowedHosts }, context) => {
    const problem = templateProblem(urlTemplate, allowedHosts);
    if (problem) context.addIssue({ code: "custom", path: ["urlTemplate"], message: problem });
  });
type Config = z.infer<typeof config>;

function valuesOf({ handoverId, conversationId, language, customer, summary }: Handing): Record<Placeholder, string> {
  return {
    handover_id: handoverId,
    conversation_id: conversationId,
    language,
    email: customer.email ?? "",
    name: customer.name ?? "",
    headline: summary?.headline ?? "",
    summary: summary?.text ?? "",
  };
}

function linkFor(settings: Config, values: Record<Placeholder, string>): string {
  try {
    return fillTemplate(settings.urlTemplate, values, {
      allowedHosts: settings.allowedHosts,
      limit: settings.maxUrlLength,
    });
  } catch (error) {
    throw new ProviderFailure(error instanceof Error ? error.message : "the template cannot be filled", {
      retry: false,
    });
  }
}

/** A page of the company's: a contact form, a ticket form. The customer goes there with the summary to paste. */
export const link = defineProvider<Config>({
  name: "LINK",
  title: "Link",
  mode: "LINK",
  capabilities: { handover: true, email: false, summary: "COPY_PASTE", tags: false, handBack: false },
  config,
  steps: {
    conversation: async ({ config: settings, handing }) => ({ url: linkFor(settings, valuesOf(handing)) }),
    summary: async ({ handing }) => ({ copyText: handing.summary?.text ?? "" }),
  },
  async testConnection(settings) {
    const example = linkFor(settings, {
      handover_id: "00000000-0000-4000-8000-000000000000",
      conversation_id: "00000000-0000-4000-8000-000000000001",
      language: "en",
      email: "customer@example.com",
      name: "Example Customer",
      headline: "My parcel has not arrived",
      summary: "My parcel has not arrived",
    });
    return { ok: true, message: `A customer would be sent to ${example}` };
  },
});
