import { isoDay, type Book, type Links as LinkState } from '@estehqaq/law';
import { judgeInquiry, type JournalRow, type Told } from '../decisions/index.ts';
import { principalsOf, type Dossier } from '../membership/index.ts';
import { dayInTehran, Fault, meaningOf } from '../platform/index.ts';
import type { Links } from './asking.ts';
import { relationOf, type Relation } from './dependants.ts';
import type { Pending } from './pending.ts';

export type LinkName = keyof LinkState;

/** What becomes of a question whose dossiers were read. */
export type Judged =
  | { readonly row: Omit<JournalRow, 'id' | 'durationUs'> }
  | { readonly refused: Fault }
  /** The registries behind these links have to be asked first. */
  | { readonly consult: readonly LinkName[] };

const reasonOfLink = { msrt: 'SON_AGE_NO_CERT', sabtAsnad: 'DAUGHTER_NO_ID_SIGHT' } as const;
const linkNames = ['msrt', 'sabtAsnad'] as const satisfies readonly LinkName[];

const toldToRelation = {
  self: 'all',
  minorDependant: 'all',
  adultDependant: 'outcomeAndEnd',
} as const satisfies Record<Exclude<Relation, 'none'>, Told>;

export function judgePending(
  item: Pending,
  dossiers: ReadonlyMap<bigint, Dossier>,
  { links, book, lawVersion }: { readonly links: Links; readonly book: Book; readonly lawVersion: number },
): Judged {
  const { request, on, provider, otherCovers } = item;
  const { asker, person, setting } = request;
  const own = dossiers.get(person);
  const told = toldTo(item, own);
  if (told === undefined) return { refused: new Fault('NOT_YOURS', meaningOf('NOT_YOURS')) };
  const linked = linksOf(item, links);
  const findPrincipal = (principal: bigint): Dossier['facts'] | undefined => dossiers.get(principal)?.facts;
  const decision = judgeInquiry(
    { askerKind: asker.kind, provider, setting, on, record: own?.facts, findPrincipal, links: linked, otherCovers },
    book,
  );
  const consult = linkNames.filter(
    (link) => linked[link] && item.consulted[link] === undefined && decision.reasons.includes(reasonOfLink[link]),
  );
  if (consult.length > 0) return { consult };
  return {
    row: {
      ...questionOf(item, told),
      ...decision,
      lawVersion,
      dossierVersion: own?.version ?? 0n,
      principals: own === undefined ? [] : principalsRead(own, dossiers),
      links: linked,
      linksAsked: { msrt: item.consulted.msrt !== undefined, sabtAsnad: item.consulted.sabtAsnad !== undefined },
      otherCovers,
    },
  };
}

/** A question as the journal keeps it. */
export function questionOf(
  { request, askedAt, askerName, provider, on }: Pending,
  told: Told,
): Pick<
  JournalRow,
  'person' | 'askedAt' | 'askerKind' | 'asker' | 'provider' | 'channel' | 'setting' | 'on' | 'knownAt' | 'told'
> {
  return {
    person: request.person,
    askedAt,
    askerKind: request.asker.kind,
    asker: askerName,
    provider,
    channel: request.channel,
    setting: request.setting,
    on: isoDay(on),
    knownAt: request.knownAt ?? null,
    told,
  };
}

/** How much this asker is told; absent: nothing, since it is none of his or her business. */
function toldTo({ request: { asker, person }, on }: Pending, own: Dossier | undefined): Told | undefined {
  if (asker.kind === 'provider') return 'minimum';
  if (asker.kind === 'staff') return 'withoutDates';
  const relation = relationOf(asker.person, person, own?.facts, on);
  return relation === 'none' ? undefined : toldToRelation[relation];
}

/**
 * The links that count for this question. A registry can be asked about today alone; where it was not asked, or said
 * nothing, the link counts as off: nobody is refused because a registry is silent.
 */
function linksOf({ request, on, askedAt, consulted }: Pending, links: Links): LinkState {
  // All others ask of today; only staff are worth the reckoning.
  const isOfThePast = request.asker.kind === 'staff' && (request.knownAt !== undefined || on !== dayInTehran(askedAt));
  if (isOfThePast) return { msrt: false, sabtAsnad: false };
  const state = links.stateOn(on);
  return {
    msrt: state.msrt && consulted.msrt !== false,
    sabtAsnad: state.sabtAsnad && consulted.sabtAsnad !== false,
  };
}

function principalsRead(own: Dossier, dossiers: ReadonlyMap<bigint, Dossier>): JournalRow['principals'] {
  return principalsOf(own.facts).flatMap((person) => {
    const version = dossiers.get(person)?.version;
    return version === undefined ? [] : [{ person, version }];
  });
}
