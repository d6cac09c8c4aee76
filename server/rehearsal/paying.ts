import { findDay, type Day } from '@estehqaq/law';
import { actorOf, type Stage } from './lives.ts';
import type { MadeUp, Paying } from './made-up-household.ts';
import type { RehearsalGateway } from './gateway.ts';

/** A bill that a household has got. */
export interface NewBill {
  readonly household: bigint;
  readonly bill: bigint;
  readonly application: bigint;
  readonly number: bigint;
  readonly payable: bigint;
  readonly payer: bigint;
  /** ISO. */
  readonly validUntil: string;
  readonly kind: string;
}

interface Till extends Stage {
  readonly gateway: RehearsalGateway;
}

const office = '72001';

/** Plans what a household does about a bill: pays at once, later, twice, wrongly, too late or never. */
export function planPayment(till: Till, household: MadeUp, bill: NewBill, today: Day): void {
  const { paying, random } = household;
  const last = findDay(bill.validUntil) ?? today;
  const inTime = (days: number): Day => Math.min(last, today + days) as Day;
  const doing = (act: (bill: NewBill) => Promise<void>) => () => act(bill);
  const online = doing((each) => payOnline(till, household, each));
  const atCounter = doing((each) => payAtCounter(till, each));
  const usual = household.byCounter ? atCounter : online;
  const plans: Readonly<Record<Paying, () => void>> = {
    atOnce: () => {
      till.plan(inTime(1), usual);
    },
    later: () => {
      till.plan(inTime(random.from(2, 25)), usual);
    },
    afterExpiry: () => {
      till.plan((last + 5) as Day, () => askPriceAnew(till, household, bill));
    },
    twice: () => {
      till.plan(
        inTime(2),
        doing((each) => payTwice(till, household, each)),
      );
    },
    wrongly: () => {
      till.plan(
        inTime(2),
        doing((each) => payWrongly(till, each)),
      );
      till.plan(inTime(4), usual);
    },
    tooLate: () => {
      planTooLate(till, household, bill, last);
    },
    never: () => undefined,
  };
  plans[paying]();
}

/** A bill that was priced anew is paid at once. */
async function askPriceAnew(till: Till, household: MadeUp, bill: NewBill): Promise<void> {
  // Of a renewal whose bill has expired nothing is left to price.
  if (bill.kind === 'renewal') return;
  const receipt = await till.desk.ask(({ enrolment }) =>
    enrolment.priceAnew({ actor: actorOf(household), number: String(bill.number), requestId: `anew:${bill.bill}` }),
  );
  if (receipt === undefined) return;
  const told = await till.desk.ask(({ enrolment }) => enrolment.read(receipt.number, { kind: 'system' }));
  if (told?.bill === null || told === undefined) return;
  const anew = { ...bill, bill: BigInt(told.bill), payable: BigInt(told.decisions.at(-1)?.decision.payable ?? 0) };
  await payOnline(till, household, anew);
}

async function begin(till: Till, bill: NewBill): Promise<string | undefined> {
  const { household, bill: id, payer } = bill;
  const begun = await till.desk.ask(({ payments }) => payments.request({ household, bill: id, by: `person:${payer}` }));
  return begun === undefined ? undefined : till.gateway.authorityOf(begun.redirectTo);
}

async function payOnline(till: Till, household: MadeUp, bill: NewBill): Promise<void> {
  const { random } = household;
  const authority = await begin(till, bill);
  // The gateway is silent: the payer tries again some days later, while the bill is good.
  if (authority === undefined) {
    if (random.isOneIn(2)) await payAtCounter(till, bill);
    return;
  }
  // Somebody else calls back first, and says that it is paid: with this attempt, and with one that there is not.
  if (random.isOneIn(20)) await comeBack(till, authority);
  if (random.isOneIn(30)) await comeBack(till, 'S00000000000000000000000000000000000');
  const gaveUp = random.isOneIn(25);
  till.gateway.books.settle(authority, gaveUp ? 'cancel' : 'pay');
  // The browser may be closed before it comes back, or be reloaded.
  const times = random.isOneIn(6) ? 0 : random.isOneIn(8) ? 2 : 1;
  for (let time = 0; time < times; time += 1) await comeBack(till, authority);
  if (gaveUp) await payAtCounter(till, bill);
}

async function comeBack(till: Till, authority: string): Promise<void> {
  await till.desk.ask(({ payments }) => payments.returnFromGateway({ authority, status: 'OK' }));
}

async function payAtCounter(till: Till, { household, bill, payable }: NewBill, receipt = 'r'): Promise<void> {
  const receiptNumber = `${receipt}${bill}`;
  const taken = { household, bill, office, operator: 'staff:sara', receiptNumber, amount: payable };
  await till.desk.ask(({ payments }) => payments.takeAtCounter(taken));
}

/** On the gateway's page and at the counter, before either knows of the other. */
async function payTwice(till: Till, { random }: MadeUp, bill: NewBill): Promise<void> {
  const authority = await begin(till, bill);
  if (authority !== undefined) till.gateway.books.settle(authority, 'pay');
  const ways = [
    payAtCounter(till, bill),
    ...(authority === undefined || random.isOneIn(3) ? [] : [comeBack(till, authority)]),
  ];
  await Promise.all(ways);
  await payAtCounter(till, bill, 'again');
}

async function payWrongly(till: Till, { household, bill, payable }: NewBill): Promise<void> {
  const wrong = { household, bill, office, operator: 'staff:sara', receiptNumber: `w${bill}`, amount: payable - 1000n };
  await till.desk.ask(({ payments }) => payments.takeAtCounter(wrong));
}

/** Begun on the last day, and paid on the gateway's page when the bill has expired. */
function planTooLate(till: Till, { random }: MadeUp, bill: NewBill, last: Day): void {
  till.plan(last, async () => {
    const authority = await begin(till, bill);
    if (authority === undefined) return;
    till.plan((last + 1) as Day, async () => {
      till.gateway.books.settle(authority, 'pay');
      if (!random.isOneIn(3)) await comeBack(till, authority);
    });
  });
}
