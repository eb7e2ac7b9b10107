import { AbstractChat, type ChatInit, type ChatState, type UIMessage } from 'ai';

// Its code is waited for no longer than an app's user would; a busy machine takes longer.
await import('./ai-sdk/send-messages.js');

/** The AI SDK's chat, as its hooks for frameworks have it, without a framework. */
export class TestChat extends AbstractChat<UIMessage> {
  constructor(init: ChatInit<UIMessage>) {
    const state: ChatState<UIMessage> = {
      status: 'ready',
      error: undefined,
      messages: init.messages ?? [],
      pushMessage(message) {
        state.messages = [...state.messages, message];
      },
      popMessage() {
        state.messages = state.messages.slice(0, -1);
      },
      replaceMessage(index, message) {
        state.messages = state.messages.with(index, message);
      },
      snapshot: (value) => structuredClone(value),
    };
    super({ ...init, state });
  }

  /** Texts of all messages so far. */
  get texts(): readonly string[] {
    return this.messages.map(toMessageText);
  }
}

/** The text of a message. */
export function toMessageText({ parts }: UIMessage): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
