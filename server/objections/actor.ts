import { Fault, meaningOf, nationalIdText } from '../platform/index.ts';

/** Who does something: the person or the one who speaks for a minor, or a member of staff. */
export type Actor =
  | { readonly kind: 'self'; readonly person: bigint }
  | { readonly kind: 'staff'; readonly user: string; readonly role: string };

/** A text that names the actor, and nobody else; the same in whatever session. */
export function nameOf(actor: Actor): string {
  return actor.kind === 'self' ? `person:${nationalIdText(actor.person)}` : `staff:${actor.user}`;
}

export type Doer = 'self' | 'principal' | 'staff';

/** As the person is told: staff are not named to the public. */
export function doerOf(name: string, person: bigint): Doer {
  if (name.startsWith('staff:')) return 'staff';
  return name === nameOf({ kind: 'self', person }) ? 'self' : 'principal';
}

/** The name of a member of staff without its kind. */
export function userOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function notFound(): Fault {
  return new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
}
