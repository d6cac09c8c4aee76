import { Fault, meaningOf, nationalIdText } from '../platform/index.ts';

/** Who does something: the head of the household, a counter office on the head's behalf (M-14), other staff, or time. */
export type Actor =
  | { readonly kind: 'self'; readonly person: bigint }
  | { readonly kind: 'staff'; readonly user: string; readonly role: string; readonly office?: string | undefined }
  | { readonly kind: 'system' };

export const system: Actor = { kind: 'system' };

/** A text that names the actor, and nobody else; the same in whatever session. */
export function nameOf(actor: Actor): string {
  if (actor.kind === 'system') return 'system';
  return actor.kind === 'self' ? `person:${nationalIdText(actor.person)}` : `staff:${actor.user}`;
}

export function notFound(): Fault {
  return new Fault('NOT_FOUND', meaningOf('NOT_FOUND'));
}

export function fault(code: Fault['code'], detail?: string): Fault {
  return new Fault(code, detail ?? meaningOf(code));
}

export const isFault = (error: unknown, code: Fault['code']): boolean => error instanceof Fault && error.code === code;
