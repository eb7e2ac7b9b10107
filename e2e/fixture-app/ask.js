/**
 * Asks as an SDK would, against a function of the app in place of a provider. Plain JavaScript: the
 * page without a bundler loads it too.
 */
export function createAsk(createSkimpFetch, optimizer) {
  const answer = async () => {
    const message = { role: 'assistant', content: 'Two years.' };
    return Response.json({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 0,
      model: 'local',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
    });
  };
  const skimpFetch = createSkimpFetch(optimizer, answer);
  const stored = () =>
    new Promise((resolve) => {
      const stop = optimizer.onEvent(({ type }) => {
        if (type !== 'cache-store' && type !== 'cache-skip') return;
        stop();
        resolve();
      });
    });
  return async (question) => {
    const kept = stored();
    const response = await skimpFetch('https://api.example.com/v1/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'local', messages: [{ role: 'user', content: question }] }),
    });
    const body = await response.json();
    const tier = response.headers.get('x-skimp-tier') ?? 'miss';
    if (tier === 'miss') await kept;
    return { tier, text: body.choices[0].message.content };
  };
}
