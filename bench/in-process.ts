import { decideEnrolment, decideEntitlement } from '@estehqaq/law';
import { enrolmentCases, entitlementCases, inquiryCases } from './cases.ts';
import { median, report } from './report.ts';

const rounds = 7;
const decisionsARound = 300_000;

/** @returns calls a second, the median of some rounds after one to warm up */
export function rateOf<T>(cases: readonly T[], decide: (one: T) => unknown): number {
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const begin = performance.now();
    for (let done = 0; done < decisionsARound;) {
      for (const one of cases) decide(one);
      done += cases.length;
      if (done >= decisionsARound && round > 0) rates.push((done * 1000) / (performance.now() - begin));
    }
  }
  return median(rates);
}

/** Decisions a second in this process, on one core. */
export function benchInProcess(): void {
  const cases = { inquiries: inquiryCases(), entitlement: entitlementCases(), enrolment: enrolmentCases() };
  report(
    'entitlement, a day of inquiries (nine providers to one person)',
    rateOf(cases.inquiries, (one) => decideEntitlement(one)),
    'decisions/s',
  );
  report(
    "entitlement, the contract's examples in turn",
    rateOf(cases.entitlement, (one) => decideEntitlement(one)),
    'decisions/s',
  );
  report(
    "enrolment, the contract's examples in turn",
    rateOf(cases.enrolment, (one) => decideEnrolment(one)),
    'decisions/s',
  );
}
