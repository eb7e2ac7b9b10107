/** Where `/v1/` is: by default the FAQ server that this repository has for its demo. */
const proxy = { '/v1': { target: process.env.UPSTREAM ?? 'http://127.0.0.1:8787' } };

/** @type {import('vite').UserConfig} */
export default { server: { proxy }, preview: { proxy } };
