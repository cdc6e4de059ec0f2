// Drives the served client module against the running service.
import { readFile } from 'node:fs/promises';

const [, , modulePath, base, audioPath] = process.argv;
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
const told = [];
const request = { recording_id: conference.conference_id, parties: roles };
const contract = await client.processRecording(request, { onProgress: job => told.push(job.status) });
say('contract', `${contract.terms.total_amount} ${contract.terms.currency} ${told.at(-1)}`);
const uploaded = await client.uploadRecording(new Blob([await readFile(audioPath)]), { parties: roles, contract_type: 'other' });
say('uploaded', `${uploaded.terms.total_amount} ${uploaded.contract_type}`);
say('unprocessed', await client.processRecording({ recording_id: 'conf_nobody', parties: roles }).catch(error => error.message));

const busy = await client.createConference(parties('+254712340001'));
say('busy', await client.waitForRecording(busy.conference_id).catch(error => error instanceof VoiceError && error.code));
const refused = await client.createConference(parties('+254712340005')).catch(error => error);
say('refused', `${refused.status} ${refused.code} ${refused.recordingId.startsWith('conf_')}`);
say('missing', await client.waitForRecording('conf_nobody').catch(error => `${error.code} ${error.status}`));
say('invalid', await client.createConference({ parties: [] }).catch(error => `${error.status} ${error.message}`));

const silent = await client.createConference(parties('+254712340010'));
say('timeout', await client.waitForRecording(silent.conference_id, { timeout: 300 }).catch(error => error.code));
const stop = new AbortController();
setTimeout(() => stop.abort(new Error('enough')), 200);
say('aborted', await client.waitForRecording(silent.conference_id, { signal: stop.signal }).catch(error => error.message));
process.exit(0);
