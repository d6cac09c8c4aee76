import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { PageName, PageProps, Pages, View } from './pages.ts';

interface Bundle {
  readonly render: <Name extends PageName>(name: Name, props: PageProps[Name], view: View) => string;
  readonly proofSheet: Pages['proofSheet'];
}

interface Built {
  readonly assets: View['assets'];
  readonly latinFont: string;
}

/** How the pages are built; said wherever they are missing. */
export const howToBuild = 'npm run build';

/** What was built from the portal; none where nothing was. @param folder portal/dist */
export function loadPages(folder: string): Pages | undefined {
  const built = join(folder, 'built.json');
  if (!existsSync(built)) return undefined;
  const { assets, latinFont } = JSON.parse(readFileSync(built, 'utf8')) as Built;
  const { render, proofSheet } = createRequire(import.meta.url)(join(folder, 'server/pages.js')) as Bundle;
  const fileOf = (address: string): string => join(folder, 'client', basename(address));
  return {
    render: (name, props, view) => render(name, props, { ...view, assets }),
    proofSheet,
    fontFiles: { persian: fileOf(assets.font), latin: fileOf(latinFont) },
    clientFolder: join(folder, 'client'),
    workerFile: join(folder, 'worker/sw.js'),
  };
}
