import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { InlineConfig } from 'vite';

/*
 * Builds the pages into portal/dist, unless what is there was made from these very sources:
 *   server/pages.js  renders the pages of citizens as HTML; needs nothing beside it
 *   client/          what browsers load; names carry a hash of the content
 *   built.json       what it was made from, and the names
 */

const here = import.meta.dirname;
const root = join(here, '..');
const dist = join(here, 'dist');
const builtFile = join(dist, 'built.json');
/** Several may build at once; what is served is whole at every moment. */
const unfinished = join(here, `dist.${process.pid}`);

interface Built {
  readonly sources: string;
  readonly assets: Readonly<Record<'style' | 'script' | 'font' | 'providerStyle' | 'providerScript', string>>;
  readonly latinFont: string;
}

interface Output {
  readonly type: string;
  readonly fileName: string;
}

await build();

async function build(): Promise<void> {
  const sources = hashSources();
  if (isBuiltFrom(sources)) return;
  const began = performance.now();
  // Whoever calls, tests too: the same is built.
  process.env['NODE_ENV'] = 'production';
  const { build: viteBuild } = await import('vite');
  const run = async (config: InlineConfig): Promise<readonly Output[]> => {
    const result = await viteBuild({ root: here, configFile: false, logLevel: 'error', ...config });
    if (!('output' in result)) throw new TypeError('one bundle was expected');
    return result.output;
  };
  const client = await run(forBrowsers());
  const assets = {
    style: find(client, /^citizen-[\w-]+\.css$/),
    script: find(client, /^citizen-[\w-]+\.js$/),
    font: find(client, /^vazirmatn-arabic[\w-]+\.woff2$/),
  };
  const ofProviders = {
    providerStyle: find(client, /^provider-style-[\w-]+\.css$/),
    providerScript: find(client, /^provider-desk-[\w-]+\.js$/),
  };
  const latinFont = find(client, /^vazirmatn-latin[\w-]+\.woff2$/);
  const shell = { addresses: [...Object.values(assets), latinFont], laterAddresses: Object.values(ofProviders) };
  await run(forWorker({ version: sources.slice(0, 16), ...shell }));
  await run(forServer());
  const built: Built = { sources, assets: { ...assets, ...ofProviders }, latinFont };
  writeFileSync(join(unfinished, 'built.json'), `${JSON.stringify(built, undefined, 2)}\n`);
  putInPlace(sources);
  process.stdout.write(`portal built in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}

/**
 * What was there goes aside first: a folder cannot take the place of a full one. Another that built the same meanwhile
 * was quicker, and that is as good.
 */
function putInPlace(sources: string): void {
  const old = `${unfinished}.old`;
  try {
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(unfinished, dist);
  } catch (error) {
    if (!isBuiltFrom(sources)) throw error;
  } finally {
    for (const folder of [old, unfinished]) rmSync(folder, { recursive: true, force: true });
  }
}

function isBuiltFrom(sources: string): boolean {
  return existsSync(builtFile) && (JSON.parse(readFileSync(builtFile, 'utf8')) as Built).sources === sources;
}

function forBrowsers(): InlineConfig {
  return {
    base: '/assets/',
    publicDir: join(here, 'public'),
    build: {
      outDir: join(unfinished, 'client'),
      assetsDir: '',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: {
          citizen: join(here, 'citizen.ts'),
          'citizen-style': join(here, 'style/citizen.css'),
          'provider-desk': join(here, 'provider/main.tsx'),
          'provider-style': join(here, 'style/provider.css'),
        },
      },
    },
  };
}

/** Its name stays, so that browsers find the next one. */
function forWorker(shell: {
  readonly version: string;
  readonly addresses: readonly string[];
  /** Kept when they are first used: not everybody needs them. */
  readonly laterAddresses: readonly string[];
}): InlineConfig {
  return {
    publicDir: false,
    define: { SHELL: JSON.stringify(shell) },
    build: {
      outDir: join(unfinished, 'worker'),
      rolldownOptions: { input: join(here, 'worker.ts'), output: { entryFileNames: 'sw.js' } },
      modulePreload: { polyfill: false },
    },
  };
}

/** With everything that it needs, so that an installation runs without the packages of the portal. */
function forServer(): InlineConfig {
  return {
    publicDir: false,
    ssr: { noExternal: true },
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      ssr: join(here, 'pages.tsx'),
      outDir: join(unfinished, 'server'),
      rolldownOptions: { output: { entryFileNames: 'pages.js' } },
    },
  };
}

function find(output: readonly Output[], pattern: RegExp): string {
  const found = output.find(({ fileName }) => pattern.test(fileName));
  if (found === undefined) throw new TypeError(`the build has no ${pattern.source}`);
  return `/assets/${found.fileName}`;
}

/** Of every source of the portal and of the packages' versions; tests are none of it. */
function hashSources(): string {
  const hash = createHash('sha256');
  for (const path of [...sourcesIn(here), join(root, 'package-lock.json')]) {
    hash
      .update(`${relative(root, path).replaceAll('\\', '/')}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return /^(?:dist\b.*|node_modules|testing)$/.test(entry.name) ? [] : sourcesIn(path);
      return /\.test\.tsx?$|\.md$|^tsconfig/.test(entry.name) ? [] : [path];
    });
}
