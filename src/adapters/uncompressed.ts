/**
 * Marks a message to be sent as written where requests are shortened. The mark, a member `compress:
 * false`, does not leave the page: it is cut out of calls in the formats of OpenAI (a message of a
 * chat, an item of a response's input) and Anthropic (a message), and is no part of what the cache
 * compares. The SDKs' types know no such member; this leaves a message the type that it has.
 *
 * Mark a message in every request that repeats it, or in the first one only: how it was sent is
 * remembered. A message that was sent shorter before is sent as written from the mark on.
 *
 * @example
 * messages: [uncompressed({ role: 'user', content: contract }), { role: 'user', content: question }]
 */
export function uncompressed<Message extends object>(message: Message): Message {
  return { ...message, compress: false };
}
