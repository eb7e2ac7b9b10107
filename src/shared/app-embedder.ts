/** Why a text has no vector: the model cannot read it whole, or its vocabulary lacks a piece of it. */
export type NoVector = 'too-long' | 'unreadable';

/** An embedding model of the app's own: see `exposeSkimp` of `skimp/transformers`. */
export interface AppEmbedder {
  /** Names the model; told by `status()`, and part of the embedder's fingerprint. */
  readonly id: string;
  /** Length of a vector. @default that of the first one */
  readonly dims?: number;
  /**
   * A text's vector, of any length but zero: it is scaled to 1. One call at a time. A text that the
   * model would cut has none, because two that are cut embed alike.
   */
  embed(text: string): Promise<Float32Array | NoVector>;
}

/** From which similarity on another wording is answered, as the app has measured it. */
export type EmbedderCalibration = {
  /**
   * The lowest cosine of two prompts to serve, above 0 and up to 1, by the share of wrong hits that
   * it keeps to, above 0 and up to 0.5: `{ 0.01: 0.97, 0.05: 0.93 }`. A stricter share needs as high
   * a cosine or a higher one. What any guard objects to is not served, however similar.
   */
  readonly minSimilarityByErrorRate: Readonly<Record<number, number>>;
};
