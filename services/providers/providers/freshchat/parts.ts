import { fromHtml } from "../../provider.text";
import type { Part } from "./api";

/** What a message says, as text: its words, and where its pictures and files are. */
export function textOf(parts: Part[] | null | undefined): string {
  return (parts ?? [])
    .flatMap(({ text, email, image, video, file }) => [
      text?.content,
      email?.content && fromHtml(email.content),
      image?.url,
      video?.url,
      file?.url && (file.name ? `${file.name}: ${file.url}` : file.url),
    ])
    .filter(Boolean)
    .join("\n")
    .trim();
}
