/* The door of identity: who somebody is, by which session, and what a member of staff or a clerk has an account for. */

export { type Account } from './account.ts';
export {
  addAccount,
  addDemoAccount,
  disableAccount,
  listAccounts,
  resetAccount,
  type AccountParts,
  type AddAccount,
} from './accounts.ts';
export { staffRoles, subjectOf, userNamePattern, type Holder, type StaffRole } from './holder.ts';
export { createIdentity, type Identity } from './identity.ts';
export { addApiClient, disableApiClient, listApiClients, type ApiClient } from './issuer/api-clients.ts';
export { apiTokenSeconds, createIssuer, issuerPath, type Issuer } from './issuer/issuer.ts';
export { TooOften } from './limits.ts';
export { type LoginFault, type LoginProgress, type LoginResult, type LoginStep } from './login.ts';
export { type IdentityOptions, type OutsideIssuer } from './parts.ts';
export { issuerKeyOf } from './secrets.ts';
export { createSignInClient, type Door, type SignInClient } from './sign-in-client.ts';
export { isCsrfTokenOf, openSession, sessionLimits, type OpenedSession, type Session } from './sessions.ts';
