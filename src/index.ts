export { uncompressed } from './adapters/uncompressed.js';
export { createOptimizer } from './client/create-optimizer.js';
export type { CompressOptions } from './client/compress-options.js';
export type { OptimizerOptions } from './client/options.js';
export type {
  CallOptions,
  EntriesOptions,
  ExportOptions,
  ImportOptions,
  Optimizer,
} from './client/optimizer.js';
export type { Flight } from './client/single-flight.js';
export type { AppEmbedder, EmbedderCalibration, NoVector } from './shared/app-embedder.js';
export type {
  CompressionRequest,
  CompressionResult,
  CompressionSkip,
  CompressionTask,
  ProtectedKind,
  ProtectedMode,
  ProtectedPart,
  TokenCounter,
} from './shared/compression.js';
export type {
  CacheHit,
  CacheMiss,
  Candidate,
  LookupResult,
  MissReason,
  PromptComparison,
  StoreResult,
} from './shared/decision.js';
export { isSkimpError, SkimpError } from './shared/errors.js';
export type { SkimpErrorCode } from './shared/errors.js';
export type { GuardFinding, GuardName } from './shared/guard.js';
export type { Json, PromptRequest, StoredResponse, TokenUsage } from './shared/prompt-request.js';
export type { ModelPrice, Prices, Savings } from './shared/savings.js';
export type {
  OptimizerMode,
  ShadowComparison,
  ShadowCounts,
  ShadowStats,
  ShadowVerdict,
} from './shared/shadow.js';
export type {
  Availability,
  Backend,
  CompressorStatus,
  OptimizerStats,
  OptimizerStatus,
  RiskThreshold,
  SavingsStats,
} from './shared/status.js';
export type { EntriesPage, ImportResult, ImportSkip, StoredEntry } from './shared/stored-entry.js';
export type { TraceDetail, TraceEvent, TraceListener } from './shared/trace.js';
