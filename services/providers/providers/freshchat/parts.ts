import type { Part } from "./api";

/** What a message says, as text: its words, and where its pictures and files are. */
export function textOf(parts: Part[] | null | undefined): string {
  return (parts ?? [])
    .flatMap(({ text, email, image, video, file }) => [
      text?.content,
      email?.content && plain(email.content),
      image?.url,
      video?.url,
      file?.url && (file.name ? `${file.name}: ${file.url}` : file.url),
    ])
    .filter(Boolean)
    .join("\n")
    .trim();
}

/** E-mail parts are HTML. */
function plain(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(p|div|li)>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .trim();
}
