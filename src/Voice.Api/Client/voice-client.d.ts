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

export interface Party {
  /** E.164. */
  phone: string;
  role: 'buyer' | 'seller' | 'mediator' | 'witness';
  name?: string;
}

export interface UploadRequest {
  parties: Party[];
  contract_type?: ContractType;
}

/** The audio stands at `audio_url` or is that of `recording_id`: one of them. */
export interface ProcessRequest extends UploadRequest {
  audio_url?: string;
  recording_id?: string;
}

export interface Job {
  job_id: string;
  status: 'queued' | 'running' | 'completed' | 'failed';
  progress?: { step: 'fetching' | 'decoding' | 'listening' | 'reading'; /** 0 to 1. */ done: number } | null;
  contract_id?: string | null;
  /** What went wrong and what to do next. */
  failure?: string | null;
  created_at: string;
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
  parties: (Omit<Party, 'name'> & { name: string | null })[];
  contract_type: ContractType;
  recording_id: string | null;
  audio_sha256: string;
  /** Who wrote down what was said; `sandbox`: nobody listened, it is the sandbox's own recording. */
  engine: 'whisper' | 'openai' | 'pocketsphinx' | 'sandbox' | null;
  /** What its parties have said to it; absent when the service was made to wait for the contract instead of for a job. */
  status?: 'pending' | 'confirmed' | 'rejected' | 'expired';
}

export class VoiceError extends Error {
  /** The failure's code, or `timeout`, `not_found`, `unreachable`, `unreadable` (not the service answered), `http_<status>`. */
  code: string;
  status?: number;
  body?: unknown;
  /** The recording that failed, or that was made for a call that the provider did not take. */
  recordingId?: string;
}

export interface CreateOptions {
  /** With the same key a request may be repeated without dialling twice. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export interface PatienceOptions {
  signal?: AbortSignal;
  /** Milliseconds, Infinity for no end; half an hour when left out. */
  timeout?: number;
}

export interface WaitOptions extends PatienceOptions {
  /** Hears every body once. */
  onStatus?: (recording: Recording) => void;
}

export interface ProcessOptions extends PatienceOptions {
  /** Hears every body of the job once. */
  onProgress?: (job: Job) => void;
}

export interface ClientOptions {
  /** Where the service is; by default where the module came from, or http://localhost:8000 if that was a file. */
  baseUrl?: string;
  apiKey?: string;
  fetch?: typeof fetch;
}

export class VoiceClient {
  constructor(options?: ClientOptions);
  createConference(request: ConferenceRequest, options?: CreateOptions): Promise<Conference>;
  processRecording(request: ProcessRequest, options?: ProcessOptions): Promise<Contract>;
  uploadRecording(file: Blob, request: UploadRequest, options?: ProcessOptions): Promise<Contract>;
  waitForRecording(recordingId: string, options?: WaitOptions): Promise<CompletedRecording>;
}

export function createConference(request: ConferenceRequest, options?: CreateOptions): Promise<Conference>;
export function processRecording(request: ProcessRequest, options?: ProcessOptions): Promise<Contract>;
export function uploadRecording(file: Blob, request: UploadRequest, options?: ProcessOptions): Promise<Contract>;
export function waitForRecording(recordingId: string, options?: WaitOptions): Promise<CompletedRecording>;
