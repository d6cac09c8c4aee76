/** What opening the database is busy with; the first start takes some seconds and should not look dead. */
export type ProgressStep =
  | 'copying-programs'
  | 'creating-cluster'
  | 'starting'
  | 'waiting'
  | 'migrating'
  /** PostgreSQL has ended under us and is being started again. */
  | 'restarting'
  | 'restart-failed';

export type OnProgress = (step: ProgressStep, detail?: string) => void;
