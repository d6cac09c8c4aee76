import type { Day, Links as LinkState, Provider } from '@estehqaq/law';
import type { AskerKind, CoversAnswered, RequestName } from '../decisions/index.ts';
import type { Asker, InquiryAnswer, InquiryRequest } from './asking.ts';

/** A question that was accepted and is not answered yet. */
export interface Pending {
  readonly request: InquiryRequest;
  readonly askedAt: Date;
  /** By the clock that only goes forward, milliseconds. */
  readonly begunAt: number;
  readonly on: Day;
  readonly provider: Provider | null;
  readonly askerName: string;
  /** Absent where no request id was given. */
  readonly name: (RequestName & { readonly text: string }) | undefined;
  otherCovers: CoversAnswered;
  /** What the registries behind the links said, where one was asked: whether it said anything. */
  readonly consulted: { [Link in keyof LinkState]?: boolean };
  id: bigint | undefined;
  /** Whether the journal is asked for an earlier answer to the same request: hardly ever is there one. */
  earlier: 'unasked' | 'to be asked' | 'none';
  /** A batch has it in hand. */
  isTaken: boolean;
  isSettled: boolean;
  readonly resolve: (answer: InquiryAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** As the journal names the asker. */
export function nameOf(asker: Asker): string {
  switch (asker.kind) {
    case 'provider':
      return asker.code;
    case 'self':
      return String(asker.person);
    case 'staff':
      return asker.user;
  }
}

/** A provider's code may be a person's number: with the kind, askers are told apart. */
export function keyOf(asker: Asker): string {
  const kinds: Readonly<Record<AskerKind, string>> = { provider: 'p', self: 's', staff: 'u' };
  return `${kinds[asker.kind]}/${nameOf(asker)}`;
}
