/** Names the text of the law's code: changed by `npm run law:version`, and a check fails where it is not. */
export const textVersion = 'acaabd4d5b84c53b';
