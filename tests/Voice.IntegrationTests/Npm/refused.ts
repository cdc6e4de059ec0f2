// What the compiler must refuse: each line that is marked.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

const { GET, POST } = createClient<paths>();
const status = '/api/v1/voice/recordings/{recording_id}';
const path = { recording_id: 'conf_1' };
type Party = components['schemas']['PartyBody'];
declare const recording: components['schemas']['RecordingStatusBody'];

await POST('/api/v1/voice/conference/create', { body: {} }); // refused
await POST('/api/v1/voice/conference/create', { body: { parties: null } }); // refused
await POST('/api/v1/voice/conference/create', { body: { parties: ['+254712345678'], contract_type: 'a deal' } }); // refused
await POST('/api/v1/voice/process', { body: { recording_id: 'conf_1' } }); // refused
await POST('/api/v1/contracts/{contract_id}/confirm', { params: { path: { contract_id: 'c' } }, body: { code: '123456' } }); // refused
await GET(status, { params: { path, query: { wait: 'soon' } } }); // refused
await GET('/api/v1/voice/recordings', { params: { query: { status: 'done' } } }); // refused
export const party: Party = { phone: '+254712345678', role: 'friend' }; // refused
export const seconds: number = recording.duration; // refused
export const isOver = recording.status === 'finished'; // refused
