import type { Plugin } from 'vite';
import type { DemoFiles } from './request-plan.js';

/** Past this size a file is kept only when a browser fetches it. In bytes. */
const MAX_AHEAD_BYTES = 400_000;
/** Entries that the demo does without: the pages that scripts drive, and the service worker. */
const leftEntries: ReadonlySet<string> = new Set(['replay', 'compress-batch', 'service-worker']);

/** Writes the names of the built files into the demo's service worker. */
export function offlineFiles(): Plugin {
  return {
    name: 'demo-offline-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['service-worker.js'];
      if (worker?.type !== 'chunk') return;
      const files: { [name in keyof DemoFiles]: string[] } = { ahead: [], later: [] };
      for (const [name, output] of Object.entries(bundle)) {
        const isLeft = output.type === 'chunk' && output.isEntry && leftEntries.has(output.name);
        if (isLeft || name.endsWith('.html')) continue;
        const content = output.type === 'chunk' ? output.code : output.source;
        files[content.length <= MAX_AHEAD_BYTES ? 'ahead' : 'later'].push(name);
      }
      worker.code = worker.code.replaceAll('DEMO_FILES', JSON.stringify(files));
    },
  };
}
