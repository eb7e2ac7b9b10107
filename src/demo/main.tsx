import { render } from 'preact';
import { createSkimpFetch } from '../adapters/fetch.js';
import { createOptimizer } from '../index.js';
import { App } from './app.js';
import { createChatSession } from './chat-session.js';
import { defaultSettings } from './settings.js';
import { createSkimpHost } from './skimp-host.js';
import { createStore } from './store.js';
import './style/tokens.css';
import './style/page.css';
import './style/chat.css';
import './style/dock.css';
import './style/panels.css';

const settings = createStore(defaultSettings);
const host = createSkimpHost({
  createOptimizer,
  maxErrorRate: defaultSettings.maxErrorRate,
  now: Date.now,
});
const chat = createChatSession({
  host,
  settings: settings.get,
  createSkimpFetch,
  fetch: (input, init) => fetch(input, init),
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
render(<App settings={settings} host={host} chat={chat} />, root);
