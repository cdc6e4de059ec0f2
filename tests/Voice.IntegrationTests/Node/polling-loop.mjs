// The documented polling strategy, as a front-end developer would paste it; only the address and the pace come from outside.
const [, , base, recording, interval] = process.argv;

async function waitForRecording(recordingId) {
  const maxAttempts = 30;
  const pollInterval = Number(interval);

  for (let i = 0; i < maxAttempts; i++) {
    const response = await fetch(`${base}/api/v1/voice/recordings/${recordingId}`);
    const data = await response.json();

    if (data.status === 'completed' && data.recording_url) {
      return data;
    }

    if (data.status === 'failed') {
      throw new Error('Recording failed');
    }

    await new Promise(resolve => setTimeout(resolve, pollInterval));
  }

  throw new Error('Recording timeout');
}

waitForRecording(recording).then(
  data => console.log(`done ${data.recording_url}`),
  error => console.log(`error ${error.message}`));
