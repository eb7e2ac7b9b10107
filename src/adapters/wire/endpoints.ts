import type { WireFormat } from './wire-format.js';

/** The wire formats that skimp translates. */
export const wireNames = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'ui-messages',
  'text',
] as const;

/** See {@link wireNames}. */
export type WireName = (typeof wireNames)[number];

/**
 * Which format is spoken at a path, at a URL without its query, or at `*`, which is all others;
 * `false`: none, whatever it looks like.
 */
export type Endpoints = Readonly<Record<string, WireName | false>>;

/** How the paths of the formats end. */
const paths: Readonly<Record<WireName, RegExp>> = {
  'openai-chat': /\/chat\/completions\/?$/,
  'openai-responses': /\/responses\/?$/,
  'anthropic-messages': /\/v1\/messages\/?$/,
  'ui-messages': /\/api\/(?:chat|completion)\/?$/,
  text: /(?!)/, // no path tells that an answer's end can be trusted: the app has to
};

/** Which format calls to `url` are in, as the app says or as its path tells; asked of every request. */
export function findWireName(url: URL, endpoints: Endpoints): WireName | undefined {
  const { origin, pathname } = url;
  const own = [origin + pathname, pathname, '*'].find((key) => Object.hasOwn(endpoints, key));
  if (own !== undefined) return endpoints[own] || undefined;
  return wireNames.find((name) => paths[name].test(pathname));
}

/** Each format is a file of its own, fetched with the first call that speaks it. */
const loaders: Readonly<Record<WireName, () => Promise<WireFormat>>> = {
  'openai-chat': async () => (await import('./openai-chat.js')).openaiChat,
  'openai-responses': async () => (await import('./openai-responses.js')).openaiResponses,
  'anthropic-messages': async () => (await import('./anthropic-messages.js')).anthropicMessages,
  'ui-messages': async () => (await import('./ui-messages.js')).uiMessages,
  text: async () => (await import('./text.js')).text,
};

/** @throws what the import does: the network may be gone. */
export function loadWireFormat(name: WireName): Promise<WireFormat> {
  return loaders[name]();
}
