import { refuse } from "../../kit/errors";
import { storable } from "../../kit/storable";
import type { ArticleVisibility } from "./article.entity";
import { primaryOf } from "./language";

export const longestBody = 300_000;

/** What an article says; everything but the text may be changed on its own. */
export interface ArticleText {
  title: string;
  body: string;
  language: string;
  url: string | null;
  visibility: ArticleVisibility;
}

/** What an article, or a version of one, says. */
export function textOf({ title, body, language, url, visibility }: ArticleText): ArticleText {
  return { title, body, language, url, visibility };
}

/** The text as it is kept. Throws BAD_INPUT, in a sentence, when it cannot be. */
export function checked(text: ArticleText): ArticleText {
  const title = storable(text.title).trim();
  const body = storable(text.body);
  if (!title || title.length > 300) throw refuse("BAD_INPUT", "The title must have 1 to 300 characters.");
  if (!body.trim()) throw refuse("BAD_INPUT", "The body must not be empty.");
  if (body.length > longestBody) throw refuse("BAD_INPUT", `The body must have at most ${longestBody} characters.`);
  if (text.url && !isWebAddress(text.url)) throw refuse("BAD_INPUT", badUrl);
  if (!isLanguage(text.language) || !primaryOf(text.language)) throw refuse("BAD_INPUT", badLanguage);
  return { ...text, title, body, url: text.url || null };
}

export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

export const badUrl = "The url must begin with http:// or https://.";
export const badLanguage = "The language must be a BCP 47 code, such as en or pt-br.";

/** Is this a language code we can keep? en, pt-br, zh-hant. */
export function isLanguage(code: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(code) && primaryOf(code).length <= 3;
}
