/** Where a source text is from: the gazette itself, a copy of its words, or words changed on the way. */
export type SourceProvenance = 'official' | 'copy' | 'reworded';

export type Source = {
  readonly instrument: 'T' | 'M';
  readonly file: string;
  readonly fa: string;
  readonly en: string;
  readonly provenance: SourceProvenance;
  /** How the text came here, and how far it can be trusted. */
  readonly note: string;
  /** Day of publication, Solar Hijri. */
  readonly publishedOn: string;
  readonly sha256: string;
};

/** The texts on which the clauses rest. A text is never edited: a better copy is added, and the quotes are moved to it. */
export const sources: readonly Source[] = [
  {
    instrument: 'T',
    file: 'tamin-1399.txt',
    fa: 'دستور اداری سازمان تأمین اجتماعی: حذف درج اعتبار دفترچه و استعلام استحقاق درمان',
    en: 'Administrative order of the Social Security Organization: inquiry of treatment entitlement instead of booklet validity',
    provenance: 'copy',
    note: 'Press report of the order, news item 728990; the sentences of the order alone. Blanks between parts of words were lost.',
    publishedOn: '1399/02/28',
    sha256: '1689ca17dddcd9523e92b8182091f06f6b3513514e1d43baf9d03ed41be5e00a',
  },
  {
    instrument: 'M',
    file: 'ihio-1398.txt',
    fa: 'شیوه‌نامه اجرایی بیمه الزامی افراد فاقد بیمه، سازمان بیمه سلامت ایران',
    en: 'Procedure for the mandatory insurance of the uninsured, Iran Health Insurance Organization',
    provenance: 'reworded',
    note:
      'A reposted press report in which words were exchanged for synonyms; it begins within article 2 and ends after article 4. ' +
      'Its figures are more trustworthy than its wording.',
    publishedOn: '1398/07/12',
    sha256: 'dc7ce15374d6a31374aadf1471d5f7f6f37231ef750d63c873063d7c5529c3a8',
  },
];
