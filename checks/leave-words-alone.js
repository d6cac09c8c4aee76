// For the mutation run: quotes, readings and references are read by people, and the quotes are compared with the sources
// letter by letter; to break one says nothing about a decision.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const wordyKeys = new Set(['fa', 'en', 'doubts', 'reference', 'unit', 'provenance']);

/** The clause that a figure is taken from: `source('1398/01/01', 484_000, 'M-17')`. */
function isReference({ node, parent }) {
  const isCall = parent?.type === 'CallExpression' && parent.callee.name === 'source';
  return isCall && parent.arguments[2] === node;
}

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'words', {
    shouldIgnore(path) {
      const { node } = path;
      const isWordy = node.type === 'ObjectProperty' && node.key.type === 'Identifier' && wordyKeys.has(node.key.name);
      const isPhrase =
        node.type === 'ObjectExpression' &&
        node.properties.length > 0 &&
        node.properties.every((property) => property.type === 'ObjectProperty' && wordyKeys.has(property.key.name));
      const isSentence = node.type === 'StringLiteral' && /[ \u0600-\u06ff]/.test(node.value);
      return isWordy || isPhrase || isSentence || isReference(path) ? 'words for people' : undefined;
    },
  }),
];
