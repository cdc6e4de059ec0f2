using MediatR;
using Voice.Application.Jobs;
using Voice.Application.Recordings;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;

namespace Voice.Application.Contracts;

/// <summary>Make the contract that was ordered: the steps from audio to terms. Answered with its id; made before, it is the same.</summary>
/// <param name="Order">What to make it of.</param>
/// <param name="Progress">Hears how far it is.</param>
public sealed record MakeContract(ContractOrder Order, IProgress<JobProgress> Progress) : IRequest<string>;

internal sealed class MakeContractHandler(
    IRecordingRepository recordings, IAudioSource source, ITurns turns, IAudioDecoder decoder, ITranscriber transcriber,
    ITermsProposer proposer,
    IContractRepository contracts, TimeProvider clock) : IRequestHandler<MakeContract, string>
{
    /// <exception cref="AudioException">The audio cannot be used.</exception>
    /// <exception cref="AudioNotThereException">The audio is not there (yet).</exception>
    /// <exception cref="ConflictException">
    /// There is a live contract of the same call between other parties or roles, or the recording has failed.
    /// </exception>
    public async Task<string> Handle(MakeContract request, CancellationToken cancellationToken)
    {
        var order = request.Order;
        var parties = order.ContractParties;
        var recording = order.RecordingId is { } id ? await Lookup.GetRecordingAsync(recordings.FindAsync, id, cancellationToken) : null;
        if (recording is not null && await FindAsync(recording.RecordingId) is { } made) return made;
        recording?.MustBeCompleted(); // Not every order came after its recording.

        request.Progress.Report(new(JobStep.Fetching));
        var audio = order.Upload is { } upload
            ? source.Open(upload.Path, upload.Sha256)
            : await source.FetchAsync(new Uri(recording?.RecordingUrl ?? order.AudioUrl!), cancellationToken);
        try
        {
            if (recording is null && await FindAsync(Contract.SubjectOf(audio.Sha256, parties)) is { } earlier) return earlier;
            var transcript = await ListenAsync(audio, request.Progress, cancellationToken);
            if (string.IsNullOrWhiteSpace(transcript.Text)) throw new AudioException("Nobody speaks in this audio.");
            request.Progress.Report(new(JobStep.Reading));
            var proposed = await proposer.ProposeAsync(transcript, order.ContractType, cancellationToken);
            var (phone, calledAt) = (parties[0].Phone.Value, recording?.CreatedAt ?? clock.GetUtcNow());
            var reading = TermsReader.Read(transcript, order.ContractType, Region.Day(phone, calledAt), phone, proposed);
            return Same(await contracts.AddAsync(
                Contract.Make(
                    ContractIds.New(), order.RecordingId, audio.Sha256, order.ContractType, parties, transcript.Text, transcriber.Engine,
                    reading, clock.GetUtcMilliseconds()),
                cancellationToken));
        }
        finally
        {
            if (order.Upload is null) audio.Dispose(); // An upload stays until its job has ended: another try may need it.
        }

        async Task<string?> FindAsync(string subject) =>
            await contracts.FindLiveAsync(subject, clock.GetUtcMilliseconds(), cancellationToken) is { } live ? Same(live) : null;

        string Same(Contract contract) => contract.IsBetween(parties, order.ContractType)
            ? contract.ContractId
            : throw new ConflictException(
                $"There is a contract of this call already, with other roles, names or type: {contract.ContractId}. "
                + "Another can be made once it is rejected or expired.");
    }

    private async Task<Transcript> ListenAsync(AudioFile audio, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(cancellationToken);
        progress.Report(new(JobStep.Decoding));
        using var decoded = await decoder.DecodeAsync(audio, cancellationToken);
        return await HearAsync(audio, decoded, progress, cancellationToken);
    }

    // Where the parties were recorded apart, each is heard apart and the speakers are known. Without times nobody can tell whose turn came
    // when, and where one of them says nothing, both may be on the other's leg: then it is heard as it was mixed.
    private async Task<Transcript> HearAsync(
        AudioFile audio, DecodedAudio decoded, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var legs = new List<Transcript>();
        foreach (var file in decoded.Legs)
        {
            var leg = await transcriber.TranscribeAsync(
                audio, file, new Listening(progress, legs.Count, decoded.Legs.Count), cancellationToken);
            if (!leg.IsTimed) break;
            legs.Add(leg);
        }
        return legs.Count > 0 && legs.Count == decoded.Legs.Count
            ? Transcript.OfLegs(legs)
            : await transcriber.TranscribeAsync(
                audio, decoded.Mixed, new Listening(progress, legs.Count, legs.Count + 1), cancellationToken);
    }

    /// <summary>What one file's part is of all that is to be heard.</summary>
    private sealed class Listening : IProgress<double>
    {
        private readonly IProgress<JobProgress> _progress;
        private readonly int _before;
        private readonly int _count;

        public Listening(IProgress<JobProgress> progress, int before, int count)
        {
            (_progress, _before, _count) = (progress, before, count);
            Report(0);
        }

        public void Report(double value) => _progress.Report(new(JobStep.Listening, Math.Round((_before + value) / _count, 3)));
    }
}
