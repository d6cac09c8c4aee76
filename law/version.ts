/** Names the text of the law's code: changed by `npm run law:version`, and a check fails where it is not. */
export const textVersion = '814cbf22ccb583d1';
