/** Names the text of the law's code: changed by `npm run law:version`, and a check fails where it is not. */
export const textVersion = '200259a21f90969c';
