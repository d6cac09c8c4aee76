/** Names the text of the law's code: changed by `npm run law:version`, and a check fails where it is not. */
export const textVersion = '9bc8cd0f212647d9';
