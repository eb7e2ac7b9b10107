/** A chat as it was before skimp: a plain `fetch`, and the answer as it streams in. */
const form = document.querySelector('form');
const output = document.querySelector('output');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  output.textContent = '';
  const question = new FormData(form).get('question');
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'faq',
      stream: true,
      messages: [{ role: 'user', content: question }],
    }),
  });
  let text = '';
  const decoder = new TextDecoderStream();
  for await (const piece of response.body.pipeThrough(decoder)) {
    text += piece;
    output.textContent = toAnswer(text);
  }
});

/** The text in all whole lines of events so far. */
function toAnswer(events) {
  return events
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)).choices[0]?.delta.content ?? '')
    .join('');
}
