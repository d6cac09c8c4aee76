export const languages = ['fa', 'en'] as const;
export type Language = (typeof languages)[number];

export const directions = { fa: 'rtl', en: 'ltr' } as const satisfies Record<Language, string>;

/** The same in both languages, where the text is not the portal's own. */
export interface Texts {
  readonly fa: string;
  readonly en: string;
}
