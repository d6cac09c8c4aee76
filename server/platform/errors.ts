/**
 * The faults of the system: a closed list with stable codes. A refusal under the law is a result and never stands here.
 * Whoever needs a new fault adds a line; a code, once published, keeps its meaning.
 */
const meanings = {
  DATABASE_PROGRAMS_MISSING: 'The programs of the embedded PostgreSQL are not here or do not run on this machine.',
  DATABASE_ACCOUNT_MISSING: 'Started as root, and no other account is there for PostgreSQL to run under.',
  DATABASE_FOLDER_UNREACHABLE: 'The data folder cannot be read or written by the account that needs it.',
  DATABASE_FOLDER_IN_USE: 'Another process of ours serves this data folder.',
  DATABASE_FOLDER_DAMAGED: 'The data folder holds something that PostgreSQL cannot start from.',
  DATABASE_FOLDER_OTHER_VERSION: 'The data folder was made by another major version of PostgreSQL.',
  DATABASE_DISK_FULL: 'No space is left for the database.',
  DATABASE_NOT_STARTED: 'The embedded PostgreSQL did not start.',
  DATABASE_NOT_STOPPED: 'The embedded PostgreSQL did not stop.',

  DATABASE_URL_INVALID: 'DATABASE_URL is not an address of a PostgreSQL server.',
  DATABASE_UNREACHABLE: 'The server that DATABASE_URL names does not answer.',
  DATABASE_ACCESS_REFUSED: 'The server refuses the account, or the account lacks a right.',
  DATABASE_TOO_OLD: 'The server is older than the oldest version we support.',
  DATABASE_NOT_UTF8: 'The database does not keep its text in UTF-8.',
  DATABASE_ROLE_MISSING: 'The role of the application is not there and cannot be made.',

  MIGRATIONS_AHEAD: 'The database was migrated by newer code than this.',
  MIGRATIONS_BEHIND: 'The database lacks migrations, and this process may not run them.',
  MIGRATIONS_DIFFER: 'A migration that was run is not the one in the code.',
  MIGRATION_FAILED: 'A migration failed; the database is as it was before.',

  DATABASE_UNAVAILABLE: 'No connection could be had: nothing was done.',
  DATABASE_OUTCOME_UNKNOWN: 'The connection was lost on the way: done or not done. Ask again with the same request id.',
  DATABASE_CONFLICT: 'Another transaction was in the way: nothing was done, try again.',
  DATABASE_TIMED_OUT: 'The statement took too long and was given up: nothing was done.',
  DATABASE_DUPLICATE: 'There is one like it already: a unique key or an exclusion refused the row.',
  DATABASE_CONSTRAINT: 'A constraint refused the row.',
  DATABASE_BAD_VALUE: 'A value does not fit its type.',
  DATABASE_FAULT: 'The database refused the statement: a mistake in our code.',

  INSTALLATION_OTHER_KIND: 'A demo cannot become a real installation, nor a real one a demo.',
  KEYS_UNREADABLE: 'The keys of the installation cannot be read or made.',
  PORT_TAKEN: 'The port is not to be had.',
  STAND_IN_REFUSED: 'A stand-in answers where an outside system should; only a demo may use it.',

  COULD_NOT_DETERMINE:
    'No answer could be worked out or recorded; that is no refusal. Ask again with the same request id.',
  INVALID_NATIONAL_ID: 'This is no national id: ten digits with a right check digit, or twelve digits.',
  INVALID_REQUEST: 'The request is not understood.',
  NOT_CONTRACTED: 'The provider has no contract in force.',
  NOT_FOUND: 'There is nothing here for this asker.',
  NOT_YOURS: 'The asker may not ask this.',
  OVERLOADED: 'More is asked than can be answered now; nothing was done. Ask again a little later.',
  PAYLOAD_TOO_LARGE: 'The request is longer than is accepted.',
  RATE_LIMITED: 'This asker, or this address, asks too often.',
  REQUEST_ID_REUSED: 'This request id was used for another question.',
  UNAUTHENTICATED: 'A valid bearer token is needed.',
  SIGN_IN_REFUSED: 'That is not right, or not any more: the code, the password or the account.',
  FORGED_REQUEST: 'The request does not come from a page of this session.',
  UNEXPECTED: 'Something went wrong that nobody foresaw: a mistake in our code.',
  UNSUPPORTED_MEDIA_TYPE: 'Only application/json is understood.',

  DOSSIER_UNREADABLE: 'A dossier holds something that the law cannot read: a mistake in our code.',
  FACT_CLASHES: 'The fact cannot stand beside what other sources say about this person.',
  FACT_INVALID: 'The fact is not one that can be recorded, or its value is not well-formed.',
  IMPORT_FILE_UNREADABLE: 'The file to import cannot be read, or not in the form that was named.',
  IMPORT_TOTALS_WRONG: 'The control totals of a file do not agree with what is in it.',
  PERSON_UNKNOWN: 'Nobody with this national id is in the register.',

  BACKUP_DAMAGED: 'A file of the backup is missing, or is not as it was written.',
  BACKUP_DISK_FULL: 'No space is left where the backup is written.',
  BACKUP_FOLDER_NOT_EMPTY: 'The folder for the backup has something in it already.',
  BACKUP_KEYS_MISSING: 'The keys that belong to the backup are neither in it nor in the data folder.',
  BACKUP_NOTHING_THERE: 'Nothing was ever started here that could be backed up.',
  BACKUP_NOT_WHOLE: 'The backup was never finished.',
  BACKUP_OTHER_RELEASE: 'The backup is of a release that this one cannot read.',
  BACKUP_PASSPHRASE_WRONG: 'The passphrase of the backup is missing, not usable or not the right one.',
  BACKUP_UNREACHABLE: 'The folder of the backup cannot be read or written.',
  JOURNAL_IN_USE: 'The journal is being read for long, so that nothing can be dropped from it now.',
  RESTORE_NOT_EMPTY: 'A backup is restored into an empty system only.',
  RESTORE_SYSTEM_RUNS: 'Another program works with the database that is to be restored.',

  APPLICATION_INVALID: 'What the application says cannot stand together.',
  APPLICATION_OPEN: 'The household has an application under way already.',
  APPLICATION_STATE: 'The application is not in a state in which this can be done.',
  FIGURES_NOT_CONFIRMED: 'The figures of the year are not confirmed yet: no bill goes out on them.',
  HOUSEHOLD_CLASHES: 'What was declared does not agree with the civil registry.',
  MEMBER_ELSEWHERE: 'A member is in another household’s application or cover.',

  FOUR_EYES: 'Whoever proposed it cannot approve it: a second person does.',
  OBJECTION_FACT_UNKNOWN: 'The fact that the correction is said to rest on is not there.',
  OBJECTION_STATE: 'The objection is not in a state in which this can be done.',

  BILL_INVALID: 'A bill cannot be issued on these terms: a mistake in our code.',
  BILL_STATE: 'The bill is not in a state in which this can be done.',
  LEDGER_UNBALANCED: 'Entries of the ledger do not add up to zero: a mistake in our code.',
  PAYMENT_AMOUNT: 'A bill is paid whole, or not at all.',
  PAYMENT_GATEWAY_SILENT: 'The payment gateway gave no usable answer; nothing was paid. Try again a little later.',
  PAYMENT_STATE: 'The payment is not in a state in which this can be done: a mistake in our code.',
  PAYMENT_UNDER_WAY: 'It is not known yet whether an earlier attempt has paid this bill. Ask again a little later.',
  RECEIPT_REUSED: 'This receipt number of the office stands for another payment.',
  REFUND_STATE: 'The money is entered as given back already.',

  ACCOUNT_INVALID: 'This cannot be done with the account.',
  API_CLIENT_INVALID: 'This cannot be done with the software of a provider.',

  ID_SLOTS_TAKEN: 'As many processes make ids in this database as there can be.',
} as const;

export type FaultCode = keyof typeof meanings;

export const faultCodes = Object.keys(meanings) as readonly FaultCode[];

export function meaningOf(code: FaultCode): string {
  return meanings[code];
}

export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
  }
}
