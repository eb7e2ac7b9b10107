import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { type ChatSession, toTotals } from '../chat-session.js';
import { isRunning } from '../exchange.js';
import type { PageProps } from '../page-props.js';
import { type DemoSettings, toUpstreamLabel } from '../settings.js';
import { BudgetPanel } from './budget-panel.js';
import { Composer } from './composer.js';
import { EnginePanel } from './engine-panel.js';
import { EventLog } from './event-log.js';
import { ExchangeView } from './exchange-view.js';
import { SavingsPanel } from './savings-panel.js';
import { SettingsPanel } from './settings-panel.js';
import { Suggestions } from './suggestions.js';
import { useFollow } from './use-follow.js';
import { useStore } from './use-store.js';

/** Questions and answers, with where each answer came from and why. */
export function ChatPage({
  settings: settingsStore,
  host,
  chat,
  announce,
  isActive,
}: PageProps): JSX.Element {
  const settings = useStore(settingsStore);
  const skimp = useStore(host.state);
  const chatState = useStore(chat.state);
  useEscape(chat.stop, isActive);
  useEffect(() => announce(chatState.announcement), [chatState.announcement]);
  const clear = async () => {
    await host.clear();
    chat.state.update({ announcement: 'Stored answers cleared.' });
  };
  return (
    <div class="columns">
      <Chat chat={chat} settings={settings} onChange={settingsStore.update} />
      <aside aria-label="What skimp does">
        <SavingsPanel totals={toTotals(chatState)} prices={settings.prices} />
        <BudgetPanel
          host={host}
          exchange={chatState.exchanges.findLast(({ phase }) => phase === 'done')}
          maxErrorRate={settings.maxErrorRate}
          onChange={(maxErrorRate) => settingsStore.update({ maxErrorRate })}
        />
        <EnginePanel host={host} onClear={() => void clear()} />
        <SettingsPanel settings={settings} onChange={settingsStore.update} />
        <EventLog events={skimp.events} />
      </aside>
    </div>
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
    <div class="chat">
      <div class="chat-head">
        <h1 tabIndex={-1}>Chat</h1>
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
          onLookUp={(question) => void chat.lookUp(question)}
          onStop={chat.stop}
          onChange={onChange}
        />
      </div>
      <div ref={end} class="chat-end" />
    </div>
  );
}

function Welcome({ isFaq }: { isFaq: boolean }) {
  return (
    <div class="welcome">
      <h2>Ask something twice</h2>
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

function useEscape(onEscape: () => void, isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onEscape();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onEscape, isActive]);
}
