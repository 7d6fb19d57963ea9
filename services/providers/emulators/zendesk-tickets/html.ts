/** What a person typed, as the desk keeps it. */
export const htmlOf = (text: string): string =>
  `<div class="zd-comment">${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</div>`;

/** A comment's HTML as plain text. */
export const asTextOf = (html: string): string =>
  html
    .replace(/<br\s*\/?>|<\/p>|<\/div>(?=.)/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
