import { render } from 'preact';
import { createSkimpFetch } from '../adapters/fetch.js';
import { createOptimizer } from '../index.js';
import { App } from './app.js';
import { createAskModel } from './ask-model.js';
import { createChatSession } from './chat-session.js';
import { manifestUrls } from './model-size.js';
import { keepDemo, registerOffline } from './offline/register.js';
import { createRouter } from './router.js';
import { defaultSettings } from './settings.js';
import { createSkimpHost } from './skimp-host.js';
import { createStore } from './store.js';
import { findUpstreams } from './upstreams/find-upstreams.js';
import { findLanguageModel } from './upstreams/language-model.js';
import { createPromptApiFetch } from './upstreams/prompt-api-fetch.js';
import { createUpstreamFetch } from './upstreams/upstream-fetch.js';
import './style/pico.css';
import './style/tokens.css';
import './style/page.css';
import './style/chat.css';
import './style/dock.css';
import './style/panels.css';
import './style/risk.css';

/** Built, so that it can be kept; on the dev server it changes. */
const isKept = import.meta.env.PROD && 'serviceWorker' in navigator;
const settings = createStore(defaultSettings);
const host = createSkimpHost({
  createOptimizer,
  readManifest: async (model) => (await fetch(manifestUrls[model])).json(),
  maxErrorRate: defaultSettings.maxErrorRate,
  asksFirst: savesData(),
  isClear: isKept ? registerOffline(navigator.serviceWorker) : Promise.resolve(),
  now: Date.now,
});
const pageFetch: typeof fetch = (input, init) => fetch(input, init);
const languageModel = findLanguageModel();
const upstreamFetch = createUpstreamFetch({
  fetch: pageFetch,
  promptApiFetch:
    languageModel &&
    createPromptApiFetch({
      languageModel,
      onDownload: (promptApiDownload) => settings.update({ promptApiDownload }),
      now: Date.now,
    }),
  pageUrl: location.href,
  isOnline: () => navigator.onLine,
});
void findUpstreams({ fetch: pageFetch, languageModel }).then(settings.update);
const chat = createChatSession({
  host,
  settings: settings.get,
  createSkimpFetch,
  fetch: upstreamFetch,
  now: () => performance.now(),
});

let { maxErrorRate } = defaultSettings;
settings.subscribe(() => {
  const wanted = settings.get().maxErrorRate;
  if (wanted === maxErrorRate) return;
  maxErrorRate = wanted;
  host.restart(wanted, chat.idle());
});

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
const askModel = createAskModel({ settings: settings.get, fetch: upstreamFetch });
const router = createRouter(window);
render(
  <App router={router} settings={settings} host={host} chat={chat} askModel={askModel} />,
  root,
);

if (isKept) void keepDemo(navigator.serviceWorker);

/** Whether the browser is told to save data; not in TypeScript's library, for not all have it. */
function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
