// The client: one module without dependencies, for browsers and for Node 18 and later.
// Types: voice-client.d.ts

/** An error that tells programs what happened: `code` is the failure's or the client's own, `status` the HTTP status if there was one. */
export class VoiceError extends Error {
  constructor(message, { code, status, body, recordingId, retryAfterMs = 0, cause } = {}) {
    super(message, { cause });
    this.name = 'VoiceError';
    this.code = code;
    this.status = status;
    this.body = body;
    this.recordingId = recordingId;
    this.retryAfterMs = retryAfterMs;
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

/** Methods that wait (waitFor…, process…, upload…) wait out outages; the others ask once. */
export class VoiceClient {
  #base;
  #headers;
  #token;
  #fetch;

  /**
   * `baseUrl` is where the service is; by default where this module came from, or http://localhost:8000 if that was a file. With a
   * `readToken` in place of the key it reads the one thing that the token is for.
   */
  constructor({ baseUrl = DEFAULT_BASE, apiKey, readToken, fetch = globalThis.fetch } = {}) {
    // Said here, because a request that can never be sent looks like an outage.
    if (!/^https?:\/\//i.test(baseUrl) && (!globalThis.location || baseUrl.includes(':')))
      throw new TypeError(`baseUrl must start with http:// or https://, unlike ${baseUrl}`);
    this.#base = baseUrl.replace(/\/+$/, '');
    this.#headers = apiKey ? { Authorization: `Bearer ${apiKey}` } : {};
    this.#token = readToken;
    this.#fetch = (...request) => fetch(...request);
  }

  /**
   * Starts a recorded conference. With an `idempotencyKey` it may be repeated without dialling twice. When the provider did not take the
   * call, the VoiceError has the `recordingId` and the failure's code.
   */
  async createConference(request, { idempotencyKey, signal } = {}) {
    const headers = idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {};
    try {
      return await this.#send('/api/v1/voice/conference/create', { content: given(request, 'request'), headers, signal, sign: 'conference_id' });
    } catch (error) {
      if (error?.recordingId) error.code = (await this.#failureOf(error.recordingId, signal))?.code ?? error.code;
      throw error;
    }
  }

  async getRecording(recordingId, { signal } = {}) {
    return this.#send(recordingPath(recordingId), { signal, recordingId });
  }

  /**
   * Resolves with the completed recording. Rejects with a VoiceError: the failure's code when the recording failed, `timeout`, `not_found`,
   * or whatever the service refuses for good. `onStatus` hears every body once.
   */
  async waitForRecording(recordingId, { onStatus, ...limits } = {}) {
    const path = recordingPath(recordingId);
    const body = await within({ ...limits, recordingId }, (stop, until) =>
      this.#follow(path, stop, { until, isFinal: isOver, onNews: onStatus, recordingId }));
    if (body.status === 'completed') return body;
    const { code = 'failed', message = 'Recording failed' } = body.failure ?? {};
    throw new VoiceError(message, { code, body, recordingId });
  }

  /** The recordings that fit the filter, newest first; pages are fetched as the loop comes to them, `limit` to a page. */
  listRecordings(filter, options) {
    return this.#items('/api/v1/voice/recordings', filter, options);
  }

  /** The whole timeline, oldest entry first. */
  async getTimeline(recordingId, { signal } = {}) {
    const pages = [];
    for await (const page of this.#pages(`${recordingPath(recordingId)}/timeline`, {}, { signal, sign: 'entries', recordingId }))
      pages.push(page);
    return { ...pages.at(-1), entries: pages.flatMap(page => page.entries) };
  }

  /** Turns a completed recording, or audio at an address, into a contract. `onProgress` hears how far it is. */
  async processRecording(request, options) {
    return this.#process('/api/v1/voice/process', given(request, 'request'), { ...options, recordingId: request.recording_id });
  }

  /** The same for audio of your own: a File or Blob. */
  async uploadRecording(file, request, options) {
    const { parties, contract_type } = given(request, 'request');
    const form = new FormData();
    form.append('parties', JSON.stringify(parties));
    if (contract_type) form.append('contract_type', contract_type);
    form.append('file', given(file, 'file'), file.name ?? 'recording');
    return this.#process('/api/v1/voice/upload', form, options);
  }

  async getJob(jobId, { signal } = {}) {
    return this.#send(jobPath(jobId), { signal });
  }

  /** Resolves with the contract that the job makes. */
  async waitForJob(jobId, options) {
    return within(options, stop => this.#finish(jobId, stop, options));
  }

  async getContract(contractId, { signal } = {}) {
    return this.#send(contractPath(contractId), { signal });
  }

  /** Resolves with the contract once it is decided: confirmed by all, rejected, or expired. `onStatus` hears every body once. */
  async waitForContract(contractId, { onStatus, ...limits } = {}) {
    const path = contractPath(contractId);
    return within(limits, (stop, until) =>
      this.#follow(path, stop, { until, isFinal: body => body.status !== 'pending', onNews: onStatus }));
  }

  /** The contracts that fit the filter, as listRecordings. */
  listContracts(filter, options) {
    return this.#items('/api/v1/contracts', filter, options);
  }

  /** A party's answer to a contract, with the code that was sent to its phone. */
  async confirmContract(contractId, answer, { signal } = {}) {
    return this.#send(`${contractPath(contractId)}/confirm`, { content: given(answer, 'answer'), signal });
  }

  /** Sends a party a new code. */
  async sendCode(contractId, receiver, { signal } = {}) {
    return this.#send(`${contractPath(contractId)}/codes`, { content: given(receiver, 'receiver'), signal });
  }

  /** A token with which a page without a key reads one recording or contract: its `readToken`. */
  async issueToken(request, { signal } = {}) {
    return this.#send('/api/v1/tokens', { content: given(request, 'request'), signal, sign: 'token', recordingId: request.recording_id });
  }

  // The service takes the same request for the same job, so it is sent again until somebody takes it or refuses it for good.
  #process(path, content, options) {
    return within(options, async stop => {
      const headers = { Prefer: 'respond-async' };
      const taken = await this.#follow(path, stop, { content, headers, recordingId: options?.recordingId });
      // What dropped the preference on the way has waited for the contract.
      return taken.job_id ? this.#finish(taken.job_id, stop, options) : taken;
    });
  }

  async #finish(jobId, signal, { onProgress, recordingId } = {}) {
    const job = await this.#follow(jobPath(jobId), signal, { isFinal: isOver, onNews: onProgress, isKnown: true, recordingId });
    if (job.status === 'failed') throw new VoiceError(job.failure ?? 'Processing failed', { code: 'failed', body: job, recordingId });
    return this.#follow(contractPath(job.contract_id), signal, { isKnown: true, recordingId });
  }

  async #failureOf(recordingId, signal) {
    try {
      return (await within({ signal, timeout: 10_000 }, stop => this.#follow(recordingPath(recordingId), stop, { isKnown: true }))).failure;
    } catch {
      signal?.throwIfAborted();
      return undefined; // What the service said of the call tells enough.
    }
  }

  async *#items(path, filter, options) {
    for await (const page of this.#pages(path, filter, { ...options, sign: 'items' })) yield* page.items;
  }

  async *#pages(path, query, request) {
    let cursor = query?.cursor;
    do {
      const page = await this.#send(path, { ...request, query: { ...query, cursor } });
      yield page;
      cursor = page.next_cursor;
    } while (cursor);
  }

  // Asks until the body is final. Whatever stands between us and the service, and however it bends the answers, we ask again at once only
  // for news or after an answer that was really held (until is given); everything else is followed by a pause.
  async #follow(path, signal, { until, isFinal = () => true, onNews, isKnown = false, ...request }) {
    const told = new Set();
    let [etag, troubles, misses] = [null, 0, 0];
    while (true) {
      signal.throwIfAborted();
      const asked = Date.now();
      const seconds = until && etag ? Math.max(0, Math.min(HELD_SECONDS, Math.ceil((until - asked) / 1000))) : 0;
      const headers = { ...request.headers };
      if (etag) headers['If-None-Match'] = etag;
      if (seconds) headers.Prefer = `wait=${seconds}`;
      const answer = await this.#request(path, { ...request, headers, signal }).catch(error => ({ error }));
      signal.throwIfAborted();
      const { error, body } = answer;
      let isNews = false;
      if (body) {
        etag = answer.etag;
        const text = JSON.stringify(body);
        isNews = !told.has(text); // Not only unlike the last: of two instances one may be behind.
        told.add(text);
        if (isNews) onNews?.(body);
        if (isFinal(body)) return body;
      }
      // While its service restarts, a balancer may not know what was there a moment ago.
      const isMiss = error?.status === 404 && (isKnown || told.size > 0);
      misses = isMiss ? misses + 1 : 0;
      if (error && !willPass(error) && (!isMiss || misses > MOST_MISSES)) throw error;
      troubles = error ? troubles + 1 : 0;
      const wasHeld = seconds > 0 && !error && Date.now() - asked >= seconds * 900;
      if (!wasHeld && !(isNews && until && etag)) await pause(delay((error ?? answer).retryAfterMs, troubles), signal);
    }
  }

  // A request that is sent once, for its body.
  async #send(path, request) {
    return (await this.#request(path, request)).body;
  }

  // Every request goes through here: JSON or a form is posted, anything else is a GET. The answer's body has the member `sign`, or it is
  // not the service's; there is none when the body that we have still fits. All that goes wrong is a VoiceError.
  async #request(path, { content, headers, query, signal, sign = 'status', recordingId }) {
    const isForm = content instanceof FormData;
    let response;
    let text;
    try {
      response = await this.#fetch(this.#base + path + search({ ...query, token: this.#token }), {
        method: content ? 'POST' : 'GET',
        body: content && !isForm ? JSON.stringify(content) : content,
        headers: { ...this.#headers, ...(content && !isForm ? { 'Content-Type': 'application/json' } : {}), ...headers },
        cache: 'no-store',
        signal,
      });
      text = await response.text();
    } catch (cause) {
      signal?.throwIfAborted();
      throw new VoiceError('The service cannot be reached.', { code: 'unreachable', recordingId, cause });
    }
    const { status } = response;
    const retryAfterMs = retryAfter(response);
    if (status === 304) return { retryAfterMs };
    const body = read(text);
    if (!response.ok) {
      throw new VoiceError(body?.detail ?? `The service answered ${status}.`, {
        code: status === 404 ? 'not_found' : `http_${status}`,
        status, body, retryAfterMs, recordingId: lastSegment(response) ?? recordingId,
      });
    }
    if (body?.[sign] !== undefined) return { body, etag: response.headers.get('ETag'), retryAfterMs };
    throw new VoiceError('Something else answered in place of the service.', { code: 'unreadable', status, retryAfterMs, recordingId });
  }
}

const isOver = body => body.status === 'completed' || body.status === 'failed';

// The network is away, the service has trouble of its own, or somebody else answers for it.
const willPass = ({ code, status }) => code === 'unreachable' || code === 'unreadable' || status >= 500 || PASSES.has(status);

const recordingPath = recordingId => `/api/v1/voice/recordings/${named(recordingId)}`;

const jobPath = jobId => `/api/v1/voice/process/${named(jobId)}`;

const contractPath = contractId => `/api/v1/contracts/${named(contractId)}`;

// Without a name the address would be another one, such as the list's.
function named(id) {
  if (!id) throw new TypeError('Name what it is about: the id is missing.');
  return encodeURIComponent(id);
}

// Without it the request would be another one, such as a GET.
function given(content, name) {
  if (!content) throw new TypeError(`Say what is asked for: the ${name} is missing.`);
  return content;
}

function search(query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length > 0 ? `?${given.map(pair => pair.map(encodeURIComponent).join('=')).join('&')}` : '';
}

const lastSegment = response => response.headers.get('Location')?.split('/').pop();

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The callers say what that means.
  }
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

// Does work that may take this long and no longer.
async function within({ signal, timeout = PATIENCE_MS, recordingId } = {}, work) {
  const stop = new AbortController();
  const giveUp = () => stop.abort(new VoiceError(`It was not final within ${timeout} ms.`, { code: 'timeout', recordingId }));
  const timer = timeout > LONGEST_TIMER_MS ? undefined : setTimeout(giveUp, timeout);
  const forward = () => stop.abort(signal.reason);
  signal?.addEventListener('abort', forward);
  if (signal?.aborted) forward();
  try {
    return await work(stop.signal, Date.now() + timeout);
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
