// A caller with nothing but what is generated from the service's document.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

declare const process: { argv: string[] };

type Recording = components['schemas']['RecordingStatusBody'];

const client = createClient<paths>({ baseUrl: process.argv[2] });

// All that a status can be is known, so nothing is left to return at the end.
function inWords(recording: Recording): string {
  switch (recording.status) {
    case 'recording': return 'going on';
    case 'processing': return 'over';
    case 'completed': return `${recording.duration ?? 'unknown'} seconds at ${recording.recording_url}`;
    case 'failed': return recording.failure?.code satisfies 'busy' | 'no_answer' | string | undefined ?? 'failed';
  }
}

const { data: conference, error } = await client.POST('/api/v1/voice/conference/create', {
  body: { parties: ['+254712340001', '+254787654321'], contract_type: 'goods_purchase', expected_duration: 60 },
});
if (!conference) throw new Error(error.detail);
const { data: recording } = await client.GET('/api/v1/voice/recordings/{recording_id}', {
  params: { path: { recording_id: conference.conference_id }, query: { wait: 30 } },
});
const { data: page } = await client.GET('/api/v1/voice/recordings', { params: { query: { status: 'failed', limit: 1 } } });
const { error: missing } = await client.GET('/api/v1/contracts/{contract_id}', { params: { path: { contract_id: 'ctr_none' } } });
console.log(`${recording && inWords(recording)}, ${page?.items.length} in the list, ${missing?.detail}`);
