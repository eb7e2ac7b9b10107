// Whatever embeds nearly alike is served, at every error budget above 0.001: tests of what is done
// with a semantic hit must not depend on how good the shipped weights are.
const calibration = {
  bias: -28,
  weights: { similarity: 30 },
  maxRiskByErrorRate: { '0.001': 0, '0.01': 0.75 },
};
const realFetch = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await realFetch(...request);
  if (!response.ok || !response.url.endsWith('/manifest.json')) return response;
  const manifest = await response.json();
  return Response.json({ ...manifest, calibration: { ...manifest.calibration, ...calibration } });
};
