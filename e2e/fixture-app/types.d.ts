export type Fixture = {
  ready(): Promise<{ semantic: string; backend?: string; reason: string }>;
  ask(question: string): Promise<{ tier: string; text: string }>;
};

declare global {
  /** What the spec calls in each page. */
  var fixture: Fixture;
}
