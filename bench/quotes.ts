import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decideEnrolment, isoDay, readCase } from '@estehqaq/law';
import { openDatabase } from '../server/database/index.ts';
import { child, createWorld, iso, member, person, spouse, type World } from '../server/enrolment/testing.ts';
import type { Sketch } from '../server/enrolment/index.ts';
import { SeededRandom } from '../server/membership/index.ts';
import { dayInTehran } from '../server/platform/index.ts';

/* Quote equals bill equals the law's decision for the same facts, in random households: `npm run bench -- quotes 10000`. */

const days = [
  ...['1398/08/01', '1398/10/15', '1398/12/29', '1399/01/25', '1399/01/31', '1399/02/01', '1399/05/01', '1399/12/29'],
  ...['1400/03/10', '1400/11/30'],
] as const;
const mostPeople = 8;

interface Draw {
  readonly day: (typeof days)[number];
  readonly sketch: Sketch;
  readonly said: { readonly decile: number | null; readonly incomeMonthly: number | null } | null;
}

function draw(random: SeededRandom): Draw {
  const day = random.pick(days);
  const said = random.pick([
    null,
    { decile: random.from(1, 10), incomeMonthly: null },
    { decile: null, incomeMonthly: random.from(0, 40_000_000) },
    { decile: random.from(1, 10), incomeMonthly: random.from(0, 40_000_000) },
  ]);
  const relations = [
    'head' as const,
    ...Array.from({ length: random.from(0, 2) }, () => 'spouse' as const),
    ...Array.from({ length: random.from(0, 5) }, () => 'child' as const),
  ];
  const lost = random.isOneIn(5) ? ({ endedOn: iso('1399/01/10'), cause: 'unemployed' } as const) : null;
  const sketch: Sketch = {
    route: said === null ? 'selfDeclared' : 'meansTest',
    termMonths: random.pick([1, 6, 12] as const),
    meansTest: said === null ? null : { determinedOn: iso(day), ...said },
    lostCover: day < '1399/01/10' ? null : lost,
    renewal: null,
    members: relations.map((relation) => ({
      relation,
      birthDate: relation === 'child' ? `20${random.from(10, 18)}-06-01` : `19${random.from(55, 95)}-02-03`,
      ...{ baseCover: null, hospitalisedFromBirth: false, emergency: false, inApplication: true },
    })),
  };
  return { day, sketch, said };
}

/** The household as it applies, from its first person on. */
async function applyAs({ apply, result, read }: World, { sketch, said }: Draw, first: number): Promise<string> {
  const made = { head: member, spouse, child };
  const { route, termMonths, lostCover } = sketch;
  const number = await apply({
    ...{ route, termMonths, separatedSpouses: [] },
    lostCover: lostCover === null ? null : { ...lostCover, evidence: 'letter' },
    members: sketch.members.map(({ relation, birthDate }, place) => made[relation](first + place, { birthDate })),
  });
  const { awaits } = await read(number);
  if (said !== null && awaits === 'meansTest') {
    const { decile, incomeMonthly } = said;
    await result(number, { decile, incomeMonthly: incomeMonthly === null ? null : BigInt(incomeMonthly) });
  }
  return number;
}

/** What does not agree, in words; nothing where all does. */
async function compare(world: World, drawn: Draw, first: number): Promise<string | undefined> {
  const { clock, enrolment, law, read } = world;
  clock.set(drawn.day);
  const quoted = enrolment.quote(drawn.sketch);
  const number = await applyAs(world, drawn, first);
  const { decision } = (await read(number)).decisions.at(-1) ?? {};
  const actor = { kind: 'self', person: person(first) } as const;
  const { bills } = await enrolment.readHousehold(actor, { person: person(first) });
  const today = isoDay(dayInTehran(clock.now()));
  const facts = readCase({
    ...{ kind: 'enrolment', requestedOn: today, paidOn: today, ...drawn.sketch },
    members: drawn.sketch.members.map((each, place) => ({ ...each, id: String(place) })),
  });
  const decided = 'error' in facts || facts.kind !== 'enrolment' ? undefined : decideEnrolment(facts, law.book);
  if (decided === undefined || 'error' in decided || decision === undefined) return 'the case cannot be decided';
  const amounts = ({ payable, stateShare, regime, group, termMonths }: typeof decided): string =>
    JSON.stringify([payable, stateShare, regime, group, termMonths]);
  const billed = bills.map(({ payable, stateShare, validUntil }) => `${payable} ${stateShare} ${validUntil}`).join();
  const { payable, stateShare } = quoted.decision;
  const asQuoted = payable === 0 ? '' : `${payable} ${stateShare} ${quoted.validUntil}`;
  const agree = amounts(decided) === amounts(quoted.decision) && amounts(decided) === amounts(decision);
  return agree && billed === asQuoted ? undefined : `${amounts(decided)} ${amounts(decision)} ${asQuoted} ${billed}`;
}

export async function benchQuotes(households: number, seed = 1398): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-quotes-'));
  const database = await openDatabase({ dataFolder: folder, purpose: 'the measurement of quotes' });
  try {
    const world = await createWorld(database, days[0]);
    for (const year of [1399, 1400]) await world.law.confirm(world.clock, year, 'bench', 'bench');
    const random = new SeededRandom(seed);
    const begun = performance.now();
    const differ: string[] = [];
    for (let index = 0; index < households; index += 1) {
      const found = await compare(world, draw(random), 1 + index * mostPeople);
      if (found !== undefined) differ.push(found);
    }
    const seconds = (performance.now() - begun) / 1000;
    const { sum } = await world.payments.ledgerBalance(database.pool);
    await world.close();
    console.log(
      `quotes: ${households} random households, ${differ.length} differ, ${seconds.toFixed(0)} s, sum ${sum}`,
    );
    for (const each of differ.slice(0, 10)) console.log(`  ${each}`);
    if (differ.length > 0 || sum !== 0n) process.exitCode = 1;
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
