export { backUp, type BackupOptions } from './backup/back-up.ts';
export { checkBackup, type CheckedBackup } from './backup/check-backup.ts';
export type { Manifest } from './backup/manifest.ts';
export { restore, type Restored, type RestoreOptions } from './backup/restore.ts';
export { readPassphrase } from './backup/sealed-keys.ts';
export { openDatabase, type Database, type DatabaseDescription, type OpenOptions } from './open.ts';
export { type OnProgress, type ProgressStep } from './progress.ts';
export { asFault, findConstraint, findFaultCode } from './sqlstate.ts';
export { transaction } from './transaction.ts';
