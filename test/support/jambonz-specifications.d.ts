declare module '@jambonz/verb-specifications' {
  /** Throws where an application's verbs are not what jambonz takes. */
  export function validate(logger: { info: (...words: unknown[]) => void }, verbs: unknown): void;
}
