import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { type ChatSession, toTotals } from './chat-session.js';
import { isRunning } from './exchange.js';
import { type DemoSettings, toUpstreamLabel } from './settings.js';
import type { SkimpHost } from './skimp-host.js';
import type { Store } from './store.js';
import { Composer } from './views/composer.js';
import { EnginePanel, StatusWord, toBackend } from './views/engine-panel.js';
import { EventLog } from './views/event-log.js';
import { ExchangeView } from './views/exchange-view.js';
import { SavingsPanel } from './views/savings-panel.js';
import { SettingsPanel } from './views/settings-panel.js';
import { Suggestions } from './views/suggestions.js';
import { useFollow } from './views/use-follow.js';
import { useStore } from './views/use-store.js';

export type AppProps = {
  settings: Store<DemoSettings>;
  host: SkimpHost;
  chat: ChatSession;
};

export function App({ settings: settingsStore, host, chat }: AppProps): JSX.Element {
  const settings = useStore(settingsStore);
  const skimp = useStore(host.state);
  const chatState = useStore(chat.state);
  useEscape(chat.stop);
  const clear = async () => {
    await host.clear();
    chat.state.update({ announcement: 'Stored answers cleared.' });
  };
  return (
    <>
      <Header skimp={skimp} />
      <div class="columns">
        <Chat chat={chat} settings={settings} onChange={settingsStore.update} />
        <aside aria-label="What skimp does">
          <SavingsPanel totals={toTotals(chatState)} prices={settings.prices} />
          <EnginePanel skimp={skimp} onClear={() => void clear()} />
          <SettingsPanel settings={settings} onChange={settingsStore.update} />
          <EventLog events={skimp.events} />
        </aside>
      </div>
      <p class="visually-hidden" role="status" data-testid="announcement">
        {chatState.announcement}
      </p>
    </>
  );
}

function Header({ skimp }: { skimp: ReturnType<SkimpHost['state']['get']> }) {
  const { status } = skimp;
  return (
    <header class="top">
      <svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
        <path d="M4 8h20M4 14h13M4 20h6" />
        <path class="mark-cut" d="M20.5 14h3.5M13.5 20H24" />
      </svg>
      <div>
        <h1>skimp</h1>
        <p>Answers repeated questions in the page. Only new ones go to the model.</p>
      </div>
      <p class="device">
        <StatusWord status={status} />
        {status?.backend && <span>{toBackend(status)}</span>}
      </p>
    </header>
  );
}

type ChatProps = {
  chat: ChatSession;
  settings: DemoSettings;
  onChange: (change: Partial<DemoSettings>) => void;
};

function Chat({ chat, settings, onChange }: ChatProps) {
  const { exchanges } = useStore(chat.state);
  const isBusy = exchanges.some(isRunning);
  const ask = (question: string) => void chat.ask(question);
  const end = useFollow(exchanges);
  return (
    <main>
      <div class="chat-head">
        <h2>Chat</h2>
        <p class="upstream">{toUpstreamLabel(settings)}</p>
        {exchanges.length > 0 && (
          <button type="button" class="quiet" onClick={chat.reset}>
            New chat
          </button>
        )}
      </div>
      <div class="exchanges" data-empty={exchanges.length === 0}>
        {exchanges.length === 0 && <Welcome isFaq={settings.upstream === 'faq'} />}
        {exchanges.map((exchange) => (
          <ExchangeView
            key={exchange.id}
            exchange={exchange}
            settings={settings}
            onWrong={(id) => void chat.reportWrong(id)}
          />
        ))}
      </div>
      <div class="dock">
        <Suggestions isBusy={isBusy} isCompact={exchanges.length > 0} onAsk={ask} />
        <Composer
          settings={settings}
          isBusy={isBusy}
          onAsk={ask}
          onStop={chat.stop}
          onChange={onChange}
        />
      </div>
      <div ref={end} class="chat-end" />
    </main>
  );
}

function Welcome({ isFaq }: { isFaq: boolean }) {
  return (
    <div class="welcome">
      <h3>Ask something twice</h3>
      <p>
        The first time, the answer comes from the upstream. After that skimp answers from this
        browser: the same question at once, a rephrased one when the meaning is safely the same. It
        holds back where a number, a year or a “not” makes the difference.
      </p>
      <p>
        {isFaq && 'The FAQ server knows an invented outdoor shop and a few general facts. '}
        Try the four steps below in turn.
      </p>
    </div>
  );
}

function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onEscape]);
}
