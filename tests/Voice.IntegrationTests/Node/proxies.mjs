// Drives the served client module through everything that may stand between it and the service: each case is a double that bends the
// answers in one way. The module's timers run fast, and are noted, so that no case is slow and none depends on the machine's pace.
import http from 'node:http';

const [, , modulePath, service] = process.argv;
const FAST = 50;
const pauses = [];
const slowly = globalThis.setTimeout;
globalThis.setTimeout = (action, ms, ...rest) => {
  if (!new Error().stack.split('\n')[2].includes(modulePath)) return slowly(action, ms, ...rest); // Node's own.
  pauses.push(ms);
  return slowly(action, ms / FAST, ...rest);
};
const { VoiceClient, VoiceError } = await import(modulePath);

const recording = (status, more) => ({
  recording_id: 'conf_1', status, duration: null, recording_url: status === 'completed' ? 'http://audio/' : null, ...more,
});
const answer = (response, status, body, headers = {}) => response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  .end(typeof body === 'string' ? body : JSON.stringify(body));

// The answers in turn, the last one again and again; an answer is a list for `answer`, or does what it likes with the response.
async function behind(answers, use) {
  const asked = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url.replace('/api/v1/', '')}`);
    const next = answers[Math.min(asked.length, answers.length) - 1];
    if (typeof next === 'function') next(response, request, asked.length);
    else answer(response, ...next);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(new VoiceClient({ baseUrl: `http://127.0.0.1:${server.address().port}` }), asked);
  } finally {
    server.closeAllConnections?.();
    server.close();
  }
}

const waiting = (answers, options) => behind(answers, async (client, asked) => {
  const heard = [];
  const onStatus = body => heard.push(body.status);
  const end = await client.waitForRecording('conf_1', { onStatus, ...options }).then(body => body.status, error => error.code ?? error);
  return { end, heard, asked: asked.length };
});
const say = (name, value) => console.log(`${name}: ${value}`);
const ends = async (name, answers, options) => say(name, (await waiting(answers, options)).end);

// After each request there is a pause, or there was news: nothing is asked again and again, whatever comes back at once.
function withPauses(requests, news) {
  const long = pauses.filter(ms => ms >= 1000 && ms < 60_000).length;
  return requests <= long + news ? 'with pauses' : `${requests} requests, ${long} pauses and ${news} news`;
}

const paces = async (name, bent) => {
  pauses.length = 0;
  const { end, asked, heard } = await waiting([...Array(20).fill(bent), [200, recording('completed')]]);
  say(name, `${end}, heard ${heard.join()}, ${withPauses(asked, heard.length)}`);
};
const rewritten = (response, _, number) => answer(response, 200, recording('recording'), { ETag: `"${number}-gzip"` });
const flapping = (response, _, number) =>
  answer(response, 200, recording(number % 2 ? 'processing' : 'recording'), { ETag: `"${number}"` });
const unheld = (response, request) =>
  answer(response, request.headers['if-none-match'] ? 304 : 200, recording('recording'), { ETag: '"1"' });
await paces('rewritten tags', rewritten);
await paces('one instance behind', flapping);
await paces('unheld', unheld);
await paces('no tags', [200, recording('recording')]);

// What passes is waited out, for as long as whoever says it wants.
const seen = [200, recording('recording'), { ETag: '"1"' }];
const done = [200, recording('completed')];
for (const status of [408, 425, 429, 500, 502, 503, 504]) {
  pauses.length = 0;
  const { end } = await waiting([[status, '<html>'], seen, [status, '<html>', { 'Retry-After': '45' }], done]);
  say(`${status}`, `${end} ${pauses.some(ms => ms >= 45_000 && ms < 60_000)}`);
}
pauses.length = 0;
await ends('a date', [[503, '', { 'Retry-After': new Date(Date.now() + 90_000).toUTCString() }], done]);
say('kept to', pauses.some(ms => ms > 80_000 && ms < 120_000));
await ends('a splash page', [seen, [200, '<html>'], [200, {}], [200, 'null'], done]);
await ends('cut connections', [response => response.destroy(), seen, response => response.destroy(), done]);

// A balancer's 404 is not the service's, unless it stays.
await ends('one 404', [seen, [404, '<html>'], [503, ''], [404, '<html>'], done]);
await ends('never there', [[404, { detail: 'Recording not found' }]]);
const gone = await waiting([seen, [404, { detail: 'Recording not found' }]]);
say('gone', `${gone.end} ${gone.asked}`);
await ends('no key', [seen, [401, { detail: 'No key.' }], done]);

// Patience.
for (const timeout of [Infinity, 2 ** 31, 1e15]) await ends(`${timeout} ms`, [seen, [304, ''], done], { timeout });
await ends('300 ms', [seen], { timeout: 300 });
const stop = new AbortController();
const waits = waiting([[503, '', { 'Retry-After': '99999999999' }]], { signal: stop.signal, timeout: Infinity });
slowly(() => stop.abort('enough'), 100);
say('aborted', (await waits).end);

// Which recording it was.
const which = (answers, options) => behind(answers, client => client.waitForRecording('conf_1', options).catch(told));
const told = error => `${error instanceof VoiceError} ${error.status} ${error.code} ${error.recordingId} ${error.message}`;
say('which', await which([[404, { detail: 'Recording not found' }]]));
say('which', await which([seen], { timeout: 300 }));

// A call that the provider did not take.
const create = (answers) => behind(answers, client => client.createConference({ parties: [] }).catch(error => error));
const refused = [502, { detail: 'No credit.' }, { Location: '/api/v1/voice/recordings/conf_1' }];
const failed = [200, recording('failed', { failure: { code: 'insufficient_credit', message: 'No credit.' } })];
say('refused', told(await create([refused, [503, ''], [404, ''], failed])));
say('refused by a proxy', told(await create([[502, '<html>']])));
say('still open', told(await create([refused, seen])));
say('not ours', told(await create([[200, '<html>']])));
say('not ours', told(await create([[200, null]])));
say('cut', told(await create([response => response.destroy()])));

// A job and its progress.
const accepted = [202, { job_id: 'job_1', status: 'queued' }, { Location: '/api/v1/voice/process/job_1' }];
const job = (status, more) => [200, { job_id: 'job_1', status, ...more }, { 'Retry-After': '2' }];
const contract = [200, { contract_id: 'ctr_1', status: 'pending' }];
const works = async (name, answers) => behind(answers, async (client, asked) => {
  const heard = [];
  const onProgress = body => heard.push(body.progress ? `${body.progress.step} ${body.progress.done}` : body.status);
  for (const work of [
    () => client.processRecording({ recording_id: 'conf_1', parties: [] }, { onProgress }),
    () => client.uploadRecording(new Blob(['audio']), { parties: [] }, { onProgress }),
  ]) {
    asked.length = heard.length = 0;
    const end = await work().then(body => body.contract_id, error => `${error.code} ${error.message}`);
    say(name, `${end} after ${heard.join()} by ${asked.filter((request, index) => request !== asked[index - 1]).join()}`);
  }
});
const listening = job('running', { progress: { step: 'listening', done: 0.5 } });
const ended = job('completed', { contract_id: 'ctr_1' });
await works('job', [accepted, job('queued'), [404, '<html>'], listening, listening, ended, [502, ''], contract]);
await works('taken late', [[502, '<html>'], response => response.destroy(), [200, '<html>'], [408, ''], accepted, ended, contract]);
await works('refused', [[422, { detail: 'parties: Name them.' }]]);
await works('failed job', [accepted, job('failed', { failure: 'Nobody speaks.' })]);
await works('not asynchronous', [contract]);

// Where it asks when nobody says where, and what it cannot ask.
const asked = [];
const fetch = async url => (asked.push(url), new Response(JSON.stringify(recording('completed'))));
await new VoiceClient({ fetch }).waitForRecording('a b');
say('default', asked);
say('nothing', await new VoiceClient({ fetch }).waitForRecording('').catch(error => `${error.name} ${error.message}`));
const careless = new VoiceClient({ fetch });
for (const name of ['createConference', 'processRecording', 'uploadRecording', 'confirmContract', 'sendCode', 'issueToken'])
  say(name, await careless[name](...(/Contract|Code/.test(name) ? ['ctr_1'] : [])).catch(error => `${error.name} ${error.message}`));
say('asked', asked.length);

// Contracts, lists, and what is asked once.
const said = status => [200, { contract_id: 'ctr_1', status }, { ETag: `"${status}"` }];
for (const end of ['confirmed', 'rejected']) {
  let held;
  const note = (response, request) => (held = request.headers.prefer?.split('=')[1], answer(response, ...said(end)));
  await behind([said('pending'), [503, ''], note], async client => {
    const heard = [];
    const { status } = await client.waitForContract('ctr_1', { onStatus: body => heard.push(body.status) });
    say('contract', `${status}, heard ${heard.join()}, held for ${held}`);
  });
}
const page = (ids, next_cursor) => [200, { items: ids.map(contract_id => ({ contract_id })), next_cursor }];
const paths = asked => asked.map(request => request.split(' ')[1]).join();
await behind([page(['ctr_1', 'ctr_2'], 'a+b'), page(['ctr_3'], null)], async (client, asked) => {
  const ids = [];
  const filter = { party: '+254712345678', recording_id: undefined, limit: 2 };
  for await (const { contract_id } of client.listContracts(filter)) ids.push(contract_id);
  say('contracts', `${ids.join()} by ${paths(asked)}`);
});
await behind([page(['ctr_1', 'ctr_2'], 'a')], async (client, asked) => {
  for await (const { contract_id } of client.listContracts()) {
    say('one of many', `${contract_id} by ${paths(asked)}`);
    break;
  }
});
const lines = (kinds, next_cursor) => [200, { recording_id: 'conf_1', entries: kinds.map(kind => ({ kind })), next_cursor }];
await behind([lines(['created'], '1'), lines(['deadline'], null)], async (client, asked) => {
  const { entries } = await client.getTimeline('conf_1');
  say('timeline', `${entries.map(entry => entry.kind).join()} by ${paths(asked)}`);
});
const tokened = [];
const withToken = new VoiceClient({
  baseUrl: 'http://x', readToken: 'a.b',
  fetch: async url => (tokened.push(url.split('/api/v1/').pop()), new Response('{"status":"completed","items":[],"next_cursor":null}')),
});
await withToken.getRecording('conf_1');
for await (const _ of withToken.listRecordings({ status: 'failed' })) break;
say('token', tokened.join(' '));
for (const bent of [[503, { detail: 'Not now.' }, { 'Retry-After': '7' }], [200, '<html>'], response => response.destroy()]) {
  const error = await behind([bent], client => client.getRecording('conf_1').catch(error => error));
  say('asked once', `${told(error)} ${error.retryAfterMs}`);
}
for (const baseUrl of ['localhost:8000', 'file:///tmp', ''])
  try {
    say('base', new VoiceClient({ baseUrl }));
  } catch (error) {
    say('base', `${error.name} ${error.message}`);
  }

// The real service behind a proxy that compresses, and so rewrites tags, and that does not let requests wait.
const compressing = async (response, request) => {
  const { host, prefer, ...headers } = request.headers;
  const body = request.method === 'POST' ? await new Response(request).text() : undefined;
  const got = await globalThis.fetch(service + request.url, { method: request.method, headers, body });
  const tag = got.headers.get('ETag')?.replace(/"$/, '-gzip"');
  answer(response, got.status, await got.text(), tag ? { ETag: tag } : {});
};
say('compressed', await behind([compressing], async (client, asked) => {
  const { conference_id } = await client.createConference({ parties: ['+254712345678', '+254787654321'] });
  pauses.length = asked.length = 0;
  let news = 0;
  const { status } = await client.waitForRecording(conference_id, { onStatus: () => news++ });
  return `${status} ${withPauses(asked.length, news)}`;
}));
process.exit(0);
