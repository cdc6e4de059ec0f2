// The client: one module without dependencies, for browsers and for Node 18 and later.
// Types: voice-client.d.ts

/** An error that tells programs what happened: `code` is the failure's or the client's own, `status` the HTTP status if there was one. */
export class VoiceError extends Error {
  constructor(message, { code, status, body, recordingId, cause } = {}) {
    super(message, { cause });
    this.name = 'VoiceError';
    this.code = code;
    this.status = status;
    this.body = body;
    this.recordingId = recordingId;
  }
}

const DEFAULT_BASE = /^https?:/.test(import.meta.url) ? new URL('..', import.meta.url).href : 'http://localhost:8000';
const HELD_SECONDS = 30;
const PAUSE_MS = 2000;
const LONGEST_OWN_PAUSE_MS = 30_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1; // Timers take a longer time for none at all.
const PATIENCE_MS = 30 * 60_000;
const MOST_MISSES = 5;
const PASSES = new Set([408, 425, 429]);

export class VoiceClient {
  #base;
  #headers;
  #fetch;

  /** `baseUrl` is where the service is; by default where this module came from, or http://localhost:8000 if that was a file. */
  constructor({ baseUrl = DEFAULT_BASE, apiKey, fetch = globalThis.fetch } = {}) {
    // Said here, because a request that can never be sent looks like an outage.
    if (!/^https?:\/\//i.test(baseUrl) && (!globalThis.location || baseUrl.includes(':')))
      throw new TypeError(`baseUrl must start with http:// or https://, unlike ${baseUrl}`);
    this.#base = baseUrl.replace(/\/+$/, '');
    this.#headers = apiKey ? { Authorization: `Bearer ${apiKey}` } : {};
    this.#fetch = (...request) => fetch(...request);
  }

  /**
   * Starts a recorded conference. With an `idempotencyKey` it may be repeated without dialling twice. When the provider did not take the
   * call, the VoiceError has the `recordingId` and the failure's code.
   */
  async createConference(request, { idempotencyKey, signal } = {}) {
    const headers = { 'Content-Type': 'application/json', ...(idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}) };
    try {
      return await this.#create(JSON.stringify(request), headers, signal);
    } catch (error) {
      if (error?.recordingId) error.code = (await this.#failureOf(error.recordingId, signal))?.code ?? error.code;
      throw error;
    }
  }

  /** Turns a completed recording, or audio at an address, into a contract. `onProgress` hears how far it is. */
  processRecording(request, options) {
    const headers = { 'Content-Type': 'application/json' };
    return this.#process('/api/v1/voice/process', JSON.stringify(request), headers, { ...options, recordingId: request.recording_id });
  }

  /** The same for audio of your own: a File or Blob. */
  uploadRecording(file, { parties, contract_type }, options) {
    const form = new FormData();
    form.append('parties', JSON.stringify(parties));
    if (contract_type) form.append('contract_type', contract_type);
    form.append('file', file, file.name ?? 'recording');
    return this.#process('/api/v1/voice/upload', form, {}, options);
  }

  /**
   * Resolves with the completed recording. Rejects with a VoiceError: the failure's code when the recording failed, `timeout`, `not_found`,
   * or whatever the service refuses for good. Outages are waited out. `onStatus` hears every body once.
   */
  async waitForRecording(recordingId, { onStatus, signal, timeout } = {}) {
    if (!recordingId) throw new TypeError('Name the recording to wait for.'); // Without a name the address is the list's.
    const body = await within({ signal, timeout, recordingId }, (stop, until) =>
      this.#follow(recordingPath(recordingId), stop, { until, isFinal: isOver, onNews: onStatus }));
    if (body.status === 'completed') return body;
    const { code = 'failed', message = 'Recording failed' } = body.failure ?? {};
    throw new VoiceError(message, { code, body, recordingId });
  }

  // The service takes the same request for the same job, so it is sent again until somebody takes it or refuses it for good.
  #process(path, body, headers, { onProgress, ...limits } = {}) {
    const request = { method: 'POST', body, headers: { ...headers, Prefer: 'respond-async' } };
    return within(limits, async stop => {
      const taken = await this.#follow(path, stop, { request, isFinal: () => true });
      if (!taken.job_id) return taken; // What dropped the preference on the way has waited for the contract.
      const jobPath = `/api/v1/voice/process/${taken.job_id}`;
      const job = await this.#follow(jobPath, stop, { isFinal: isOver, onNews: onProgress, isKnown: true });
      if (job.status === 'failed') throw new VoiceError(job.failure ?? 'Processing failed', { code: 'failed', body: job });
      return this.#follow(`/api/v1/contracts/${job.contract_id}`, stop, { isFinal: () => true, isKnown: true });
    });
  }

  async #failureOf(recordingId, signal) {
    try {
      return (await within({ signal, timeout: 10_000 }, stop =>
        this.#follow(recordingPath(recordingId), stop, { isFinal: () => true, isKnown: true }))).failure;
    } catch {
      signal?.throwIfAborted();
      return undefined; // What the service said of the call tells enough.
    }
  }

  // Asks until the body is final. Whatever stands between us and the service, and however it bends the answers, we ask again at once only
  // for news or after an answer that was really held (until is given); everything else is followed by a pause.
  async #follow(path, signal, { request, until, isFinal, onNews, isKnown = false }) {
    const isHeld = until !== undefined;
    const told = new Set();
    let [etag, troubles, misses] = [null, 0, 0];
    while (true) {
      signal.throwIfAborted();
      const asked = Date.now();
      const seconds = isHeld && etag ? Math.min(HELD_SECONDS, Math.ceil((until - asked) / 1000)) : 0;
      const answer = await this.#ask(isHeld ? `${path}?wait=${seconds}` : path, etag, signal, request);
      let isNews = false;
      if (answer.body) {
        etag = answer.etag;
        const text = JSON.stringify(answer.body);
        isNews = !told.has(text); // Not only unlike the last: of two instances one may be behind.
        told.add(text);
        if (isNews) onNews?.(answer.body);
        if (isFinal(answer.body)) return answer.body;
      }
      // While its service restarts, a balancer may not know what was there a moment ago.
      const isMiss = answer.refusal?.status === 404 && (isKnown || told.size > 0);
      misses = isMiss ? misses + 1 : 0;
      if (answer.refusal && (!isMiss || misses > MOST_MISSES)) throw answer.refusal;
      troubles = isMiss || answer.isTrouble ? troubles + 1 : 0;
      const wasHeld = seconds > 0 && troubles === 0 && Date.now() - asked >= seconds * 900;
      if (!wasHeld && !(isNews && isHeld && etag)) await pause(delay(answer.retryAfterMs, troubles), signal);
    }
  }

  // One answer: a body (none when it has not changed), a refusal for good, or trouble that will pass.
  async #ask(path, etag, signal, request = {}) {
    try {
      const headers = { ...this.#headers, ...request.headers, ...(etag ? { 'If-None-Match': etag } : {}) };
      const response = await this.#fetch(this.#base + path, { ...request, headers, cache: 'no-store', signal });
      const retryAfterMs = retryAfter(response);
      if (response.status === 304) return { retryAfterMs };
      if (!response.ok && response.status < 500 && !PASSES.has(response.status)) return { refusal: await refusal(response), retryAfterMs };
      const text = await response.text();
      const body = response.ok ? JSON.parse(text) : undefined;
      if (typeof body?.status !== 'string') return { isTrouble: true, retryAfterMs };
      return { body, etag: response.headers.get('ETag'), retryAfterMs };
    } catch {
      signal.throwIfAborted();
      return { isTrouble: true, retryAfterMs: 0 }; // The network is away, or somebody else answers for the service.
    }
  }

  async #create(body, headers, signal) {
    const path = '/api/v1/voice/conference/create';
    let response;
    try {
      response = await this.#fetch(this.#base + path, { method: 'POST', headers: { ...this.#headers, ...headers }, body, signal });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new VoiceError('The service cannot be reached.', { code: 'unreachable', cause });
    }
    if (!response.ok) throw await refusal(response);
    const conference = await response.json().catch(() => undefined);
    signal?.throwIfAborted();
    if (typeof conference?.conference_id === 'string') return conference;
    throw new VoiceError('Something else answered in place of the service.', { code: 'unreadable', status: response.status });
  }
}

const isOver = body => body.status === 'completed' || body.status === 'failed';

const recordingPath = recordingId => `/api/v1/voice/recordings/${encodeURIComponent(recordingId)}`;

const lastSegment = response => response.headers.get('Location')?.split('/').pop();

async function refusal(response) {
  const body = await response.json().catch(() => undefined);
  const code = response.status === 404 ? 'not_found' : `http_${response.status}`;
  return new VoiceError(body?.detail ?? `The service answered ${response.status}.`, {
    code, status: response.status, body, recordingId: lastSegment(response),
  });
}

// Seconds or a date.
function retryAfter(response) {
  const value = response.headers.get('Retry-After') ?? '';
  const ms = /^\d+$/.test(value) ? value * 1000 : Date.parse(value) - Date.now();
  return ms > 0 ? ms : 0;
}

// Never before the service wants it, and with jitter, so that a crowd of clients does not come back as a crowd.
function delay(retryAfterMs, troubles) {
  const ownMs = Math.min(PAUSE_MS * 2 ** Math.max(0, troubles - 1), LONGEST_OWN_PAUSE_MS);
  return Math.min(Math.max(retryAfterMs * (1 + Math.random() / 4), ownMs * (0.5 + Math.random() / 2)), LONGEST_TIMER_MS);
}

// Does work that may take this long and no longer; what goes wrong with it tells of which recording.
async function within({ signal, timeout = PATIENCE_MS, recordingId }, work) {
  const stop = new AbortController();
  const giveUp = () => stop.abort(new VoiceError(`It was not final within ${timeout} ms.`, { code: 'timeout' }));
  const timer = timeout > LONGEST_TIMER_MS ? undefined : setTimeout(giveUp, timeout);
  const forward = () => stop.abort(signal.reason);
  signal?.addEventListener('abort', forward);
  if (signal?.aborted) forward();
  try {
    return await work(stop.signal, Date.now() + timeout);
  } catch (error) {
    if (error instanceof VoiceError) error.recordingId ??= recordingId;
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
  });
}

const defaultClient = new VoiceClient();

/** The same on the service that this module came from, or on http://localhost:8000 if it came from a file. */
export const createConference = (request, options) => defaultClient.createConference(request, options);
export const processRecording = (request, options) => defaultClient.processRecording(request, options);
export const uploadRecording = (file, request, options) => defaultClient.uploadRecording(file, request, options);
export const waitForRecording = (recordingId, options) => defaultClient.waitForRecording(recordingId, options);
