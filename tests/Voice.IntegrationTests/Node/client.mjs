// Drives the served client module against the running service, and against a service that cannot wait and fails now and then.
import http from 'node:http';
import { readFile } from 'node:fs/promises';

const [, , base, modulePath] = process.argv;
const { VoiceClient, VoiceError } = await import(modulePath);
const client = new VoiceClient({ baseUrl: base });
const parties = first => ({ parties: [first, '+254787654321'] });
const say = (name, value) => console.log(`${name}: ${value}`);

const conference = await client.createConference(parties('+254712345678'), { idempotencyKey: 'one' });
const repeated = await client.createConference(parties('+254712345678'), { idempotencyKey: 'one' });
say('same', conference.conference_id === repeated.conference_id);

const heard = [];
const recording = await client.waitForRecording(conference.conference_id, { onStatus: body => heard.push(body.status) });
say('completed', recording.status === 'completed' && recording.recording_url.startsWith('http'));
say('heard', heard[0] + '…' + heard.at(-1));

const roles = [{ phone: '+254712345678', role: 'buyer' }, { phone: '+254787654321', role: 'seller' }];
const contract = await client.processRecording({ recording_id: conference.conference_id, parties: roles });
say('contract', `${contract.terms.total_amount} ${contract.terms.currency}`);
say('unprocessed', await client.processRecording({ recording_id: 'conf_nobody', parties: roles }).catch(error => error.status));

const busy = await client.createConference(parties('+254712340001'));
say('busy', await client.waitForRecording(busy.conference_id).catch(error => error instanceof VoiceError && error.code));
say('missing', await client.waitForRecording('conf_nobody').catch(error => `${error.code} ${error.status}`));
say('invalid', await client.createConference({ parties: [] }).catch(error => `${error.status} ${error.message}`));

const silent = await client.createConference(parties('+254712340010'));
say('timeout', await client.waitForRecording(silent.conference_id, { timeout: 300 }).catch(error => error.code));
const stop = new AbortController();
setTimeout(() => stop.abort(new Error('enough')), 200);
say('aborted', await client.waitForRecording(silent.conference_id, { signal: stop.signal }).catch(error => error.message));

// A service behind something that drops wait, tags and every other answer.
let asked = 0;
const plain = http.createServer((request, response) => {
  asked++;
  if (asked % 2 === 1) return response.writeHead(503, { 'Retry-After': '1' }).end();
  const status = asked < 4 ? 'recording' : 'completed';
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ recording_id: 'x', status, recording_url: 'http://x/' }));
});
await new Promise(resolve => plain.listen(0, '127.0.0.1', resolve));
const fallback = new VoiceClient({ baseUrl: `http://127.0.0.1:${plain.address().port}` });
const start = Date.now();
say('plain', (await fallback.waitForRecording('x')).status);
say('patient', asked === 4 && Date.now() - start > 2000);
plain.close();

const types = await readFile(new URL('voice-client.d.ts', modulePath), 'utf8');
say('types', ['waitForRecording', 'createConference', 'processRecording', 'VoiceError'].every(name => types.includes(name)));
process.exit(0);
