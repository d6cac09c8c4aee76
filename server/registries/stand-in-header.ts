/** What a stand-in says of itself in every answer. */
export const standInHeader = 'estehqaq-stand-in';
