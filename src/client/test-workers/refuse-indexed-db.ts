// What private windows and opaque origins do.
Object.defineProperty(globalThis, 'indexedDB', {
  value: {
    open() {
      throw new DOMException('refused', 'SecurityError');
    },
  },
});
