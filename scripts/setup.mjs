#!/usr/bin/env node
/**
 * Installs what is missing: the npm packages, and a Chromium. Uses Node's own modules only, because
 * it runs before there are any others.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const systemNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
];
const macApps = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
  (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
);

/**
 * Installs what is missing.
 *
 * @param {{ needsChromium?: boolean }} [options]
 * @returns {Promise<{ chromiumPath: string }>} the browser to use; '' when none is needed
 */
export async function setup({ needsChromium = true } = {}) {
  assertNodeVersion();
  installPackages();
  if (!needsChromium) return { chromiumPath: '' };
  const chromiumPath = (await findChromium()) ?? (await installChromium());
  // Children, vitest and playwright among them, look here.
  process.env.CHROMIUM_PATH = chromiumPath;
  return { chromiumPath };
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`skimp needs Node 20.19 or later; this is ${process.versions.node}.`);
}

function installPackages() {
  const stampFile = join(root, 'node_modules', '.skimp-lock');
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('setup: installing npm packages');
  // No dependency needs its install script; protobufjs has one that only prints advice.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stampFile, stamp);
}

/** @returns {Promise<string | undefined>} path of a Chromium that is already here */
async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names a file that is not there: ${chosen}`);
  }
  return findSystemChromium() ?? (await findDownloaded());
}

/** @returns {string | undefined} path of a browser that the system has */
export function findSystemChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...macApps].find((path) => existsSync(path));
}

/** What playwright downloaded on an earlier run. */
async function findDownloaded() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

async function installChromium() {
  if (process.platform === 'linux' && process.getuid?.() === 0 && hasAptGet()) {
    console.log('setup: installing Chromium with apt-get');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    tryRun('apt-get', ['update', '-q'], env);
    tryRun('apt-get', ['install', '-yq', '--no-install-recommends', 'chromium'], env);
    const installed = findSystemChromium();
    if (installed !== undefined) return installed;
  }
  console.log("setup: downloading Chromium with playwright's own command");
  const require = createRequire(import.meta.url);
  const cli = join(require.resolve('playwright/package.json'), '..', 'cli.js');
  tryRun(process.execPath, [cli, 'install', 'chromium'], process.env);
  const downloaded = await findDownloaded();
  if (downloaded !== undefined) return downloaded;
  throw new Error(
    'No Chromium found, and none could be installed. Install one (Debian: ' +
      '`apt-get install chromium`) or set CHROMIUM_PATH to the executable, then try again.',
  );
}

function hasAptGet() {
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean} whether it succeeded
 */
function tryRun(command, args, env) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status === 0;
}

/**
 * Runs a program in the repository, its output passed on.
 *
 * @param {string} command
 * @param {string[]} args
 * @throws when it fails
 */
export function run(command, args) {
  if (tryRun(command, args, process.env)) return;
  throw new Error(`\`${[command, ...args].join(' ')}\` failed; its output is above.`);
}

/**
 * Runs `main` if its module is the program and not an import; a failure is told in one line.
 *
 * @param {string} moduleUrl
 * @param {() => Promise<void>} main
 */
export async function runMain(moduleUrl, main) {
  const script = process.argv[1];
  if (script === undefined || realpathSync(script) !== fileURLToPath(moduleUrl)) return;
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

await runMain(import.meta.url, async () => {
  const { chromiumPath } = await setup();
  console.log(`setup: ready, with ${chromiumPath}`);
});
