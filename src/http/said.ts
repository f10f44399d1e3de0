/** What the asker hears of a refusal: HTTP status, and what to do about it in both languages. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly titleJa: string;
  readonly en: string;
  readonly ja: string;
}

/** The words of one refusal: English title and advice, then the Japanese ones. */
export const said = (status: number, title: string, en: string, [titleJa, ja]: readonly [string, string]): Problem => ({
  status,
  title,
  titleJa,
  en,
  ja,
});
