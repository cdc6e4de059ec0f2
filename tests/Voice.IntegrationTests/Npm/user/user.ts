// The whole way from two numbers to a contract that both confirmed, by the installed package.
import { VoiceClient, VoiceError, waitForRecording, type CompletedRecording, type Contract, type Party } from 'voice-client';

declare const process: { argv: string[]; exit(code: number): never };

const baseUrl = process.argv[2]!;
const client = new VoiceClient({ baseUrl, ...(process.argv[3] ? { apiKey: process.argv[3] } : {}) });
const say = (name: string, value: unknown) => console.log(`${name}: ${value}`);
const phones = ['+254712345678', '+254787654321'] as const;
const parties: Party[] = [{ phone: phones[0], role: 'buyer', name: 'John' }, { phone: phones[1], role: 'seller' }];
const all = async <T>(items: AsyncIterable<T>) => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};
const errorOf = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  return error instanceof VoiceError ? `${error.code} ${error.status} ${error.recordingId}` : `no VoiceError: ${error}`;
};
// What the sandbox's phone has received by now, or will have soon.
async function codeFor(phone: string): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const messages: { to: string; text: string }[] = await (await fetch(`${baseUrl}/sandbox/sms`)).json();
    const code = messages.filter(message => message.to === phone).map(message => /(?<=\s)\d{6}(?=\s|$)/.exec(message.text)?.[0]).find(Boolean);
    if (code) return code;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(`No code came to ${phone}.`);
}

const { conference_id } = await client.createConference({ parties: [...phones] });
const recording: CompletedRecording = await client.waitForRecording(conference_id);
const seconds: number | null = recording.duration;
say('completed', typeof seconds);
say('the same', (await client.getRecording(conference_id)).recording_url === recording.recording_url);
const { entries } = await client.getTimeline(conference_id);
say('timeline', `${entries[0]?.kind}…${entries.at(-1)?.kind}`);

for (const first of ['+254712340001', '+254712340002']) {
  const process = { parties: [{ ...parties[0]!, phone: first }, parties[1]!] };
  await client.createConference({ parties: [first, phones[1]], contract_type: 'other', expected_duration: 60, process });
}
const listed = await all(client.listRecordings({ limit: 1, party: phones[1] }));
say('listed', `${listed.length}, newest first ${listed[2]?.recording_id === conference_id}`);

let job = '';
const contract: Contract = await client.processRecording(
  { recording_id: conference_id, parties }, { onProgress: body => { job = body.job_id; } });
say('job', (await client.getJob(job)).contract_id === contract.contract_id);
say('its contract', (await client.waitForJob(job)).contract_id === contract.contract_id);
say('question', Object.values(contract.questions).length >= 0);

const decided = client.waitForContract(contract.contract_id);
say('sent', (await client.sendCode(contract.contract_id, { phone: phones[0] })).contract_id === contract.contract_id);
for (const phone of phones) await client.confirmContract(contract.contract_id, { phone, code: await codeFor(phone) });
say('decided', (await decided).status);
say('signed', (await client.getContract(contract.contract_id)).signed_by.join());

const { token: readToken } = await client.issueToken({ recording_id: conference_id });
const reader = new VoiceClient({ baseUrl, readToken });
say('read with a token', (await reader.waitForRecording(conference_id)).status);
say('of another', await errorOf(reader.getRecording('conf_other')));
say('no contract', await errorOf(client.getContract('ctr_none')));
say('no recording', await errorOf(client.getTimeline('conf_none')));
say('not processed', await errorOf(client.processRecording({ recording_id: 'conf_none', parties })));
say('confirmed already', await errorOf(client.confirmContract(contract.contract_id, { phone: phones[0], code: '000000' })));
say('invalid', await errorOf(all(client.listRecordings({ limit: 0 }))));
say('unreachable', await errorOf(new VoiceClient({ baseUrl: 'http://127.0.0.1:1' }).getRecording('conf_1')));
say('by default', typeof waitForRecording);
process.exit(0);
