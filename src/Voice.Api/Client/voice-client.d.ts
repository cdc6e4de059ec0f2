export type RecordingStatus = 'recording' | 'processing' | 'completed' | 'failed';

export interface Failure {
  code: string;
  message: string;
}

export interface Recording {
  recording_id: string;
  status: RecordingStatus;
  /** Whole seconds; null until known. */
  duration: number | null;
  /** Never null when the status is completed. */
  recording_url: string | null;
  /** UTC, ISO 8601. */
  created_at: string;
  processed_at: string | null;
  /** Present only when the status is failed. */
  failure?: Failure;
}

export interface CompletedRecording extends Recording {
  status: 'completed';
  recording_url: string;
  processed_at: string;
}

export type ContractType =
  | 'agricultural_supply' | 'service_agreement' | 'loan_agreement' | 'goods_purchase' | 'logistics' | 'other';

export interface ConferenceRequest {
  /** E.164 numbers, in dialling order. */
  parties: string[];
  contract_type?: ContractType;
  /** Whole seconds, 1 to 14400. */
  expected_duration?: number;
}

export interface Conference {
  conference_id: string;
  recording_url: null;
  status: 'active';
  webhook_url: string;
  parties: string[];
}

export interface ProcessRequest {
  audio_url?: string;
  recording_id?: string;
  parties: { phone: string; role: 'buyer' | 'seller' | 'mediator' | 'witness'; name?: string }[];
  contract_type?: ContractType;
}

/** What was not said, or never settled, is null. */
export interface Terms {
  product: string | null;
  quantity: number | null;
  unit: string | null;
  unit_price: number | null;
  total_amount: number | null;
  /** ISO 4217. */
  currency: string | null;
  delivery_location: string | null;
  /** YYYY-MM-DD. */
  delivery_date: string | null;
  quality_requirements: string[] | null;
  upfront_payment: number | null;
  payment_terms: string | null;
}

export interface Evidence {
  quote: string;
  /** Characters of the transcript. */
  start: number;
  end: number;
  at_seconds: number | null;
  confidence: number;
  disputed: boolean;
  alternatives: { value: number | string; quote: string; start: number; end: number; superseded: boolean }[];
}

export interface Contract {
  contract_id: string;
  transcript: string;
  terms: Terms;
  /** SHA-256 of the canonical form. */
  contract_hash: string;
  contract_summary: string;
  /** partial when something was left open. */
  processing_status: 'completed' | 'partial';
  confidence_score: number;
  created_at: string;
  evidence: Partial<Record<keyof Terms, Evidence>>;
  parties: { phone: string; role: 'buyer' | 'seller' | 'mediator' | 'witness'; name: string | null }[];
  contract_type: ContractType;
  recording_id: string | null;
  audio_sha256: string;
}

export class VoiceError extends Error {
  /** The failure's code, or `timeout`, `not_found`, `http_<status>`. */
  code: string;
  status?: number;
  body?: unknown;
}

export interface WaitOptions {
  signal?: AbortSignal;
  /** Milliseconds; half an hour when left out. */
  timeout?: number;
  onStatus?: (recording: Recording) => void;
}

export interface ClientOptions {
  /** Where the service is; by default where the module came from. */
  baseUrl?: string;
  apiKey?: string;
  fetch?: typeof fetch;
}

export class VoiceClient {
  constructor(options?: ClientOptions);
  createConference(request: ConferenceRequest, options?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Conference>;
  processRecording(request: ProcessRequest, options?: { signal?: AbortSignal }): Promise<Contract>;
  waitForRecording(recordingId: string, options?: WaitOptions): Promise<CompletedRecording>;
}

export function createConference(request: ConferenceRequest, options?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Conference>;
export function processRecording(request: ProcessRequest, options?: { signal?: AbortSignal }): Promise<Contract>;
export function waitForRecording(recordingId: string, options?: WaitOptions): Promise<CompletedRecording>;
