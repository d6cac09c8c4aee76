import type { MessageState, Receipt } from './link.ts';
import type { IdForm, Operator } from './operator.ts';
import { numberOf, tag, textOf } from './parameters.ts';
import type { Parameters } from './pdu.ts';

/** `message_state` (SMPP 3.4, 5.2.28), and the same in the text of a receipt (appendix B). */
const statesByNumber: readonly (MessageState | undefined)[] = [
  undefined,
  'enroute',
  'delivered',
  'expired',
  'deleted',
  'undeliverable',
  'accepted',
  'unknown',
  'rejected',
];
const statesByWord = new Map<string, MessageState>([
  ['ENROUTE', 'enroute'],
  ['DELIVRD', 'delivered'],
  ['EXPIRED', 'expired'],
  ['DELETED', 'deleted'],
  ['UNDELIV', 'undeliverable'],
  ['ACCEPTD', 'accepted'],
  ['UNKNOWN', 'unknown'],
  ['REJECTD', 'rejected'],
]);

const words = { id: /\bid:\s*(\S+)/i, stat: /\bstat:\s*(\S+)/i, err: /\berr:\s*(\S+)/i };

/** @returns undefined where it does not say of which message it speaks */
export function findReceipt(
  text: string,
  parameters: Parameters,
  { messageIds }: Operator,
): Omit<Receipt, 'receivedAt'> | undefined {
  const word = (name: keyof typeof words): string | undefined => words[name].exec(text)?.[1];
  const inParameter = textOf(parameters.get(tag.receiptedMessageId));
  const inText = word('id');
  const ids = [
    ...(inParameter === undefined || inParameter === '' ? [] : [idIn(messageIds.inReceiptParameter, inParameter)]),
    ...(inText === undefined ? [] : [idIn(messageIds.inReceiptText, inText)]),
  ];
  const [id] = ids;
  if (id === undefined) return undefined;
  const state =
    statesByNumber[numberOf(parameters.get(tag.messageState)) ?? 0] ??
    statesByWord.get((word('stat') ?? '').slice(0, 7).toUpperCase()) ??
    'unknown';
  const error = word('err') ?? parameters.get(tag.networkErrorCode)?.toString('hex');
  return {
    id,
    possibleIds: [...new Set(ids)],
    state,
    isFinal: state !== 'enroute' && state !== 'accepted',
    ...(error !== undefined && { error }),
  };
}

/** An id in the one form in which ids are compared: a number is decimal, without zeros before it. */
export function idIn(form: IdForm, written: string): string {
  if (form === 'decimal' && /^\d{1,65}$/.test(written)) return String(BigInt(written));
  if (form === 'hexadecimal' && /^[\da-f]{1,65}$/i.test(written)) return String(BigInt(`0x${written}`));
  return written;
}
