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
const largestExact = 2 ** 53;

/**
 * Reads a line of JSON as a case of either kind.
 * @returns the case, or what is wrong with it; never throws
 */
export function readCaseText(text: string): Case | InvalidCase {
  if (text.length > mostCharacters) return invalidCase(null, { path: '', message: 'expected a case of at most 1 MB' });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return invalidCase(null, { path: '', message: 'expected one JSON object' });
  }
  const read = readCase(document);
  if (
    'kind' in read &&
    read.kind === 'enrolment' &&
    read.meansTest?.incomeMonthly === largestExact &&
    !writesExactly(text)
  ) {
    return invalidCase(read.caseId, {
      path: '/meansTest/incomeMonthly',
      message: `expected at most ${String(largestExact)}`,
    });
  }
  return read;
}

/** JSON.parse rounds 2^53 + 1 to 2^53: was that what was written? */
function writesExactly(text: string): boolean {
  let exactly = true;
  JSON.parse(text, function income(key, value: unknown, context?: { readonly source?: string }) {
    if (key === 'incomeMonthly') exactly = context?.source === String(largestExact);
    return value;
  });
  return exactly;
}
