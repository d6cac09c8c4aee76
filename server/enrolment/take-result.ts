import type { PoolClient } from 'pg';
import { isoDay } from '@estehqaq/law';
import { system } from './actor.ts';
import type { MeansTestResult } from './means-testing.ts';
import { keepDecision, lastCase, openDesk, todayOf, type Desk } from './move.ts';
import { updateApplication } from './application-store.ts';
import type { EnrolmentParts } from './parts.ts';
import { goOn, numberOf } from './settle.ts';
import { tell } from './tell.ts';

/**
 * Takes a result of the ministry in, in the household's transaction: the case is decided by it and goes on (M-07, M-22). One
 * that comes after the household has paid changes nothing of the term that was paid; the next one is rated by it (M-16).
 */
export function onResult(parts: EnrolmentParts) {
  return async (client: PoolClient, result: MeansTestResult): Promise<void> => {
    const { household, application } = result;
    if (application === null) return;
    const desk = await openDesk(parts, client, { household, application }, parts.clock.now());
    if (!isOpenToIt(desk)) return;
    const { caseDocument, inputs } = lastCase(desk);
    const { determinedOn, incomeMonthly, decile } = result;
    const meansTest = {
      determinedOn,
      incomeMonthly: incomeMonthly === null ? null : Number(incomeMonthly),
      decile,
    };
    await updateApplication(client, desk.application, { result: result.result });
    const document = { ...caseDocument, route: desk.application.document.route, meansTest, paidOn: null };
    const decision = await keepDecision(desk, 'meansTest', document, inputs);
    await goOn(desk, system);
    if (decision.group !== null && decision.payable !== null) {
      const payBy = desk.application.billUntil;
      const told = { application: numberOf(desk), group: decision.group, payable: BigInt(decision.payable), payBy };
      await tell(desk, 'meansTestResult', told, `${numberOf(desk)}:${isoDay(todayOf(desk))}:${result.result}`);
    }
  };
}

function isOpenToIt({ application: { state, document } }: Desk): boolean {
  return document.route === 'meansTest' && ['submitted', 'declared', 'tested', 'billed'].includes(state);
}
