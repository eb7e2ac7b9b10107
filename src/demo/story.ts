/** One step of the story that the suggested prompts tell. */
export type StoryStep = { readonly label: string; readonly prompt: string };

/** The last prompt differs from the first by one digit, and its answer by a year. */
export const story: readonly StoryStep[] = [
  { label: 'Ask', prompt: 'How long is the warranty on tents bought in 2022?' },
  { label: 'Repeat', prompt: 'How long is the warranty on tents bought in 2022?' },
  { label: 'Rephrase', prompt: 'How long is the warranty for tents purchased in 2022?' },
  { label: 'Change the year', prompt: 'How long is the warranty on tents bought in 2024?' },
];
