import type { QueryConfig } from 'pg';

/** More texts than the system has: what is written anew each time is not prepared any more. */
const mostNames = 500;
const names = new Map<string, string>();

/** A statement that the database parses and plans once on each connection, and not at every call. */
export function prepared(text: string, values: readonly unknown[] = []): QueryConfig {
  let name = names.get(text);
  if (name === undefined && names.size < mostNames) names.set(text, (name = `p${names.size + 1}`));
  return { text, values: [...values], ...(name !== undefined && { name }) };
}
