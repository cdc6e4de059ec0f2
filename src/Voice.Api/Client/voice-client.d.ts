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
  /** Whole seconds; null where the provider never told. */
  duration: number | null;
  recording_url: string;
  processed_at: string;
}

export interface RecordingFilter {
  status?: RecordingStatus;
  /** E.164. */
  party?: string;
  /** ISO 8601. */
  created_after?: string;
  created_before?: string;
  /** How many a page has, 1 to 100; 20 when left out. */
  limit?: number;
  /** Where to begin: the next_cursor of a page. */
  cursor?: string;
}

export interface Timeline {
  recording_id: string;
  /** In dialling order; the phones are masked. */
  parties: { phone: string; state: 'waiting' | 'dialled' | 'ringing' | 'answered' | 'bridged' }[];
  entries: { at: string; kind: string; detail: string }[];
}

export type ContractType =
  | 'agricultural_supply' | 'service_agreement' | 'loan_agreement' | 'goods_purchase' | 'logistics' | 'other';

export interface ConferenceRequest {
  /** E.164 numbers, in dialling order. */
  parties: string[];
  contract_type?: ContractType;
  /** Whole seconds, 1 to 14400. */
  expected_duration?: number;
  /** The contract to make when it is recorded: between the same phones, of the conference's type when left out. */
  process?: UploadRequest;
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
  /** waiting: for its recording to end. */
  status: 'waiting' | 'queued' | 'running' | 'completed' | 'failed';
  progress: { step: 'fetching' | 'decoding' | 'listening' | 'reading'; /** 0 to 1. */ done: number } | null;
  contract_id: string | null;
  /** What went wrong and what to do next. */
  failure: string | null;
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

export type ContractStatus = 'pending' | 'confirmed' | 'rejected' | 'expired';

/** Where a party stands; null: nothing yet. */
export interface Confirmation {
  phone: string;
  decision: 'confirmed' | 'rejected' | null;
  /** What became of the last message with a code. */
  message: 'waiting' | 'posting' | 'accepted' | 'refused' | 'unknown' | null;
  decided_at: string | null;
  channel: 'api' | 'text_message' | null;
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
  /** What to ask the parties back, for each term that is disputed or missing. */
  questions: Partial<Record<keyof Terms, string>>;
  parties: (Omit<Party, 'name'> & { name: string | null })[];
  contract_type: ContractType;
  recording_id: string | null;
  audio_sha256: string;
  /** Who wrote down what was said; `sandbox`: nobody listened, it is the sandbox's own recording. */
  engine: 'whisper' | 'openai' | 'pocketsphinx' | 'sandbox' | null;
  status: ContractStatus;
  /** Until when its parties can confirm it. */
  confirm_by: string;
  confirmations: Confirmation[];
  /** The phones that have confirmed it. */
  signed_by: string[];
  all_signed: boolean;
}

export interface ContractFilter extends Omit<RecordingFilter, 'status'> {
  status?: ContractStatus;
  recording_id?: string;
}

/** A contract in a list. */
export interface ListedContract
  extends Omit<Terms, 'quality_requirements'>,
    Pick<
      Contract,
      | 'contract_id'
      | 'recording_id'
      | 'contract_type'
      | 'status'
      | 'processing_status'
      | 'contract_summary'
      | 'parties'
      | 'signed_by'
      | 'created_at'
      | 'confirm_by'
    > {}

/** What a party says, and the code that was sent to its phone. */
export interface PartyAnswer {
  /** E.164. */
  phone: string;
  code: string;
  /** confirm when left out. */
  decision?: 'confirm' | 'reject';
}

/** One of the two ids. */
export interface TokenRequest {
  recording_id?: string;
  contract_id?: string;
  /** Seconds, 1 to 2592000; an hour when left out. */
  expires_in?: number;
}

export interface ReadToken {
  token: string;
  expires_at: string;
}

export class VoiceError extends Error {
  /** The failure's code, or `timeout`, `not_found`, `unreachable`, `unreadable` (not the service answered), `http_<status>`. */
  code: string;
  status?: number;
  body?: unknown;
  /** The recording that it is about, such as one that was made for a call that the provider did not take. */
  recordingId?: string;
  /** How long the service wants to be left alone; 0: it did not say. */
  retryAfterMs: number;
}

export interface RequestOptions {
  signal?: AbortSignal;
}

export interface CreateOptions extends RequestOptions {
  /** With the same key a request may be repeated without dialling twice. */
  idempotencyKey?: string;
}

export interface PatienceOptions extends RequestOptions {
  /** Milliseconds, Infinity for no end; half an hour when left out. */
  timeout?: number;
}

export interface WaitOptions<T = Recording> extends PatienceOptions {
  /** Hears every body once. */
  onStatus?: (body: T) => void;
}

export interface ProcessOptions extends PatienceOptions {
  /** Hears every body of the job once. */
  onProgress?: (job: Job) => void;
}

export interface ClientOptions {
  /** Where the service is; by default where the module came from, or http://localhost:8000 if that was a file. */
  baseUrl?: string;
  apiKey?: string;
  /** Reads the one recording or contract that it is for, without a key. */
  readToken?: string;
  fetch?: typeof fetch;
}

/** Methods that wait (waitFor…, process…, upload…) wait out outages; the others ask once. Whatever goes wrong is a VoiceError, but of a missing id, request or file: a TypeError. */
export class VoiceClient {
  constructor(options?: ClientOptions);
  createConference(request: ConferenceRequest, options?: CreateOptions): Promise<Conference>;
  getRecording(recordingId: string, options?: RequestOptions): Promise<Recording>;
  waitForRecording(recordingId: string, options?: WaitOptions): Promise<CompletedRecording>;
  /** Newest first; pages are fetched as the loop comes to them. */
  listRecordings(filter?: RecordingFilter, options?: RequestOptions): AsyncGenerator<Recording, void>;
  getTimeline(recordingId: string, options?: RequestOptions): Promise<Timeline>;
  processRecording(request: ProcessRequest, options?: ProcessOptions): Promise<Contract>;
  uploadRecording(file: Blob, request: UploadRequest, options?: ProcessOptions): Promise<Contract>;
  getJob(jobId: string, options?: RequestOptions): Promise<Job>;
  waitForJob(jobId: string, options?: ProcessOptions): Promise<Contract>;
  getContract(contractId: string, options?: RequestOptions): Promise<Contract>;
  /** Resolves once it is decided: confirmed by all, rejected, or expired. */
  waitForContract(contractId: string, options?: WaitOptions<Contract>): Promise<Contract>;
  listContracts(filter?: ContractFilter, options?: RequestOptions): AsyncGenerator<ListedContract, void>;
  confirmContract(contractId: string, answer: PartyAnswer, options?: RequestOptions): Promise<Contract>;
  sendCode(contractId: string, receiver: { phone: string }, options?: RequestOptions): Promise<Contract>;
  issueToken(request: TokenRequest, options?: RequestOptions): Promise<ReadToken>;
}

export function createConference(request: ConferenceRequest, options?: CreateOptions): Promise<Conference>;
export function processRecording(request: ProcessRequest, options?: ProcessOptions): Promise<Contract>;
export function uploadRecording(file: Blob, request: UploadRequest, options?: ProcessOptions): Promise<Contract>;
export function waitForRecording(recordingId: string, options?: WaitOptions): Promise<CompletedRecording>;
