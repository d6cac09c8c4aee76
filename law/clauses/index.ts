import type { ClauseId } from '../words/clause-id.ts';
import type { Handled } from '../words/clause.ts';
import * as article2 from './mandatory-insurance/article-2.ts';
import * as article3a from './mandatory-insurance/article-3-a.ts';
import * as article3b from './mandatory-insurance/article-3-b.ts';
import * as article4 from './mandatory-insurance/article-4.ts';
import * as groupThree from './mandatory-insurance/article-4-group-three.ts';
import * as answer from './treatment-entitlement/answer.ts';
import * as channels from './treatment-entitlement/channels.ts';
import * as dependants from './treatment-entitlement/dependants.ts';
import * as dutyAndObjection from './treatment-entitlement/duty-and-objection.ts';
import * as inpatient from './treatment-entitlement/inpatient.ts';
import * as order from './treatment-entitlement/order.ts';
import * as ownStanding from './treatment-entitlement/own-standing.ts';

const files = [
  order,
  channels,
  inpatient,
  answer,
  ownStanding,
  dependants,
  dutyAndObjection,
  article2,
  article3a,
  article3b,
  groupThree,
  article4,
] as const;

/** T-01 to T-38, then M-01 to M-64. */
function place(cite: ClauseId): number {
  return (cite.startsWith('T') ? 0 : 100) + Number(cite.slice(2));
}

/** Every sentence of both regulations in somebody's hands, in the order of their numbers; a sentence may have several rules. */
export const allClauses: readonly Handled[] = files
  .flatMap((file): readonly unknown[] => Object.values(file))
  .filter((value): value is Handled => typeof value === 'object' && value !== null && 'cite' in value)
  .sort((one, other) => place(one.cite) - place(other.cite));
