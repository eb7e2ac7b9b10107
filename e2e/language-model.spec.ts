import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openDemo, question, rephrased } from './demo-page.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Fetching takes 120 MB, so it is done on request only. */
const isHere = existsSync(`${root}/.llm/SmolLM2-135M-Instruct.Q4_1.gguf`);
const isWanted = isHere || process.env['SKIMP_LLM'] === '1';

// Fetching what is missing, loading it, and an answer on a busy computer.
// On a busy one a lookup may pass its deadline, which is a miss by design: then it is tried again.
test.describe.configure({ timeout: 300_000, retries: 2 });
test.skip(!isWanted, 'fetches 120 MB: SKIMP_LLM=1, or npm run demo -- --llm once');

let demo: RunningDemo;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  if (isWanted) demo = await startDemo();
});
test.afterAll(() => demo?.stop());

test('a real language model is asked once for two wordings, and streams both times', async ({
  browser,
}) => {
  test.skip(demo.reason !== undefined, demo.reason);
  const context = await browser.newContext({ baseURL: demo.url });
  const page = await context.newPage();
  const asked = watchRequests(page);
  const chat = await openDemo(page);
  await chat.waitForStatus('available');
  await expect(page.getByText('SmolLM2-135M on this computer').first()).toBeVisible();
  const countLengths = await watchAnswers(page);
  // First inferences take several times as long as later ones.
  await chat.lookUp('Is anyone there?');
  const first = await chat.ask(question);
  const second = await chat.ask(rephrased);
  expect([first.badge, second.badge]).toEqual(['Miss', 'Hit, semantic']);
  expect(asked).toMatchObject([{ model: 'smollm2-135m-instruct', stream: true }]);
  // The text grew on the page, word by word.
  expect(await countLengths(1)).toBeGreaterThan(5);
  expect(await countLengths(2)).toBeGreaterThan(1);
  await context.close();
});

type RunningDemo = {
  readonly url: string;
  /** Why it runs without the language model. */
  readonly reason?: string;
  stop(): Promise<void>;
};

/** As `npm run demo -- --llm` does. */
async function startDemo(): Promise<RunningDemo> {
  const child = spawn(process.execPath, ['scripts/demo.mjs', '--llm'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const url = await readUrl(child);
  return { ...url, stop: () => stop(child) };
}

function readUrl(child: ChildProcess): Promise<Pick<RunningDemo, 'url' | 'reason'>> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(output)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        output += String(text);
        const [url] = /http:\/\/localhost:\d+\//.exec(output) ?? [];
        if (url === undefined) return;
        const failed = /llm: (.*)\nllm: the demo goes on without/.exec(output);
        resolve({ url, ...(failed?.[1] !== undefined && { reason: failed[1] }) });
      });
    }
  });
}

async function stop(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}

/** The bodies of the chat completion requests that leave the page. */
function watchRequests(page: Page): readonly unknown[] {
  const bodies: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/chat/completions')) bodies.push(request.postDataJSON());
  });
  return bodies;
}

/** Says through how many lengths the text of each question went on the page. */
async function watchAnswers(page: Page): Promise<(index: number) => Promise<number>> {
  const watch = await page.evaluateHandle(() => {
    const lengths: Set<number>[] = [];
    const note = () => {
      for (const [index, article] of document.querySelectorAll('article').entries()) {
        if (article.dataset['phase'] !== 'streaming') continue;
        (lengths[index] ??= new Set()).add(article.textContent?.length ?? 0);
      }
    };
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    return { count: (index: number) => lengths[index]?.size ?? 0 };
  });
  return (index) => watch.evaluate(({ count }, at) => count(at), index);
}
