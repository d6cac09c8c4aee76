import { InvalidArgumentError } from 'commander';

/**
 * Who does something, as the account is called: written in one way alone, so that two pairs of eyes are two persons and
 * not two ways of writing one.
 */
export function user(text: string): string {
  if (/^[\w.@-]{1,60}$/.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('A user is named with 1 to 60 letters, digits, dots or dashes.');
}
