using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Reading;

namespace Voice.Infrastructure.Speech;

/// <summary>Lets only so many transcriptions run at once, so that long audio never takes the machine from other requests.</summary>
internal sealed class TranscriberQueue(ITranscriber engine, TranscriptionSettings settings, TimeProvider clock) : ITranscriber, IDisposable
{
    private readonly SemaphoreSlim _turns = new(settings.AtOnce);

    public async Task<Transcript> TranscribeAsync(string wavFile, IProgress<double> heard, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(settings.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await engine.TranscribeAsync(wavFile, heard, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineFailedException($"The speech engine took longer than {settings.Timeout.TotalMinutes:0} minutes.");
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
