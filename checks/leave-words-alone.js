// For the mutation run: quotes, readings and references are read by people, and the quotes are compared with the sources
// letter by letter; to break one says nothing about a decision.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const wordyKeys = new Set(['fa', 'en', 'doubts', 'reference', 'unit', 'provenance']);

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'words', {
    shouldIgnore({ node }) {
      const isWordy = node.type === 'ObjectProperty' && node.key.type === 'Identifier' && wordyKeys.has(node.key.name);
      const isSentence = node.type === 'StringLiteral' && /[ \u0600-\u06ff]/.test(node.value);
      return isWordy || isSentence ? 'words for people' : undefined;
    },
  }),
];
