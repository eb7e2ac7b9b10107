import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createServer as createViteServer, preview } from 'vite';
import type { UserConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** An app with the packed tarball installed, outside the repository. */
export type PackedApp = { readonly folder: string; remove(): Promise<void> };

/** An app that is served; `url` ends with a slash. */
export type Served = { readonly url: string; close(): Promise<void> };

/** Packs skimp, installs it into a copy of an app of this repository, and copies the models. */
export async function installPackedApp(source = 'e2e/fixture-app'): Promise<PackedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'skimp-fixture-'));
  const app = join(folder, 'app');
  await cp(join(root, source), app, { recursive: true });
  const run = (cwd: string, command: string, ...args: readonly string[]) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run(root, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  // Vite, which the examples name, is here already.
  const quick = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'];
  run(app, 'npm', 'install', ...quick, '--silent', join(folder, 'skimp-0.1.0.tgz'));
  run(app, 'npm', 'run', '--silent', 'models');
  return { folder: app, remove: () => rm(folder, { recursive: true }) };
}

/** Compiles the app, its libraries' declarations too. @throws with what the compiler says */
export function checkTypes({ folder }: PackedApp): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout);
}

/** As `vite build` and `vite preview` do. `configFile`: the app's own, if it has one. */
export async function serveBuilt({ folder }: PackedApp, configFile?: string): Promise<Served> {
  const config: UserConfig & { configFile: string | false } = {
    root: folder,
    configFile: configFile === undefined ? false : join(folder, configFile),
    logLevel: 'warn',
  };
  await build(config);
  const server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } });
  return { url: urlOf(server.resolvedUrls), close: () => server.close() };
}

/** As `vite` does. */
export async function serveDev({ folder }: PackedApp, config: UserConfig): Promise<Served> {
  const server = await createViteServer({
    ...config,
    root: folder,
    configFile: false,
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: 0 },
  });
  await server.listen();
  return { url: urlOf(server.resolvedUrls), close: () => server.close() };
}

function urlOf(urls: { readonly local: readonly string[] } | null): string {
  const [url] = urls?.local ?? [];
  if (url === undefined) throw new Error('the server has no address');
  return url;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** A file server that knows no bundler. */
export async function serveFiles({ folder }: PackedApp): Promise<Served> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = resolve(folder, `.${pathname}`);
    response.setHeader('content-type', mediaTypes[extname(path)] ?? 'application/octet-stream');
    createReadStream(path)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
