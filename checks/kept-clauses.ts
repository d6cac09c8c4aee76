import ts from 'typescript';
import type { TextFile } from './tracked-files.ts';

/** The clauses at the beginning of the names of tests: `M-40, M-41: a newborn waits for nothing`. */
export function clausesInNames({ path, text }: TextFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:it|test|describe)\b/.test(node.expression.getText())) {
      const [name] = node.arguments;
      const isName = name !== undefined && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name));
      const begins = isName ? /^.(\w-\d\d(?:, \w-\d\d)*):/.exec(name.getText())?.[1] : undefined;
      if (begins !== undefined) found.push(...begins.split(', '));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Those of the clauses that no test keeps which is named by them. */
export function findUntested(clauses: readonly string[], tests: readonly TextFile[]): readonly string[] {
  const named = new Set(tests.flatMap(clausesInNames));
  return clauses.filter((clause) => !named.has(clause));
}
