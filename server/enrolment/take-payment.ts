import type { PoolClient } from 'pg';
import type { OnExpired, OnPaid } from '../contributions/index.ts';
import { fault, system } from './actor.ts';
import { hasTerms, isSamePrice } from './law-case.ts';
import { keepDecision, lastCase, move, openDesk } from './move.ts';
import type { EnrolmentParts } from './parts.ts';
import { tell } from './tell.ts';
import { writeCover } from './write-cover.ts';

/**
 * What payment does, in the transaction that marks the bill paid: the law is asked with the day of the deposit, and the
 * cover with its waiting days is written (M-29, M-30). The price is that of the bill: it was good for that day.
 */
export function onPaid(parts: EnrolmentParts): OnPaid {
  return async (client: PoolClient, { household, application, bill, paidOn }) => {
    const desk = await openDesk(parts, client, { household, application }, parts.clock.now());
    if (desk.application.bill !== bill) throw fault('APPLICATION_STATE');
    const billed = lastCase(desk);
    const decision = await keepDecision(desk, 'settlement', { ...billed.caseDocument, paidOn }, billed.inputs);
    const isAsBilled = hasTerms(decision) && hasTerms(billed.decision) && isSamePrice(decision, billed.decision);
    const amount = BigInt(billed.decision.payable ?? 0);
    await move(
      desk,
      {
        what: 'pay',
        actor: system,
        clauses: decision.clauses,
        // A later act has changed the price while the bill was good: who has paid it owes nothing more.
        ...(!isAsBilled && { reason: 'PRICE_CHANGED_SINCE' }),
      },
      { awaits: null },
    );
    await tell(desk, 'paymentReceived', { bill: String(bill), amount }, String(bill));
    await writeCover(desk);
  };
}

/** What is owed is priced anew when it is asked for; the day of submission stays. */
export function onExpired(parts: EnrolmentParts): OnExpired {
  return async (client: PoolClient, { household, application, bill }) => {
    const desk = await openDesk(parts, client, { household, application }, parts.clock.now());
    if (desk.application.bill !== bill || desk.application.state !== 'billed') return;
    const amount = BigInt(lastCase(desk).decision.payable ?? 0);
    await move(desk, { what: 'billExpired', actor: system }, { awaits: 'newPrice', bill: null, billUntil: null });
    await tell(desk, 'billExpired', { bill: String(bill), amount }, String(bill));
    // Who renews and does not pay comes again, and the day of that request counts (M-56, M-57).
    if (desk.application.kind !== 'renewal') return;
    await move(desk, { what: 'withdraw', actor: system, reason: 'BILL_EXPIRED' }, { awaits: null, recheckDueAt: null });
  };
}
