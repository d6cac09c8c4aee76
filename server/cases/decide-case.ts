import { decide, readCaseText, shippedBook, type Book, type Decision, type InvalidCase } from '@estehqaq/law';

/** One case as JSON text, one decision: the same as a line of `decide`. Never throws. */
export function decideCase(text: string, book: Book = shippedBook): Decision | InvalidCase {
  const facts = readCaseText(text);
  return 'error' in facts ? facts : decide(facts, book);
}
