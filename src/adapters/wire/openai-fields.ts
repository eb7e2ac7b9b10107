/** Fields of OpenAI's calls that say how to answer, bill or log, and not what the answer is. */
export const openaiFieldsNotInKey = [
  'stream',
  'stream_options',
  'user',
  'safety_identifier',
  'metadata',
  'store',
  'service_tier',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
] as const;
