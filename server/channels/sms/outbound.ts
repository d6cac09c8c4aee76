import { setTimeout as sleep } from 'node:timers/promises';
import { withoutBidiControls } from '../sms-text/index.ts';
import type { OutboundRequest } from './gateway-file.ts';

/** One text to one telephone. */
export interface SmsToSend {
  /** 989121234567n */
  readonly to: bigint;
  readonly text: string;
  /** Our own name for it, where the gateway takes one. */
  readonly id?: string;
}

/** Never throws. `notTaken`: the gateway does not have it, as far as can be known. */
export type SendSms = (message: SmsToSend) => Promise<'taken' | 'notTaken'>;

const patienceMs = 10_000;
const pausesMs = [500, 2_000];

/** Sends by the gateway's HTTP request; tried again where nothing can have arrived, or it asks for it (429, 503). */
export function createHttpSender(request: OutboundRequest): SendSms {
  return async (message) => {
    for (const pause of pausesMs) {
      const result = await post(request, message);
      if (result !== 'again') return result;
      await sleep(pause);
    }
    return (await post(request, message)) === 'taken' ? 'taken' : 'notTaken';
  };
}

async function post(request: OutboundRequest, message: SmsToSend): Promise<'taken' | 'notTaken' | 'again'> {
  try {
    const response = await fetch(...requestOf(request, message));
    await response.body?.cancel();
    if (response.ok) return 'taken';
    return response.status === 429 || response.status === 503 ? 'again' : 'notTaken';
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: unknown };
    return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'again' : 'notTaken';
  }
}

/** The request for one message; what is filled in is encoded for the place where it stands. */
export function requestOf(
  { url, method, headers = {}, query = {}, form, json, numbers = 'plus', from = '' }: OutboundRequest,
  { to, text, id = '' }: SmsToSend,
): [URL, RequestInit] {
  const values: Readonly<Record<string, string>> = {
    to: written[numbers](to),
    from,
    text: withoutBidiControls(text),
    id,
  };
  const filled = (template: string, encode: (value: string) => string = String): string =>
    template.replace(/\{(to|from|text|id)\}/g, (_whole, name: string) => encode(values[name] ?? ''));
  const filledFields = (fields: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(fields).map(([name, template]) => [name, filled(template)]);
  const address = new URL(filled(url, encodeURIComponent));
  for (const [name, value] of filledFields(query)) address.searchParams.append(name, value);
  const body = form === undefined ? undefined : new URLSearchParams(filledFields(form));
  const asJson = json === undefined ? undefined : JSON.stringify(filledDeep(json, filled));
  return [
    address,
    {
      method,
      headers: {
        ...(asJson !== undefined && { 'content-type': 'application/json' }),
        ...Object.fromEntries(filledFields(headers)),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      ...(method !== 'GET' && (body ?? asJson) !== undefined && { body: body ?? asJson ?? '' }),
    },
  ];
}

const written = {
  plus: (to: bigint) => `+${String(to)}`,
  international: String,
  national: (to: bigint) => `0${String(to).slice(2)}`,
} as const;

function filledDeep(template: unknown, filled: (text: string) => string): unknown {
  if (typeof template === 'string') return filled(template);
  if (Array.isArray(template)) return template.map((each) => filledDeep(each, filled));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filledDeep(value, filled)]));
}
