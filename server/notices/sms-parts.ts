/** Characters of GSM 03.38 that our English uses; those of the second group take two places. */
const gsm = /^[\n !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥]*$/;
const gsmExtended = /[[\]{}\\~^|€]/g;

/**
 * How many short messages a text is: 160 characters of GSM 03.38, or 153 in each of several; all else in UCS-2, 70 or 67.
 */
export function countParts(text: string): number {
  const basic = text.replace(gsmExtended, '');
  const isGsm = gsm.test(basic);
  const units = isGsm ? 2 * text.length - basic.length : text.length;
  const [alone, inEach] = isGsm ? [160, 153] : [70, 67];
  return units <= alone ? 1 : Math.ceil(units / inEach);
}
