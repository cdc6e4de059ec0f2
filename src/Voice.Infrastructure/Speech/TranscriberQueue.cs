using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;

namespace Voice.Infrastructure.Speech;

/// <summary>Lets only so many listen at once and none for too long, so that audio never takes the machine from other requests.</summary>
internal sealed class TranscriberQueue(ITranscriber engine, TranscriptionSettings settings, TimeProvider clock)
    : ITranscriber, ITurns, IDisposable
{
    private readonly SemaphoreSlim _turns = new(settings.AtOnce);

    public SpeechEngine Engine => engine.Engine;

    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns);
    }

    public async Task<Transcript> TranscribeAsync(
        AudioFile audio, string wavFile, IProgress<double> heard, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = new CancellationTokenSource(settings.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await engine.TranscribeAsync(audio, wavFile, heard, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineFailedException($"The speech engine took longer than {settings.Timeout.TotalMinutes:0} minutes.");
        }
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
