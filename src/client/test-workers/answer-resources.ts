// Tells the page what this worker has fetched.
globalThis.addEventListener('message', ({ data }) => {
  if (data !== 'resources') return;
  const resources = performance.getEntriesByType('resource').map(({ name }) => name);
  globalThis.postMessage({ resources });
});
