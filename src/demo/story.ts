/** One step of the story that the suggested prompts tell. */
export type StoryStep = { readonly label: string; readonly prompt: string };

/**
 * To the embedding model the last prompt is nearer to the first than the rephrased one is: a bare
 * similarity threshold would serve a wrong answer here. The date guard does not.
 */
export const story: readonly StoryStep[] = [
  { label: 'Ask', prompt: 'How long is the warranty on tents bought in 2022?' },
  { label: 'Repeat', prompt: 'How long is the warranty on tents bought in 2022?' },
  { label: 'Rephrase', prompt: 'What is the warranty on tents bought in 2022?' },
  { label: 'Change the year', prompt: 'How long is the warranty on tents bought in 2024?' },
];
