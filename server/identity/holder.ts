import { nationalIdText } from '../platform/index.ts';

/**
 * Who asks. A staff member's role says what he may do; a provider without a user is its software, with one its clerk.
 */
export type Holder =
  | { readonly kind: 'provider'; readonly code: string; readonly user?: string }
  | { readonly kind: 'self'; readonly person: bigint }
  | { readonly kind: 'staff'; readonly user: string; readonly role: StaffRole };

export const staffRoles = [
  'counter-operator',
  'call-centre-agent',
  'registry-clerk',
  'contract-officer',
  'analyst',
  'auditor',
  'administrator',
] as const;
export type StaffRole = (typeof staffRoles)[number];

/** A text that names the holder, and nobody else: the same in whatever session or role. */
export function subjectOf(holder: Holder): string {
  switch (holder.kind) {
    case 'provider':
      return holder.user === undefined ? `provider:${holder.code}` : `clerk:${holder.user}`;
    case 'self':
      return `person:${nationalIdText(holder.person)}`;
    case 'staff':
      return `staff:${holder.user}`;
  }
}

/** User names are people: written one way alone, so that two of them are never one person. */
export const userNamePattern = /^[a-z][a-z0-9._-]{1,59}$/;
