// The polling client: one module without dependencies, for browsers and for Node 18 and later.
// Types: voice-client.d.ts

/** An error that tells programs what happened: `code` is the failure's or the client's own, `status` the HTTP status if there was one. */
export class VoiceError extends Error {
  constructor(message, { code, status, body } = {}) {
    super(message);
    this.name = 'VoiceError';
    this.code = code;
    this.status = status;
    this.body = body;
  }
}

const FINAL = new Set(['completed', 'failed']);
const HELD_SECONDS = 30;
const PLAIN_POLL_MS = 2000;
const LONGEST_PAUSE_MS = 30_000;

export class VoiceClient {
  #base;
  #headers;
  #fetch;

  /** `baseUrl` is where the service is; by default where this module came from. */
  constructor({ baseUrl = new URL('..', import.meta.url).href, apiKey, fetch = globalThis.fetch } = {}) {
    this.#base = baseUrl.replace(/\/+$/, '');
    this.#headers = apiKey ? { Authorization: `Bearer ${apiKey}` } : {};
    this.#fetch = (...request) => fetch(...request);
  }

  /** Starts a recorded conference. With an `idempotencyKey` it may be repeated without dialling twice. */
  createConference(request, { idempotencyKey, signal } = {}) {
    const headers = idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {};
    return this.#post('/api/v1/voice/conference/create', request, headers, signal);
  }

  /** Turns a completed recording into a contract. */
  processRecording(request, { signal } = {}) {
    return this.#post('/api/v1/voice/process', request, {}, signal);
  }

  /**
   * Resolves with the completed recording. Rejects with a VoiceError: the failure's code when the recording failed, `timeout`, `not_found`,
   * or whatever the service refuses for good. Outages are waited out. `onStatus` hears every body that differs from the one before.
   */
  async waitForRecording(recordingId, { signal, timeout = 30 * 60_000, onStatus } = {}) {
    const until = Date.now() + timeout;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(new VoiceError(`The recording was not final within ${timeout} ms.`, { code: 'timeout' })), timeout);
    const forward = () => stop.abort(signal.reason);
    signal?.addEventListener('abort', forward);
    if (signal?.aborted) forward();
    try {
      let etag = null;
      let told = null;
      let troubles = 0;
      while (true) {
        stop.signal.throwIfAborted();
        const asked = Date.now();
        const answer = await this.#ask(recordingId, etag, Math.min(HELD_SECONDS, Math.ceil((until - asked) / 1000)), stop.signal);
        if (answer.body) {
          etag = answer.etag;
          const news = JSON.stringify(answer.body);
          if (news !== told) onStatus?.(answer.body);
          told = news;
          if (FINAL.has(answer.body.status)) return settle(answer.body);
        }
        troubles = answer.trouble ? troubles + 1 : 0;
        // A service that holds the answer sets the pace itself; where something on the way answers at once, the client must.
        const wasHeld = !answer.trouble && (answer.body || Date.now() - asked >= 1000);
        if (!wasHeld || (answer.body && !etag)) await pause(delay(answer.retryAfter, troubles), stop.signal);
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', forward);
    }
  }

  async #ask(recordingId, etag, seconds, signal) {
    let response;
    try {
      response = await this.#fetch(`${this.#base}/api/v1/voice/recordings/${encodeURIComponent(recordingId)}?wait=${etag ? seconds : 0}`, {
        headers: { ...this.#headers, ...(etag ? { 'If-None-Match': etag } : {}) },
        cache: 'no-store',
        signal,
      });
      const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
      if (response.status === 304) return { retryAfter };
      if (response.ok) return { body: await response.json(), etag: response.headers.get('ETag'), retryAfter };
      if (response.status === 429 || response.status >= 500) return { trouble: true, retryAfter };
    } catch (error) {
      signal.throwIfAborted();
      return { trouble: true }; // The network is away; it may come back.
    }
    throw await refusal(response);
  }

  async #post(path, request, headers, signal) {
    const response = await this.#fetch(this.#base + path, {
      method: 'POST',
      headers: { ...this.#headers, ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    });
    if (!response.ok) throw await refusal(response);
    return response.json();
  }
}

function settle(body) {
  if (body.status === 'completed') return body;
  throw new VoiceError(body.failure?.message ?? 'Recording failed', { code: body.failure?.code ?? 'failed', body });
}

async function refusal(response) {
  const body = await response.json().catch(() => undefined);
  const code = response.status === 404 ? 'not_found' : `http_${response.status}`;
  return new VoiceError(body?.detail ?? `The service answered ${response.status}.`, { code, status: response.status, body });
}

// Full jitter above half the pause, so that a crowd of clients does not come back as a crowd.
function delay(retryAfter, troubles) {
  const pauseMs = Math.min(Math.max(retryAfter ? retryAfter * 1000 : 0, PLAIN_POLL_MS * 2 ** Math.max(0, troubles - 1)), LONGEST_PAUSE_MS);
  return retryAfter ? pauseMs * (1 + Math.random() / 4) : pauseMs * (0.5 + Math.random() / 2);
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

/** The same on the service that this module came from. */
export const createConference = (request, options) => defaultClient.createConference(request, options);
export const processRecording = (request, options) => defaultClient.processRecording(request, options);
export const waitForRecording = (recordingId, options) => defaultClient.waitForRecording(recordingId, options);
