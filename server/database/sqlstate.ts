import { DatabaseError } from 'pg';
import { Fault, meaningOf, type FaultCode } from '../platform/index.ts';

/**
 * Errors are told apart by SQLSTATE, never by their text. The longest prefix that is listed decides; what is not listed
 * is a mistake in our code.
 */
const bySqlstate: Readonly<Record<string, FaultCode>> = {
  // Lost on the way, ended by an administrator or a crash, an error inside the server: done or not done.
  '08': 'DATABASE_OUTCOME_UNKNOWN',
  '57P01': 'DATABASE_OUTCOME_UNKNOWN',
  '57P02': 'DATABASE_OUTCOME_UNKNOWN',
  '57P05': 'DATABASE_OUTCOME_UNKNOWN',
  '40003': 'DATABASE_OUTCOME_UNKNOWN',
  '25P03': 'DATABASE_OUTCOME_UNKNOWN',
  '58': 'DATABASE_OUTCOME_UNKNOWN',
  XX: 'DATABASE_OUTCOME_UNKNOWN',
  // Never connected, or to a server that takes no writes.
  '08001': 'DATABASE_UNAVAILABLE',
  '08004': 'DATABASE_UNAVAILABLE',
  '57P03': 'DATABASE_UNAVAILABLE',
  '53': 'DATABASE_UNAVAILABLE',
  '25006': 'DATABASE_UNAVAILABLE',
  '53100': 'DATABASE_DISK_FULL',
  '40001': 'DATABASE_CONFLICT',
  '40P01': 'DATABASE_CONFLICT',
  '55P03': 'DATABASE_CONFLICT',
  '57014': 'DATABASE_TIMED_OUT',
  '23505': 'DATABASE_DUPLICATE',
  '23P01': 'DATABASE_DUPLICATE',
  '23': 'DATABASE_CONSTRAINT',
  '22': 'DATABASE_BAD_VALUE',
  '28': 'DATABASE_ACCESS_REFUSED',
  '42501': 'DATABASE_ACCESS_REFUSED',
};

/** Failures of a connection that is being made: nothing can have been done. */
const neverConnected = ['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES'];
const lostOnTheWay = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

/** The driver gives these no code; a test holds each to the driver's version that is locked. */
const byDriverMessage: readonly (readonly [RegExp, FaultCode])[] = [
  [/^timeout exceeded when trying to connect$/, 'DATABASE_UNAVAILABLE'],
  [/^Connection terminated due to connection timeout$/, 'DATABASE_UNAVAILABLE'],
  [/^Cannot use a pool after calling end on the pool$/, 'DATABASE_UNAVAILABLE'],
  [/^Client has encountered a connection error and is not queryable$/, 'DATABASE_OUTCOME_UNKNOWN'],
  [/^Client was closed and is not queryable$/, 'DATABASE_OUTCOME_UNKNOWN'],
  [/^Connection terminated/, 'DATABASE_OUTCOME_UNKNOWN'],
  [/^Query read timeout$/, 'DATABASE_OUTCOME_UNKNOWN'],
];

/** The code of an error that the driver threw; undefined for any other error. */
export function findFaultCode(error: unknown): FaultCode | undefined {
  if (error instanceof Fault) return error.code;
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (error instanceof DatabaseError) return codeOfSqlstate(typeof code === 'string' ? code : '');
  if (typeof code === 'string' && neverConnected.includes(code)) return 'DATABASE_UNAVAILABLE';
  if (typeof code === 'string' && lostOnTheWay.includes(code)) return 'DATABASE_OUTCOME_UNKNOWN';
  return byDriverMessage.find(([pattern]) => pattern.test(error.message))?.[1];
}

export function codeOfSqlstate(sqlstate: string): FaultCode {
  return bySqlstate[sqlstate] ?? bySqlstate[sqlstate.slice(0, 2)] ?? 'DATABASE_FAULT';
}

/** The same error as a fault of the closed list; errors that are not the database's stay what they are. */
export function asFault(error: unknown): unknown {
  const code = findFaultCode(error);
  return code === undefined || error instanceof Fault ? error : new Fault(code, meaningOf(code), error);
}

/** Which constraint refused a row, by its name. */
export function findConstraint(error: unknown): string | undefined {
  const found = error instanceof Fault ? error.cause : error;
  return found instanceof DatabaseError ? found.constraint : undefined;
}

/** After these the connection is of no use: it goes, and with it whatever was under way. */
export function isConnectionLost(error: unknown): boolean {
  const code = findFaultCode(error);
  return code === 'DATABASE_OUTCOME_UNKNOWN' || code === 'DATABASE_UNAVAILABLE';
}
