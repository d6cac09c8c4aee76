import type { Case } from '../facts.ts';
import { clashesOfEnrolment, enrolmentCase } from './enrolment-case.ts';
import { clashesOfEntitlement, entitlementCase } from './entitlement-case.ts';
import { Reading, type Fault } from './reading.ts';
import { variantBy, type Shape } from './shape.ts';

export const anyCase: Shape<Case> = variantBy<Case>('kind', { enrolment: enrolmentCase, entitlement: entitlementCase });

/** A case that is none: the first fault in document order, and the id under which its answer goes back. */
export type InvalidCase = { readonly caseId: string | null; readonly error: { readonly code: 'INVALID_CASE' } & Fault };

export function invalidCase(caseId: unknown, fault: Fault): InvalidCase {
  return {
    caseId: typeof caseId === 'string' ? caseId : null,
    error: { code: 'INVALID_CASE', path: fault.path, message: fault.message },
  };
}

/**
 * Reads a parsed JSON document as a case of either kind.
 * @returns the case, or what is wrong with it; never throws
 */
export function readCase(document: unknown): Case | InvalidCase {
  const reading = new Reading();
  const facts = anyCase.read(document, reading);
  if (facts?.kind === 'enrolment') clashesOfEnrolment(facts, reading);
  else if (facts?.kind === 'entitlement') clashesOfEntitlement(facts, reading);
  const fault = reading.isFaultless ? undefined : reading.first(document);
  if (fault !== undefined) return invalidCase((document as { readonly caseId?: unknown } | null)?.caseId, fault);
  return facts as Case;
}

const mostCharacters = 1_000_000;

/**
 * Reads a line of JSON as a case of either kind.
 * @returns the case, or what is wrong with it; never throws
 */
export function readCaseText(text: string): Case | InvalidCase {
  if (text.length > mostCharacters) return invalidCase(null, { path: '', message: 'expected a case of at most 1 MB' });
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    return invalidCase(null, { path: '', message: 'expected one JSON object' });
  }
  const read = readCase(document);
  if (!('error' in read)) return read;
  return { ...read, error: { ...read.error, path: read.error.path.replaceAll(mark, '') } };
}

const mark = '\u0001';
const roundedDown = '9007199254740993';

/**
 * JSON.parse, but for two losses: it moves keys that look like numbers to the front of their object (no fact is called so:
 * marked, they stay in document order), and it rounds 2^53 + 1 down to 2^53.
 */
function parse(text: string): unknown {
  const kept = /"\d+"\s*:/.test(text)
    ? text.replaceAll(/"(\d+)"(\s*:)/g, `"${JSON.stringify(mark).slice(1, -1)}$1"$2`)
    : text;
  if (!text.includes(roundedDown)) return JSON.parse(kept);
  return JSON.parse(kept, function exactly(_key, value: unknown, context?: { readonly source?: string }) {
    return context?.source === roundedDown ? 2 ** 53 + 2 : value;
  });
}
