import { localize, zone } from './times.js';
import { follow, refresh } from './live.js';
import { connect } from './words.js';

localize(document);
connect();
follow();
for (const input of document.querySelectorAll('input[name=Zone]')) input.value = zone;
for (const talk of document.querySelectorAll('.talk')) talk.scrollTop = talk.scrollHeight;

// One click is one call.
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.dataset.isSent) return event.preventDefault();
  if (!form.dataset.busy) return;
  form.dataset.isSent = true;
  form.querySelector('button').textContent = form.dataset.busy;
});
addEventListener('pageshow', event => event.persisted && location.reload());

// A change of status is told at once; the rest of the page follows at its own pace.
const { recording } = document.querySelector('main').dataset;
if (recording) {
  const { VoiceClient } = await import('../../client/voice-client.js');
  new VoiceClient().waitForRecording(recording, { onStatus: refresh }).catch(refresh);
}
