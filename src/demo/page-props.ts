import type { AskModel } from './ask-model.js';
import type { ChatSession } from './chat-session.js';
import type { DemoSettings } from './settings.js';
import type { SkimpHost } from './skimp-host.js';
import type { Store } from './store.js';

/** What every page of the demo is given. */
export type PageProps = {
  readonly host: SkimpHost;
  readonly settings: Store<DemoSettings>;
  readonly chat: ChatSession;
  readonly askModel: AskModel;
  /** Said by screen readers, once they have finished what they are saying. */
  readonly announce: (text: string) => void;
  /** False while another page is shown: this one stays mounted, hidden. */
  readonly isActive: boolean;
};
